package dev.eddy.cli;

import dev.eddy.client.EddyClient;
import dev.eddy.v1.Device;
import java.io.PrintWriter;
import java.util.function.BiFunction;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that name a device of a server. */
final class DeviceOfServer {
    @Parameters(paramLabel = "DEVICE", description = "Its name, as eddy devices --server says it.")
    private String device = "";

    @Option(
            names = "--server",
            required = true,
            paramLabel = "HOST:PORT",
            description = "The server.")
    private String server = "";

    /** Calls the server about the device, and prints how it is then. */
    void call(PrintWriter out, BiFunction<EddyClient, String, Device> call) {
        try (EddyClient client = EddyClient.connect(server)) {
            DevicesCommand.print(out, call.apply(client, device));
        }
    }
}
