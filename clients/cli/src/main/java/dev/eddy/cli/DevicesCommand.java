package dev.eddy.cli;

import dev.eddy.client.EddyClient;
import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.Device;
import dev.eddy.v1.DeviceModel;
import dev.eddy.v1.DeviceState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy devices}: what can compute here, and why the rest cannot; or what a server has. */
@Command(
        name = "devices",
        description = {
            "Lists what --backend can name here, the preferred first, and says why other backends cannot run.",
            "With --server: the devices of that server, whether they take sessions, and how many slots are free."
        },
        subcommands = {DevicesDrainCommand.class, DevicesResumeCommand.class})
final class DevicesCommand implements Callable<Integer> {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "A server whose devices to list.")
    private @Nullable String server;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (server != null) {
            try (EddyClient client = EddyClient.connect(server)) {
                client.devices().forEach(device -> print(out, device));
            }
            return 0;
        }
        List<Backend> backends = Backends.all();
        backends.stream()
                .filter(backend -> backend.unavailable().isEmpty())
                .flatMap(backend -> backend.devices().stream())
                .forEach(device -> print(out, device));
        for (Backend backend : backends) {
            backend.unavailable()
                    .ifPresent(reason -> out.printf("%-10s none: %s%n", backend.name(), reason));
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

    /** Prints a server's device, a line for each model on it. */
    static void print(PrintWriter out, dev.eddy.v1.Device device) {
        long sessions = device.getModelsList().stream().mapToLong(DeviceModel::getSessions).sum();
        for (DeviceModel model : device.getModelsList()) {
            out.printf(
                    "%-10s %-9s %s: %d sessions, %d of %d slots free, numerics %s%n",
                    device.getName(),
                    state(device.getState(), sessions),
                    model.getModel(),
                    model.getSessions(),
                    model.getFreeSlots(),
                    model.getSlots(),
                    model.getNumericsId());
        }
        out.flush();
    }

    private static String state(DeviceState state, long sessions) {
        return switch (state) {
            case DEVICE_STATE_UP -> "up";
            case DEVICE_STATE_DRAINING -> sessions == 0 ? "drained" : "draining";
            case DEVICE_STATE_LOST -> "lost";
            case DEVICE_STATE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }
}
