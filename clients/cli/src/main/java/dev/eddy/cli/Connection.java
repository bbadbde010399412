package dev.eddy.cli;

import dev.eddy.client.EddyClient;
import dev.eddy.runtime.app.EddyServer;
import dev.eddy.runtime.app.MetricsSettings;
import dev.eddy.runtime.app.ModelSource;
import dev.eddy.runtime.app.Settings;
import dev.eddy.v1.Residence;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A client, and the server in this process that it talks to where none was named. The two speak
 * gRPC over a loopback socket, as any client and server do.
 */
final class Connection implements AutoCloseable {
    private final EddyClient client;
    private final @Nullable EddyServer server;

    private Connection(EddyClient client, @Nullable EddyServer server) {
        this.client = client;
        this.server = server;
    }

    /** Connects to the server at HOST:PORT. */
    static Connection to(String target) {
        JavaLogging.install();
        return new Connection(EddyClient.connect(target), null);
    }

    /**
     * Starts a server for one model and connects to it.
     *
     * @param settings full keys and values that differ from reference.conf
     */
    static Connection embedded(ModelSource model, Map<String, ?> settings) {
        JavaLogging.install();
        Map<String, Object> all = new HashMap<>(settings);
        all.put("eddy.server.host", "127.0.0.1");
        all.put("eddy.server.port", 0);
        all.put("eddy.server.reflection", false);
        all.put("eddy.server.channelz", false);
        all.putIfAbsent("eddy.device.warm-up", "0 s"); // The first words should come at once.
        all.put("eddy.metrics.port", MetricsSettings.NO_PAGE);
        try (Progress progress = new Progress("loading " + model.name())) {
            EddyServer server =
                    EddyServer.start(Settings.load(all).serving(model), progress::update);
            return new Connection(EddyClient.connect("127.0.0.1:" + server.port()), server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EddyClient client() {
        return client;
    }

    /** Waits until no session of the server is where {@code there} says, looking so often. */
    void awaitNone(Predicate<Residence> there, Duration pause) throws InterruptedException {
        while (client.sessions().stream().anyMatch(session -> there.test(session.getResidence()))) {
            Thread.sleep(pause);
        }
    }

    @Override
    public void close() {
        client.close();
        if (server != null) {
            server.close();
        }
    }
}
