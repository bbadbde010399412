package dev.eddy.cli;

import dev.eddy.client.EddyClient;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eddy devices resume}: lets a drained device take sessions again. */
@Command(
        name = "resume",
        description =
                "Lets a drained device of a server take sessions again; those that left stay where they are.")
final class DevicesResumeCommand implements Callable<Integer> {
    @Mixin private DeviceOfServer device = new DeviceOfServer();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        device.call(spec.commandLine().getOut(), EddyClient::resumeDevice);
        return 0;
    }
}
