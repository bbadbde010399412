package dev.eddy.cli;

import dev.eddy.runtime.eval.FileScore;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy score}: how well a model predicts a text or a genome. */
@Command(
        name = "score",
        description = {
            "States how well a model predicts a file: nats per token, and bits per byte or per base.",
            "The file is one sequence after the model's start element; for a model of bases it is FASTA,"
                    + " and each of its sequences starts anew."
        })
final class ScoreCommand implements Callable<Integer> {
    @Option(names = "--model", required = true, paramLabel = "M", description = ModelText.MODEL)
    private String model = "";

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE|-",
            defaultValue = "-",
            description = "What to score (default: standard input).")
    private String file = "-";

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private WindowOption window = new WindowOption();

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Override
    public Integer call() throws IOException {
        FileScore score = FileScoring.score(model, window, file, compute);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println("{" + FileScoring.json(score) + "}");
        } else {
            out.printf(
                    Locale.ROOT,
                    "%d tokens, %d %5$ss%n%3$.6f nats per token%n%4$.6f bits per %5$s%n",
                    score.tokens(),
                    score.units(),
                    score.natsPerToken(),
                    score.bitsPerUnit(),
                    score.unitName());
        }
        out.flush();
        return 0;
    }
}
