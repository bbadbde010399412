package dev.eddy.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code eddy bench}: the parent of the system's speed measurements. */
@Command(
        name = "bench",
        description = "Measures speed on this machine; compare figures of one run, alternated.",
        synopsisSubcommandLabel = "MEASUREMENT",
        subcommands = {
            BenchDecodeCommand.class,
            BenchPrefillCommand.class,
            BenchProductsCommand.class,
            BenchServeCommand.class,
            BenchPromptCommand.class,
            BenchEndlessCommand.class,
            BenchIdleCommand.class,
            BenchSpillCommand.class
        })
final class BenchCommand implements Runnable {
    @Spec private CommandSpec spec = CommandSpec.create();

    BenchCommand() {}

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing measurement");
    }
}
