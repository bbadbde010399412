package dev.eddy.cli;

import dev.eddy.runtime.app.EddyServer;
import dev.eddy.runtime.app.ModelSource;
import dev.eddy.runtime.app.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy serve}: the server, until it is told to stop. */
@Command(
        name = "serve",
        description =
                "Serves models over gRPC until it is told to stop (SIGTERM or Ctrl-C), and then"
                        + " drains.")
final class ServeCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            paramLabel = "M",
            description = {
                "A model to serve, repeatable: a checkpoint's directory or file, or a built-in"
                        + " model (default: prose).",
                "NAME=M serves it by another name."
            })
    private List<String> models = List.of();

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "Address to listen at (default: 127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "P",
            description = "Port to listen at, 0 for a free one (default: 50051).")
    private @Nullable Integer port;

    @Option(
            names = "--metrics-port",
            paramLabel = "P",
            description =
                    "Port of Prometheus' page, 0 for a free one, -1 for none (default: 9095).")
    private @Nullable Integer metricsPort;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where sessions that outlive the server are kept.")
    private @Nullable Path data;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "More settings; reference.conf in eddy-runtime.jar explains them.")
    private @Nullable Path config;

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Mixin private StateOptions state = new StateOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Settings settings = settings();
        logMore();
        JavaLogging.install();
        EddyServer server;
        String names =
                settings.models().stream().map(ModelSource::name).collect(Collectors.joining(", "));
        try (Progress progress = new Progress("loading " + names)) {
            server = EddyServer.start(settings, progress::update);
        }
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("eddy-drain").unstarted(server::drain));
        PrintWriter out = spec.commandLine().getOut();
        out.printf("serving %s at %s:%d%n", names, settings.server().host(), server.port());
        server.metricsPage().ifPresent(page -> out.printf("metrics at %s%n", page));
        out.flush();
        server.awaitEnd();
        return 0;
    }

    private Settings settings() {
        if (data != null) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "eddy: --data "
                                    + data
                                    + " is not used: this version keeps sessions in memory alone");
        }
        Map<String, Object> overrides = new HashMap<>(compute.settings());
        overrides.putAll(state.settings());
        if (host != null) {
            overrides.put("eddy.server.host", host);
        }
        if (port != null) {
            overrides.put("eddy.server.port", port);
        }
        if (metricsPort != null) {
            overrides.put("eddy.metrics.port", metricsPort);
        }
        if (!models.isEmpty()) {
            overrides.put("eddy.models", models);
        }
        return config == null ? Settings.load(overrides) : Settings.load(config, overrides);
    }

    /** A server tells what it does, unless the user chose a level. */
    private static void logMore() {
        if (System.getenv("EDDY_LOG") == null
                && LoggerFactory.getLogger("dev.eddy")
                        instanceof ch.qos.logback.classic.Logger logger) {
            logger.setLevel(ch.qos.logback.classic.Level.INFO);
        }
    }
}
