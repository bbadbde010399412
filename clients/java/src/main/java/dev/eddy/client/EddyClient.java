package dev.eddy.client;

import dev.eddy.v1.Attach;
import dev.eddy.v1.DeleteSessionRequest;
import dev.eddy.v1.Device;
import dev.eddy.v1.DevicesGrpc;
import dev.eddy.v1.DrainDeviceRequest;
import dev.eddy.v1.GetModelRequest;
import dev.eddy.v1.GetSessionRequest;
import dev.eddy.v1.KnownSession;
import dev.eddy.v1.ListDevicesRequest;
import dev.eddy.v1.ListModelsRequest;
import dev.eddy.v1.ListSessionsRequest;
import dev.eddy.v1.Model;
import dev.eddy.v1.ModelsGrpc;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.RenderTurnRequest;
import dev.eddy.v1.RenderTurnResponse;
import dev.eddy.v1.ResumeDeviceRequest;
import dev.eddy.v1.Session;
import dev.eddy.v1.SessionsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A connection to an Eddy server, shared by any number of conversations. Safe for use by many
 * threads.
 *
 * <pre>{@code
 * try (EddyClient eddy = EddyClient.connect("localhost:50051");
 *         Conversation conversation = eddy.conversation().model("prose").seed(7).open()) {
 *     conversation.send("It was a dark night, and");
 *     for (Output output : conversation.generate(50)) {
 *         System.out.print(output.getText());
 *     }
 * }
 * }</pre>
 */
public final class EddyClient implements AutoCloseable {
    private static final Duration CALL_TIMEOUT = Duration.ofSeconds(30);

    private final Transport transport;
    private final Line.Patience patience;

    private EddyClient(Transport transport, Line.Patience patience) {
        this.transport = transport;
        this.patience = patience;
    }

    /** A client of the server at HOST:PORT, without transport security. */
    public static EddyClient connect(String target) {
        return builder(target).build();
    }

    /** A client to be set up. */
    public static Builder builder(String target) {
        return new Builder(target);
    }

    /** Begins a new session. */
    public ConversationBuilder conversation() {
        return new ConversationBuilder(
                transport,
                patience,
                Attach.newBuilder().setNewSession(NewSession.getDefaultInstance()));
    }

    /** Attaches to a session that exists, fencing whoever is attached. */
    public ConversationBuilder resume(String sessionId) {
        return new ConversationBuilder(
                transport,
                patience,
                Attach.newBuilder()
                        .setKnownSession(KnownSession.newBuilder().setSessionId(sessionId)));
    }

