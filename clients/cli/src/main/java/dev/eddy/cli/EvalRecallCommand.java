package dev.eddy.cli;

import dev.eddy.runtime.eval.AssociativeRecall;
import dev.eddy.runtime.eval.IdRange;
import dev.eddy.runtime.eval.RecallFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy eval recall}: multi-query associative recall. */
@Command(
        name = "recall",
        description = {
            "Multi-query associative recall (Zoology, arXiv:2312.04927): pairs of a key and its value, then the"
                    + " keys again in between filler; the model answers each with its value.",
            "Accuracy by the number of pairs shows how much a state holds."
        })
final class EvalRecallCommand implements Callable<Integer> {
    @Option(
            names = "--pairs",
            paramLabel = "4,8,16,32",
            split = ",",
            description = "Numbers of pairs to compare (default: ${DEFAULT-VALUE}).",
            defaultValue = "4,8,16,32")
    private int[] pairs = {};

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "Elements of a sequence (default: ${DEFAULT-VALUE}).",
            defaultValue = "128")
    private int length;

    @Option(
            names = "--keys",
            paramLabel = "FROM-TO",
            description = "Ids of keys (default: ${DEFAULT-VALUE}).",
            converter = IdRangeConverter.class,
            defaultValue = "4-65")
    private IdRange keys = AssociativeRecall.USUAL.keys();

    @Option(
            names = "--values",
            paramLabel = "FROM-TO",
            description = "Ids of values (default: ${DEFAULT-VALUE}).",
            converter = IdRangeConverter.class,
            defaultValue = "66-127")
    private IdRange values = AssociativeRecall.USUAL.values();

    @Option(
            names = "--filler",
            paramLabel = "ID",
            description = "The id in between (default: ${DEFAULT-VALUE}).",
            defaultValue = "3")
    private int filler;

    @Option(
            names = "--sequences",
            paramLabel = "FILE.json",
            description =
                    "Take the sequences from a file instead of making them up (its form: runtime/docs/evaluation.md).")
    private @Nullable Path sequences;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private EvalOptions options = new EvalOptions();

    @Override
    public Integer call() throws IOException {
        AssociativeRecall task = new AssociativeRecall(length, keys, values, filler);
        options.run(
                task,
                sequences == null ? options.exercises(task, pairs) : RecallFile.read(sequences),
                spec.commandLine().getOut());
        return 0;
    }
}
