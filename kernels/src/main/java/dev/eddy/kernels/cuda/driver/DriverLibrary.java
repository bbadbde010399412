package dev.eddy.kernels.cuda.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/** The loaded driver, or why there is none. Loaded once, when first asked for. */
final class DriverLibrary {
    /** Names the driver's file; where it is empty the machine's own is used. */
    private static final String FILE_PROPERTY = "eddy.cuda.driver";

    private static final String NAME = "libcuda.so.1";

    /** CUDA 12.0: the oldest driver that loads what the toolkits in use compile. */
    private static final int OLDEST_VERSION = 12000;

    private final int version;
    private final int devices;
    private final boolean emulated;
    private final @Nullable String unavailable;
    private final @Nullable MethodHandle launchKernel;
    private final @Nullable MethodHandle launchKernelEx;

    private DriverLibrary() {
        int foundVersion = 0;
        int foundDevices = 0;
        boolean foundEmulated = false;
        MethodHandle foundLaunch = null;
        MethodHandle foundLaunchEx = null;
        String reason;
        try {
            SymbolLookup symbols = load();
            foundEmulated = symbols.find("eddyEmulatedDriver").isPresent();
            foundVersion = startedVersion();
            foundDevices = countDevices();
            foundLaunch = launchKernel(symbols);
            foundLaunchEx = launchKernelEx(symbols);
            reason = reason(foundVersion, foundDevices);
        } catch (Absent absent) {
            reason = absent.getMessage();
        }
        version = foundVersion;
        devices = reason == null ? foundDevices : 0;
        emulated = foundEmulated;
        launchKernel = foundLaunch;
        launchKernelEx = foundLaunchEx;
        unavailable = reason;
    }

    private static final class Holder {
        static final DriverLibrary INSTANCE = new DriverLibrary();
    }

    static DriverLibrary instance() {
        return Holder.INSTANCE;
    }

    Optional<String> unavailable() {
        return Optional.ofNullable(unavailable);
    }

    int version() {
        return version;
    }

    int devices() {
        return devices;
    }

    boolean emulated() {
        return emulated;
    }

    /** {@code cuLaunchKernel}, called without JCuda: that costs 5.5 µs where this costs 6 ns. */
    MethodHandle launchKernel() {
        if (launchKernel == null) {
            throw new GpuException(0, "there is no CUDA driver: " + unavailable);
        }
        return launchKernel;
    }

    /** {@code cuLaunchKernelEx}, which JCuda does not have. */
    MethodHandle launchKernelEx() {
        if (launchKernelEx == null) {
            throw new GpuException(0, "there is no CUDA driver: " + unavailable);
        }
        return launchKernelEx;
    }

    private static @Nullable String reason(int version, int devices) {
        if (version < OLDEST_VERSION) {
            return "its driver supports CUDA "
                    + version / 1000
                    + "."
                    + version % 1000 / 10
                    + " and 12.0 is the oldest that will do; install a newer NVIDIA driver";
        }
        return devices == 0 ? "the driver finds no CUDA device" : null;
    }

    /** Loads the driver first, so that JCuda's library, which wants its soname, finds it loaded. */
    private static SymbolLookup load() throws Absent {
        String system = System.getProperty("os.name") + "/" + System.getProperty("os.arch");
        if (!system.equals("Linux/amd64")) {
            throw new Absent("CUDA is supported on Linux/amd64 and this is " + system);
        }
        String file = System.getProperty(FILE_PROPERTY, "");
        SymbolLookup symbols = file.isEmpty() ? lookUpByName() : lookUp(Path.of(file));
        try {
            loadBinding();
        } catch (IOException | UnsatisfiedLinkError e) {
            throw new Absent("JCuda's native library cannot be loaded: " + firstLine(e));
        }
        return symbols;
    }

    private static SymbolLookup lookUpByName() throws Absent {
        try {
            return SymbolLookup.libraryLookup(NAME, Arena.global());
        } catch (IllegalArgumentException e) {
            throw new Absent("there is no NVIDIA driver (" + NAME + ") on this machine");
        }
    }

    private static SymbolLookup lookUp(Path file) throws Absent {
        if (!Files.isRegularFile(file)) {
            throw new Absent("the CUDA driver " + file + " does not exist (" + FILE_PROPERTY + ")");
        }
        try {
            return SymbolLookup.libraryLookup(file.toAbsolutePath(), Arena.global());
        } catch (IllegalArgumentException e) {
            throw new Absent("the CUDA driver " + file + " cannot be loaded: " + firstLine(e));
        }
    }

    /**
     * Initialises JCuda with its library in a folder of our own: it would unpack to a fixed name in
     * the shared temporary folder, where another user's file may lie. It reads that folder's
     * property while its class initialises, and never again.
     */
    private static void loadBinding() throws IOException {
        Path folder = Files.createTempDirectory("eddy-cuda-");
        String shared = System.getProperty("java.io.tmpdir");
        System.setProperty("java.io.tmpdir", folder.toString());
        try {
            JCudaDriver.setExceptionsEnabled(false);
        } finally {
            System.setProperty("java.io.tmpdir", shared);
            delete(folder); // what is mapped stays mapped
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(folder)) {
            paths = walk.sorted(Comparator.reverseOrder()).toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        for (Path path : paths) {
            Files.deleteIfExists(path);
        }
    }

    private static int startedVersion() throws Absent {
        int code = JCudaDriver.cuInit(0);
        if (code == CUresult.CUDA_ERROR_NO_DEVICE) {
            throw new Absent("the driver finds no CUDA device");
        }
        if (code != CUresult.CUDA_SUCCESS) {
            throw new Absent("the driver does not start: " + Status.describe(code));
        }
        int[] version = new int[1];
        Status.check(JCudaDriver.cuDriverGetVersion(version), "ask for the driver's version");
        return version[0];
    }

    private static int countDevices() {
        int[] count = new int[1];
        Status.check(JCudaDriver.cuDeviceGetCount(count), "count the CUDA devices");
        return count[0];
    }

    private static MethodHandle launchKernel(SymbolLookup symbols) throws Absent {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find("cuLaunchKernel")
                                .orElseThrow(() -> new Absent("the driver has no cuLaunchKernel")),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_LONG, // function
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT, // grid
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT, // block
                                ValueLayout.JAVA_INT, // dynamic shared bytes
                                ValueLayout.JAVA_LONG, // stream
                                ValueLayout.ADDRESS, // parameters
                                ValueLayout.ADDRESS)); // extra
    }

    private static MethodHandle launchKernelEx(SymbolLookup symbols) throws Absent {
        return Linker.nativeLinker()
                .downcallHandle(
                        symbols.find("cuLaunchKernelEx")
                                .orElseThrow(
                                        () -> new Absent("the driver has no cuLaunchKernelEx")),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.ADDRESS, // configuration
                                ValueLayout.JAVA_LONG, // function
                                ValueLayout.ADDRESS, // parameters
                                ValueLayout.ADDRESS)); // extra
    }

    private static String firstLine(Throwable e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
    }

    /** Why there is no driver. */
    private static final class Absent extends Exception {
        Absent(String reason) {
            super(reason);
        }
    }
}
