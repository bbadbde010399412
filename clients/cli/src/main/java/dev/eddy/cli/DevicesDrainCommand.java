package dev.eddy.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy devices drain}: empties a device of a server. */
@Command(
        name = "drain",
        description = {
            "Empties a device of a server: no session is placed on it any more, and those on it go on elsewhere with"
                    + " their states, which nobody who talks to them notices.",
            "Ends once the device is empty; eddy devices resume takes it into use again."
        })
final class DevicesDrainCommand implements Callable<Integer> {
    @Mixin private DeviceOfServer device = new DeviceOfServer();

    @Option(
            names = "--force",
            description =
                    "Drain it even if its sessions can go on nowhere else: their streams end, and they go on once they"
                            + " are attached again and a device takes them.")
    private boolean force;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "How long to wait (default: ${DEFAULT-VALUE}); draining goes on even so.",
            defaultValue = "600")
    private int timeout = 600;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Checks.atLeast("--timeout", timeout, 1);
        device.call(
                spec.commandLine().getOut(),
                (client, name) -> client.drain(name, force, Duration.ofSeconds(timeout)));
        return 0;
    }
}
