package dev.eddy.cli;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say what computes: shared by every command that runs a model itself. */
final class ComputeOptions {
    @Option(
            names = "--backend",
            paramLabel = "B",
            description =
                    "What computes: reference, cpu or cuda (default: the best that can run here).")
    private @Nullable String backend;

    @Option(
            names = "--dtype",
            paramLabel = "D",
            description = "Element type of the matrices' weights: f32 or bf16 (default: f32).",
            converter = DTypeConverter.class)
    private @Nullable DType dtype;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Compute threads (default: one a core). Results do not depend on it.")
    private @Nullable Integer threads;

    /** The chosen element type of weights. */
    DType dtype() {
        return dtype == null ? DType.F32 : dtype;
    }

    /** The chosen number of threads. */
    int threads() {
        return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    }

    /** What was chosen, as settings of a server: what was not is left to its own. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        if (backend != null) {
            settings.put("eddy.device.backend", backend);
        }
        if (dtype != null) {
            settings.put("eddy.device.weights", dtype.name().toLowerCase(Locale.ROOT));
        }
        if (threads != null) {
            settings.put("eddy.device.threads", threads);
        }
        return settings;
    }

    /** The chosen backend. */
    Backend backend() {
        return backend == null ? Backends.best() : Backends.byName(backend);
    }

    /** What compiling for {@code slots} sessions and steps of {@code rows} elements takes. */
    MemoryPlan plan(Program program, int slots, int rows) {
        return backend().plan(program, CompileOptions.of(dtype(), threads(), slots, rows));
    }

    /**
     * Compiles for {@code slots} sessions and steps of at most {@code rows} elements, showing how
     * far it is.
     */
    Executable compile(Program program, int slots, int rows) {
        try (Progress progress = new Progress("loading weights")) {
            return backend()
                    .compile(
                            program,
                            CompileOptions.of(dtype(), threads(), slots, rows)
                                    .withProgress(progress::update));
        }
    }

    /** Reads an element type as the command line writes it. */
    static final class DTypeConverter implements picocli.CommandLine.ITypeConverter<DType> {
        @Override
        public DType convert(String value) {
            return switch (value.toLowerCase(Locale.ROOT)) {
                case "f32" -> DType.F32;
                case "bf16" -> DType.BF16;
                default ->
                        throw new picocli.CommandLine.TypeConversionException(
                                "'" + value + "' is no weight type; there are f32 and bf16");
            };
        }
    }
}
