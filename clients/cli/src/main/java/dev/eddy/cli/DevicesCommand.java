package dev.eddy.cli;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.Device;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code eddy devices}: what can compute here, and why the rest cannot. */
@Command(
        name = "devices",
        description =
                "Lists what --backend can name here, the preferred first, and says why other backends cannot run.")
final class DevicesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        for (Backend backend : Backends.all()) {
            backend.unavailable()
                    .ifPresentOrElse(
                            reason -> out.printf("%-10s none: %s%n", backend.name(), reason),
                            () -> backend.devices().forEach(device -> print(out, device)));
        }
        return 0;
    }

    private static void print(PrintWriter out, Device device) {
        out.printf(
                Locale.ROOT,
                "%-10s %s; %.1f of %.1f GiB free%n",
                device.name(),
                device.description(),
                device.freeBytes() / (double) (1 << 30),
                device.totalBytes() / (double) (1 << 30));
    }
}
