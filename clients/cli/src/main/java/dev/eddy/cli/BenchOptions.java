package dev.eddy.cli;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Meter;
import dev.eddy.kernels.backend.Yardsticks;
import dev.eddy.runtime.app.DeviceSpec;
import dev.eddy.runtime.model.Model;
import java.io.PrintWriter;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that the measurements of a compiled model share. */
final class BenchOptions {
    @Mixin private BenchModel model = new BenchModel();

    @Option(
            names = "--sessions",
            paramLabel = "N,N,...",
            hideParamSyntax = true,
            split = ",",
            description = "Concurrent sessions to measure with (default: 1,4,16,64).")
    private int[] sessions = {1, 4, 16, 64};

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin ComputeOptions compute = new ComputeOptions();

    /** Opens the model, with made-up weights where asked for. */
    Model open() {
        return model.open();
    }

    /** The numbers of sessions to measure with. */
    int[] sessions() {
        for (int count : sessions) {
            Checks.atLeast("--sessions", count, 1);
        }
        return sessions;
    }

    /** The largest of them. */
    int mostSessions() {
        return Arrays.stream(sessions()).max().orElseThrow();
    }

    /**
     * How steps are printed. The device's memory is measured now, where that can be done: before
     * the model takes it.
     *
     * @param options what is compiled
     */
    StepReport report(PrintWriter out, CompileOptions options) {
        DeviceReport device = null;
        DeviceSpec spec = compute.device();
        try (Yardsticks yardsticks = spec.backend().yardsticks(spec.number()).orElse(null)) {
            device = yardsticks == null ? null : DeviceReport.of(yardsticks);
        }
        return new StepReport(
                out, json, compute.threads(), compute.dtype(), options.state(), device);
    }

    /** Tells what the device does while it works; null where nobody does. */
    @Nullable Meter meter() {
        DeviceSpec spec = compute.device();
        return spec.backend().meter(spec.number()).orElse(null);
    }

    /** True if results are one JSON object a line. */
    boolean json() {
        return json;
    }
}
