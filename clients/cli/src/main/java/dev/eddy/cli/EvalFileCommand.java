package dev.eddy.cli;

import dev.eddy.runtime.eval.FileScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy eval file}: how well each of several models predicts one file. */
@Command(
        name = "file",
        description =
                "How well models predict a file: bits per byte or per base of each, as `eddy score` computes them.")
final class EvalFileCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "M",
            description = {ModelText.MODEL, "Give it again for each model to compare."})
    private List<String> models = new ArrayList<>();

    @Parameters(paramLabel = "FILE", description = "What to predict: a text, or FASTA.")
    private String file = "";

    @Option(names = "--json", description = "Print one JSON object a model and line.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private WindowOption window = new WindowOption();

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            out.printf(EvalText.NAME + " %12s %12s %16s%n", "model", "units", "tokens", "bits");
        }
        for (String model : models) {
            FileScore score = FileScoring.score(model, window, file, compute);
            if (json) {
                out.printf(
                        "{\"model\": \"%s\", %s}%n",
                        EvalText.escaped(model), FileScoring.json(score));
            } else {
                out.printf(
                        Locale.ROOT,
                        EvalText.NAME + " %6d %5ss %12d %7.5f per %s%n",
                        EvalText.shortened(model),
                        score.units(),
                        score.unitName(),
                        score.tokens(),
                        score.bitsPerUnit(),
                        score.unitName());
            }
            out.flush();
        }
        return 0;
    }
}
