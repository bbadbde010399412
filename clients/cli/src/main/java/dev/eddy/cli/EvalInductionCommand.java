package dev.eddy.cli;

import dev.eddy.runtime.eval.IdRange;
import dev.eddy.runtime.eval.InductionHeads;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy eval induction}: induction heads. */
@Command(
        name = "induction",
        description =
                "Induction heads (Mamba, arXiv:2312.00752): random tokens, in them once a special one; when it comes"
                        + " again at the end, the model answers with what followed it.")
final class EvalInductionCommand implements Callable<Integer> {
    @Option(
            names = "--lengths",
            paramLabel = "64,128,...",
            split = ",",
            description = "Elements of sequences (default: ${DEFAULT-VALUE}).",
            defaultValue = "64,128,256,512,1024")
    private int[] lengths = {};

    @Option(
            names = "--ids",
            paramLabel = "FROM-TO",
            description = "Ids of tokens (default: ${DEFAULT-VALUE}).",
            converter = IdRangeConverter.class,
            defaultValue = "0-14")
    private IdRange ids = InductionHeads.USUAL.tokens();

    @Option(
            names = "--special",
            paramLabel = "ID",
            description = "The id whose follower is asked for (default: ${DEFAULT-VALUE}).",
            defaultValue = "15")
    private int special;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private EvalOptions options = new EvalOptions();

    @Override
    public Integer call() throws IOException {
        InductionHeads task = new InductionHeads(ids, special);
        options.run(task, options.exercises(task, lengths), spec.commandLine().getOut());
        return 0;
    }
}
