package dev.eddy.runtime.server;

import dev.eddy.runtime.engine.EnginePool;
import dev.eddy.runtime.metrics.Metrics;
import dev.eddy.runtime.session.Sessions;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.ChannelzService;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionService;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * The gRPC server: Conversations, Sessions, Models, Devices, health, and reflection and channelz if
 * they are asked for. Callbacks run on netty's threads and do no more than tell actors.
 */
public final class GrpcServer implements AutoCloseable {
    private static final int CHANNELZ_PAGE = 100;

    private final Server server;
    private final HealthStatusManager health;

    private GrpcServer(Server server, HealthStatusManager health) {
        this.server = server;
        this.health = health;
    }

    /**
     * Starts listening; health answers NOT_SERVING until {@link #ready}.
     *
     * @throws IOException if nothing can listen there; its message names the address
     */
    public static GrpcServer start(
            ServerSettings settings,
            ActorSystem<?> system,
            Sessions sessions,
            ModelCatalog catalog,
            EnginePool engines,
            Metrics metrics)
            throws IOException {
        var unreadable = new UnreadableRequests(settings.maxRequestBytes());
        var health = new HealthStatusManager();
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.NOT_SERVING);
        var address = new InetSocketAddress(settings.host(), settings.port());
        NettyServerBuilder builder =
                NettyServerBuilder.forAddress(address)
                        .directExecutor()
                        .flowControlWindow(settings.streamWindowBytes())
                        .maxInboundMessageSize(unreadable.hardLimit())
                        .maxInboundMetadataSize(settings.maxMetadataBytes())
                        .maxConcurrentCallsPerConnection(settings.maxStreamsPerConnection())
                        .keepAliveTime(settings.keepaliveTime().toMillis(), TimeUnit.MILLISECONDS)
                        .keepAliveTimeout(
                                settings.keepaliveTimeout().toMillis(), TimeUnit.MILLISECONDS)
                        .permitKeepAliveTime(
                                settings.minClientKeepaliveTime().toMillis(), TimeUnit.MILLISECONDS)
                        .permitKeepAliveWithoutCalls(true)
                        .intercept(new CallInterceptor(metrics, unreadable));
        for (BindableService service :
                List.of(
                        new ConversationsService(
                                settings, system, sessions, catalog, metrics, unreadable),
                        new SessionsService(sessions),
                        new ModelsService(catalog),
                        new DevicesService(engines))) {
            ServerServiceDefinition definition = unreadable.tolerant(service.bindService());
            builder.addService(definition);
            health.setStatus(
                    definition.getServiceDescriptor().getName(), ServingStatus.NOT_SERVING);
        }
        builder.addService(health.getHealthService());
        if (settings.reflection()) {
            builder.addService(ProtoReflectionServiceV1.newInstance());
            // What Python's and older clients ask for.
            builder.addService(ProtoReflectionService.newInstance());
        }
        if (settings.channelz()) {
            builder.addService(ChannelzService.newInstance(CHANNELZ_PAGE));
        }
        try {
            return new GrpcServer(builder.build().start(), health);
        } catch (IOException e) {
            throw new IOException(
                    "cannot listen at %s:%d (%s): choose another --port, or 0 for a free one"
                            .formatted(settings.host(), settings.port(), rootMessage(e)),
                    e);
        }
    }

    /** The port that clients connect to. */
    public int port() {
        return server.getPort();
    }

    /** Lets health answer SERVING: models are warm. */
    public void ready() {
        health.setStatus(HealthStatusManager.SERVICE_NAME_ALL_SERVICES, ServingStatus.SERVING);
        for (ServerServiceDefinition service : server.getImmutableServices()) {
            health.setStatus(service.getServiceDescriptor().getName(), ServingStatus.SERVING);
        }
    }

    /**
     * Accepts no more connections and calls; those under way go on. Health answers NOT_SERVING for
     * good.
     */
    public void stopAccepting() {
        health.enterTerminalState();
        server.shutdown();
    }

    /**
     * Waits for the calls under way.
     *
     * @return false if some were still there after {@code longest}
     */
    public boolean awaitCalls(Duration longest) throws InterruptedException {
        return server.awaitTermination(longest.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Ends what is still under way. */
    @Override
    public void close() {
        server.shutdownNow();
    }

    private static String rootMessage(Throwable thrown) {
        Throwable root = thrown;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }
}
