package dev.eddy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eddy eval}: the parent of what compares models by what they know and remember. */
@Command(
        name = "eval",
        description =
                "Compares models: how well they predict a file, and how much of what they saw their state holds.",
        synopsisSubcommandLabel = "TASK",
        subcommands = {
            EvalFileCommand.class,
            EvalRecallCommand.class,
            EvalCopyingCommand.class,
            EvalInductionCommand.class
        })
final class EvalCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    EvalCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing task");
    }
}
