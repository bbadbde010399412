package dev.eddy.cli;

import dev.eddy.client.EddyClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code eddy devices resume}: lets a drained device take sessions again. */
@Command(
        name = "resume",
        description =
                "Lets a drained device of a server take sessions again; those that left stay where they are.")
final class DevicesResumeCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DEVICE", description = "Its name, as eddy devices --server says it.")
    private String device = "";

    @Option(
            names = "--server",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The server.")
    private String server = "";

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        try (EddyClient client = EddyClient.connect(server)) {
            DevicesCommand.print(spec.commandLine().getOut(), client.resumeDevice(device));
        }
        return 0;
    }
}
