package dev.eddy.cli;

import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The model that a measurement compiles itself, with the weights of its file or made-up ones. */
final class BenchModel {
    @Option(names = "--model", required = true, paramLabel = "M", description = ModelText.MODEL)
    private String model = "";

    @Option(
            names = "--random-weights",
            description =
                    "Make the weights up: only a config.json is needed, and the text means nothing.")
    private boolean randomWeights;

    @Mixin private WindowOption window = new WindowOption();

    /** Opens the model, with made-up weights where asked for. */
    Model open() {
        return randomWeights
                ? Models.random(model, window.positions())
                : Models.open(model, window.positions());
    }
}