    /** The server's models. */
    public List<Model> models() {
        List<Model> models = new ArrayList<>();
        var request = ListModelsRequest.newBuilder();
        do {
            var page = call(() -> modelsStub().list(request.build()));
            models.addAll(page.getModelsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return models;
    }

    /** One model by name. */
    public Model model(String name) {
        return call(() -> modelsStub().get(GetModelRequest.newBuilder().setName(name).build()));
    }

    /**
     * What a person says as the model's chat template has it: pieces to send to a session.
     *
     * @param first true if the session has absorbed nothing
     * @param endedBy the id that ended the model's answer before, if one did
     * @throws RefusedException if the model has no template that can be used, or it refuses the
     *     text
     */
    public RenderTurnResponse renderTurn(
            String model, String text, boolean first, OptionalInt endedBy) {
        var request = RenderTurnRequest.newBuilder().setModel(model).setText(text).setFirst(first);
        endedBy.ifPresent(request::setEndedBy);
        return call(() -> modelsStub().renderTurn(request.build()));
    }

    /** All sessions of the server, fetched page by page. */
    public List<Session> sessions() {
        List<Session> sessions = new ArrayList<>();
        var request = ListSessionsRequest.newBuilder();
        do {
            var page = call(() -> sessionsStub().list(request.build()));
            sessions.addAll(page.getSessionsList());
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        return sessions;
    }

    /** One session by id. */
    public Session session(String sessionId) {
        return call(() ->
                sessionsStub().get(GetSessionRequest.newBuilder().setSessionId(sessionId).build()));
    }

    /** Ends a session for good. */
    public void delete(String sessionId) {
        var unused =
                call(() ->
                        sessionsStub()
                                .delete(
                                        DeleteSessionRequest.newBuilder()
                                                .setSessionId(sessionId)
                                                .build()));
    }

    /** Closes the connection; conversations still open fail. */
    @Override
    public void close() {
        transport.timer().shutdownNow();
        transport.channel().shutdownNow();
        try {
            var unused = transport.channel().awaitTermination(2, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The devices that the server computes on, and how full they are. */
    public List<Device> devices() {
        return call(() ->
                devicesStub(CALL_TIMEOUT)
                        .list(ListDevicesRequest.getDefaultInstance())
                        .getDevicesList());
    }

    /**
     * Empties a device: its sessions go on elsewhere, which their streams do not notice. Returns
     * once it is empty.
     *
     * @param force do it even if they can go on nowhere else, which detaches their streams
     * @param patience how long to wait for that; draining goes on even so
     * @throws EddyException if there is no such device, or it is lost, or its sessions could go on
     *     nowhere else
     */
    public Device drain(String device, boolean force, Duration patience) {
        var request = DrainDeviceRequest.newBuilder().setName(device).setForce(force).build();
        return call(() -> devicesStub(patience).drain(request));
    }

    /**
     * Lets a drained device take sessions again.
     *
     * @throws EddyException if there is no such device, or it is lost
     */
    public Device resumeDevice(String device) {
        var request = ResumeDeviceRequest.newBuilder().setName(device).build();
        return call(() -> devicesStub(CALL_TIMEOUT).resume(request));
    }

    private DevicesGrpc.DevicesBlockingStub devicesStub(Duration patience) {
        return DevicesGrpc.newBlockingStub(transport.channel()).withDeadlineAfter(patience);
    }

    private ModelsGrpc.ModelsBlockingStub modelsStub() {
        return ModelsGrpc.newBlockingStub(transport.channel()).withDeadlineAfter(CALL_TIMEOUT);
    }

    private SessionsGrpc.SessionsBlockingStub sessionsStub() {
        return SessionsGrpc.newBlockingStub(transport.channel()).withDeadlineAfter(CALL_TIMEOUT);
    }

    private <T> T call(Supplier<T> body) {
        try {
            return body.get();
        } catch (StatusRuntimeException e) {
            EddyException problem = Problems.exception(e);
            throw problem instanceof UnreachableException
                    ? new UnreachableException(
                            "%s cannot be reached (%s): check that the server runs and listens there"
                                    .formatted(transport.target(), problem.getMessage()))
                    : problem;
        }
    }

    /** Sets up a client. */
    public static final class Builder {
        private final String target;
        private Duration openingPatience = Duration.ofSeconds(5);
        private Duration brokenPatience = Duration.ofMinutes(2);
        private Executor executor = ForkJoinPool.commonPool();
        private boolean secure;

        private Builder(String target) {
            this.target = target;
        }

        /** How long to try to reach the server at first; 5 s unless set. */
        public Builder openingPatience(Duration patience) {
            openingPatience = patience;
            return this;
        }

        /** How long to try to replace a broken connection; 2 minutes unless set. */
        public Builder brokenPatience(Duration patience) {
            brokenPatience = patience;
            return this;
        }

        /** Runs subscribers and completes futures; the common pool unless set. */
        public Builder executor(Executor executor) {
            this.executor = executor;
            return this;
        }

        /** Uses TLS with the system's trusted certificates. */
        public Builder secure() {
            secure = true;
            return this;
        }

        /** The client; it connects when first used. */
        public EddyClient build() {
            var channel =
                    NettyChannelBuilder.forTarget(target)
                            .directExecutor()
                            .keepAliveTime(30, TimeUnit.SECONDS);
            ManagedChannel open =
                    (secure ? channel.useTransportSecurity() : channel.usePlaintext()).build();
            return over(open);
        }

        /** The client over a channel made elsewhere; it is closed with the client. */
        EddyClient over(ManagedChannel channel) {
            return new EddyClient(
                    new Transport(channel, target, executor, timer()),
                    new Line.Patience(openingPatience, brokenPatience));
        }

        private static ScheduledExecutorService timer() {
            return Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("eddy-client-timer").factory());
        }
    }
}
