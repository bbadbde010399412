package dev.eddy.cli;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.StepBytes;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.app.DeviceSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** The options that say what computes: shared by every command that runs a model itself. */
final class ComputeOptions {
    @Option(
            names = "--backend",
            paramLabel = "B",
            description =
                    "What computes: a name that eddy devices lists (default: the best that can run here).")
    private @Nullable String backend;

    @Option(
            names = "--dtype",
            paramLabel = "D",
            description =
                    "Type of the matrices' weights: f32, bf16, fp8 (on cuda), int8, int4 (on cpu), or"
                            + " native: blocks of a quantised file as they are, all else f32"
                            + " (default: native).",
            converter = WeightTypeConverter.class)
    private @Nullable WeightType dtype;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Compute threads (default: one a core). Results do not depend on it.")
    private @Nullable Integer threads;

    /** The chosen element type of weights. */
    WeightType dtype() {
        return dtype == null ? WeightType.NATIVE : dtype;
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
            settings.put("eddy.device.weights", dtype.label());
        }
        if (threads != null) {
            settings.put("eddy.device.threads", threads);
        }
        return settings;
    }

    /** The chosen backend. */
    Backend backend() {
        return device().backend();
    }

    /** The chosen device. */
    DeviceSpec device() {
        return device(backend == null ? "" : backend);
    }

    /** The one device that {@code --backend} names; empty for the best. */
    static DeviceSpec device(String backend) {
        List<DeviceSpec> devices = DeviceSpec.parse(backend);
        if (devices.size() > 1) {
            throw new InvalidRequestException(
                    "backend %s names %d devices; this command runs on one"
                            .formatted(backend, devices.size()));
        }
        return devices.getFirst();
    }

    /** What a step of so many entries and rows moves. */
    StepBytes stepBytes(Program program, CompileOptions options, int entries, int rows) {
        return backend().stepBytes(program, options, entries, rows);
    }

    /** What compiling for {@code slots} sessions and steps of {@code rows} elements takes. */
    MemoryPlan plan(Program program, int slots, int rows) {
        return backend().plan(program, options(program, slots, rows));
    }

    /**
     * Compiles for {@code slots} sessions and steps of at most {@code rows} elements, showing how
     * far it is.
     */
    Executable compile(Program program, int slots, int rows) {
        return compile(program, slots, rows, CompileOptions.DEFAULT_POSITIONS);
    }

    /** The same with room for sessions of {@code positions} elements where their state grows. */
    Executable compile(Program program, int slots, int rows, long positions) {
        try (Progress progress = new Progress("loading weights")) {
            return backend()
                    .compile(
                            program,
                            options(program, slots, rows)
                                    .withPositions(slots * positions)
                                    .withProgress(progress::update));
        }
    }

    /** Options that compile as {@link #compile} does. */
    CompileOptions options(Program program, int slots, int rows) {
        return CompileOptions.of(dtype().resolved(program), threads(), slots, rows)
                .withDevice(device().number());
    }

    /** Reads a type of weights as the command line writes it. */
    static final class WeightTypeConverter implements CommandLine.ITypeConverter<WeightType> {
        @Override
        public WeightType convert(String value) {
            WeightType type = WeightType.byLabel().get(value.toLowerCase(Locale.ROOT));
            if (type == null) {
                throw new CommandLine.TypeConversionException(
                        "'%s' is no weight type; there are %s"
                                .formatted(
                                        value, String.join(", ", WeightType.byLabel().keySet())));
            }
            return type;
        }
    }
}
