package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * What NVIDIA's management library, which comes with the driver, says of a device while it works.
 * It is only asked: nothing of the device is set. Used by one thread at a time; names and values
 * are those of nvml.h.
 */
public final class Nvml implements AutoCloseable {
    /** Names the library's file; where it is empty the loader looks for it. */
    static final String FILE_PROPERTY = "eddy.nvml";

    private static final String NAME = "libnvidia-ml.so.1";

    private static final int NVML_CLOCK_SM = 1;

    private final CLibrary library;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment answer = arena.allocate(ValueLayout.JAVA_LONG);
    private final long device;

    /** Opens a device by its bus id; empty where there is no library, or it does not know it. */
    static Optional<Nvml> open(String busId) {
        String named = System.getProperty(FILE_PROPERTY, "");
        try {
            CLibrary library = CLibrary.load(named.isEmpty() ? NAME : named);
            if (library.status("nvmlInit_v2") != 0) {
                return Optional.empty();
            }
            try {
                return Optional.of(new Nvml(library, busId));
            } catch (GpuException e) {
                library.status("nvmlShutdown");
                return Optional.empty();
            }
        } catch (IllegalArgumentException | GpuException e) {
            return Optional.empty();
        }
    }

    private Nvml(CLibrary library, String busId) {
        this.library = library;
        try {
            MemorySegment id = arena.allocateFrom(busId);
            device = ask("nvmlDeviceGetHandleByPciBusId_v2", id, answer);
        } catch (RuntimeException e) {
            arena.close();
            throw e;
        }
    }

    /** The multiprocessors' clock now, in MHz. */
    public int multiprocessorMegahertz() {
        return (int) ask("nvmlDeviceGetClockInfo", device, NVML_CLOCK_SM, answer);
    }

    /** What the board takes now, in milliwatts. */
    public int milliwatts() {
        return (int) ask("nvmlDeviceGetPowerUsage", device, answer);
    }

    /** What holds clocks down now: bits of {@code nvmlClocksThrottleReason}. */
    public long reasons() {
        return ask("nvmlDeviceGetCurrentClocksThrottleReasons", device, answer);
    }

    /** Calls a function whose last argument is where it puts its answer. */
    private long ask(String function, Object... arguments) {
        answer.set(ValueLayout.JAVA_LONG, 0, 0);
        int code = library.status(function, arguments);
        if (code != 0) {
            throw new GpuException(
                    code,
                    "could not read a device's clocks: %s answered %d".formatted(function, code));
        }
        return answer.get(ValueLayout.JAVA_LONG, 0);
    }

    @Override
    public void close() {
        library.status("nvmlShutdown");
        arena.close();
    }
}
