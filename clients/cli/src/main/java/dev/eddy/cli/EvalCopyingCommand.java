package dev.eddy.cli;

import dev.eddy.runtime.eval.IdRange;
import dev.eddy.runtime.eval.SelectiveCopying;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy eval copying}: selective copying. */
@Command(
        name = "copying",
        description =
                "Selective copying (Mamba, arXiv:2312.00752): tokens at random places in between noise, then as"
                        + " many markers; at each the model answers with the next of the tokens.")
final class EvalCopyingCommand implements Callable<Integer> {
    @Option(
            names = "--tokens",
            paramLabel = "4,8,16",
            split = ",",
            description = "Numbers of tokens to copy (default: ${DEFAULT-VALUE}).",
            defaultValue = "4,8,16")
    private int[] tokens = {};

    @Option(
            names = "--length",
            paramLabel = "N",
            description = "Elements before the markers (default: ${DEFAULT-VALUE}).",
            defaultValue = "4096")
    private int length;

    @Option(
            names = "--ids",
            paramLabel = "FROM-TO",
            description = "Ids of tokens (default: ${DEFAULT-VALUE}).",
            converter = IdRangeConverter.class,
            defaultValue = "1-14")
    private IdRange ids = SelectiveCopying.USUAL.tokens();

    @Option(
            names = "--noise",
            paramLabel = "ID",
            description = "The id in between (default: ${DEFAULT-VALUE}).",
            defaultValue = "0")
    private int noise;

    @Option(
            names = "--marker",
            paramLabel = "ID",
            description = "The id at which the model answers (default: ${DEFAULT-VALUE}).",
            defaultValue = "15")
    private int marker;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private EvalOptions options = new EvalOptions();

    @Override
    public Integer call() throws IOException {
        SelectiveCopying task = new SelectiveCopying(length, ids, noise, marker);
        options.run(task, options.exercises(task, tokens), spec.commandLine().getOut());
        return 0;
    }
}
