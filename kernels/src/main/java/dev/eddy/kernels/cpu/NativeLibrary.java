package dev.eddy.kernels.cpu;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.SymbolLookup;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The C library in this jar, unpacked to a folder that only this user may read, and loaded: the
 * variants of it that this processor can run.
 */
final class NativeLibrary {
    private static final Logger LOG = LoggerFactory.getLogger(NativeLibrary.class);

    private static final Map<NativeKernels.Variant, NativeKernels> LOADED = load();

    private NativeLibrary() {}

    /** The variants that can run here; none where the jar has no library for this system. */
    static Map<NativeKernels.Variant, NativeKernels> variants() {
        return LOADED;
    }

    private static Map<NativeKernels.Variant, NativeKernels> load() {
        Map<NativeKernels.Variant, NativeKernels> found =
                new EnumMap<>(NativeKernels.Variant.class);
        String resource = resource();
        try (InputStream bytes = NativeLibrary.class.getResourceAsStream(resource)) {
            if (bytes == null) {
                LOG.info(
                        "no CPU kernels in C for this system in the jar ({}): the slower Java"
                                + " kernels compute; build it where there is a C compiler",
                        resource);
                return found;
            }
            add(found, unpacked(bytes, resource));
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("the CPU kernels in C cannot be loaded; the slower Java kernels compute", e);
            found.clear();
        }
        return found;
    }

    private static String resource() {
        String system = System.getProperty("os.name", "");
        String processor = System.getProperty("os.arch", "").replace("amd64", "x86_64");
        return system.startsWith("Mac")
                ? "macos-" + processor + "/libeddycpu.dylib"
                : system.toLowerCase(Locale.ROOT) + "-" + processor + "/libeddycpu.so";
    }

    private static SymbolLookup unpacked(InputStream bytes, String resource) throws IOException {
        Path folder = Files.createTempDirectory("eddy-cpu-");
        Path file = folder.resolve(Path.of(resource).getFileName());
        try {
            Files.copy(bytes, file);
            return SymbolLookup.libraryLookup(file, Arena.global());
        } finally {
            // Once loaded it needs no name.
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    private static void add(Map<NativeKernels.Variant, NativeKernels> found, SymbolLookup library) {
        int variants = call(library, "variants");
        for (NativeKernels.Variant variant : NativeKernels.Variant.values()) {
            if ((variants >> variant.ordinal() & 1) != 0 && isExact(variant, library)) {
                found.put(variant, new NativeKernels(variant, library));
            }
        }
    }

    /** Whether a variant rounds as the others do: an instruction that might not is tried. */
    private static boolean isExact(NativeKernels.Variant variant, SymbolLookup library) {
        if (variant != NativeKernels.Variant.AVX512BF16 || call(library, "avx512bf16_probe") == 1) {
            return true;
        }
        LOG.info("this processor's bfloat16 products round otherwise: they are not used");
        return false;
    }

    private static int call(SymbolLookup library, String name) {
        try {
            return (int)
                    NativeKernels.find(library, name, FunctionDescriptor.of(JAVA_INT))
                            .invokeExact();
        } catch (Throwable e) {
            throw new IllegalStateException("eddy_" + name + " failed", e);
        }
    }
}
