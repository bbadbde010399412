package dev.eddy.cli;

import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import java.util.Arrays;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that the measurements of a compiled model share. */
final class BenchOptions {
    @Option(names = "--model", required = true, paramLabel = "M", description = ModelText.MODEL)
    private String model = "";

    @Option(
            names = "--random-weights",
            description =
                    "Make the weights up: only a config.json is needed, and the text means nothing.")
    private boolean randomWeights;

    @Option(
            names = "--sessions",
            paramLabel = "N,N,...",
            hideParamSyntax = true,
            split = ",",
            description = "Concurrent sessions to measure with (default: 1,4,16,64).")
    private int[] sessions = {1, 4, 16, 64};

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin private WindowOption window = new WindowOption();

    @Mixin ComputeOptions compute = new ComputeOptions();

    /** Opens the model, with made-up weights where asked for. */
    Model open() {
        return randomWeights
                ? Models.random(model, window.positions())
                : Models.open(model, window.positions());
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

    /** True if results are one JSON object a line. */
    boolean json() {
        return json;
    }
}
