package dev.eddy.runtime.server;

import dev.eddy.runtime.engine.EnginePool;
import dev.eddy.runtime.metrics.Metrics;
import dev.eddy.v1.Attach;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Input;
import dev.eddy.v1.Model;
import dev.eddy.v1.NewSession;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** A server on loopback whose sessions are {@link LetterSessions}, and channels to it. */
final class ServerFixture implements AutoCloseable {
    static final int TRANSPORT_CREDIT = 16;

    final LetterSessions sessions = new LetterSessions();
    final EnginePool engines = new EnginePool(List.of());
    final GrpcServer server;
    private final ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "server-test");
    private final List<ManagedChannel> channels = new ArrayList<>();

    ServerFixture() throws IOException {
        var models =
                List.of(
                        Model.newBuilder().setName("letters").build(),
                        Model.newBuilder().setName("numbers").build(),
                        Model.newBuilder().setName("signs").build());
        server =
                GrpcServer.start(
                        settings(), system, sessions, () -> models, engines, Metrics.none());
    }

    static ServerSettings settings() {
        return new ServerSettings(
                "127.0.0.1",
                0,
                1 << 20,
                8 << 10,
                64 << 10,
                1000,
                Duration.ofMinutes(1),
                Duration.ofSeconds(20),
                Duration.ofSeconds(10),
                TRANSPORT_CREDIT,
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                true,
                true);
    }

    ManagedChannel channel() {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
        channels.add(channel);
        return channel;
    }

    static ConverseRequest.Builder attach() {
        return ConverseRequest.newBuilder()
                .setAttach(
                        Attach.newBuilder()
                                .setNewSession(NewSession.newBuilder().setModel("letters")));
    }

    static ConverseRequest.Builder text(String text) {
        return ConverseRequest.newBuilder().setInput(Input.newBuilder().setText(text));
    }

    static ConverseRequest.Builder generate(long most) {
        return ConverseRequest.newBuilder().setGenerate(Generate.newBuilder().setMaxElements(most));
    }

    @Override
    public void close() {
        channels.forEach(ManagedChannel::shutdownNow);
        server.close();
        system.terminate();
        try {
            system.getWhenTerminated().toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the actor system did not end", e);
        }
    }
}
