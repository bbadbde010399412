package dev.eddy.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import dev.eddy.runtime.metrics.Metrics;
import dev.eddy.v1.ConversationsGrpc;
import dev.eddy.v1.DeleteSessionRequest;
import dev.eddy.v1.ExportSessionRequest;
import dev.eddy.v1.ForkSessionRequest;
import dev.eddy.v1.GetModelRequest;
import dev.eddy.v1.GetSessionRequest;
import dev.eddy.v1.ListModelsRequest;
import dev.eddy.v1.ListSessionsRequest;
import dev.eddy.v1.ModelsGrpc;
import dev.eddy.v1.RewindSessionRequest;
import dev.eddy.v1.SessionsGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
final class GrpcServerTest {
    private static final byte[] NO_PROTOBUF = {(byte) 0xff, (byte) 0xff, (byte) 0xff};

    private ServerFixture fixture;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        fixture = new ServerFixture();
        channel = fixture.channel();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void models_areListedByPageAndFoundByName() {
        var models = ModelsGrpc.newBlockingStub(channel);
        List<String> names = new ArrayList<>();
        var request = ListModelsRequest.newBuilder().setPageSize(2);
        do {
            var page = models.list(request.build());
            assertThat(page.getModelsCount()).isLessThanOrEqualTo(2);
            page.getModelsList().forEach(model -> names.add(model.getName()));
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        assertThat(names).containsExactly("letters", "numbers", "signs");

        assertThat(models.get(GetModelRequest.newBuilder().setName("signs").build()).getName())
                .isEqualTo("signs");
        var unknown =
                refused(() -> models.get(GetModelRequest.newBuilder().setName("runes").build()));
        assertThat(unknown.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(unknown)
                .hasMessageContaining("runes")
                .hasMessageContaining("[letters, numbers, signs]");
        var token =
                refused(() ->
                        models.list(ListModelsRequest.newBuilder().setPageToken("!").build()));
        assertThat(reason(token)).isEqualTo("INVALID_PAGE_TOKEN");
    }

    @Test
    void sessions_notServedYet_answerUnimplementedByName() {
        var sessions = SessionsGrpc.newBlockingStub(channel);
        for (var call :
                List.<Runnable>of(
                        () -> sessions.fork(ForkSessionRequest.getDefaultInstance()),
                        () -> sessions.rewind(RewindSessionRequest.getDefaultInstance()),
                        () ->
                                sessions.export(ExportSessionRequest.getDefaultInstance())
                                        .forEachRemaining(piece -> {}))) {
            var refused = refused(call);
            assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
            assertThat(reason(refused)).isEqualTo("NOT_SERVED");
        }
        assertThat(refused(() -> sessions.fork(ForkSessionRequest.getDefaultInstance())))
                .hasMessageContaining("Sessions.Fork");
    }

    @Test
    void sessions_unknown_areNotFoundByReason() {
        var sessions = SessionsGrpc.newBlockingStub(channel);
        var get =
                refused(() ->
                        sessions.get(GetSessionRequest.newBuilder().setSessionId("x").build()));
        assertThat(reason(get)).isEqualTo("SESSION_NOT_FOUND");
        var delete =
                refused(() ->
                        sessions.delete(
                                DeleteSessionRequest.newBuilder().setSessionId("x").build()));
        assertThat(delete.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
    }

    @Test
    void defect_isToldByIncidentAndNothingElse() {
        var sessions = SessionsGrpc.newBlockingStub(channel);
        var refused = refused(() -> sessions.list(ListSessionsRequest.getDefaultInstance()));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(reason(refused)).isEqualTo("INTERNAL");
        assertThat(refused.getStatus().getDescription())
                .contains("incident")
                .doesNotContain("on purpose");
    }

    @Test
    void health_servesWhenReady() {
        var health = HealthGrpc.newBlockingStub(channel);
        var conversations =
                HealthCheckRequest.newBuilder().setService(ConversationsGrpc.SERVICE_NAME).build();
        assertThat(health.check(conversations).getStatus()).isEqualTo(ServingStatus.NOT_SERVING);
        fixture.server.ready();
        assertThat(health.check(conversations).getStatus()).isEqualTo(ServingStatus.SERVING);
        assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
                .isEqualTo(ServingStatus.SERVING);
        fixture.server.stopAccepting();
    }

    @Test
    void unaryRequest_thatDoesNotParse_isTheClientsFault() {
        var method = raw(ModelsGrpc.getListMethod());
        var refused =
                refused(() ->
                        ClientCalls.blockingUnaryCall(
                                channel, method, CallOptions.DEFAULT, NO_PROTOBUF));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
        assertThat(reason(refused)).isEqualTo("MALFORMED_MESSAGE");
    }

    @Test
    void frame_thatDoesNotParse_failsAlone() throws Exception {
        var call = channel.newCall(raw(ConversationsGrpc.getConverseMethod()), CallOptions.DEFAULT);
        var responses = new LinkedBlockingQueue<dev.eddy.v1.ConverseResponse>();
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(dev.eddy.v1.ConverseResponse response) {
                        responses.add(response);
                    }
                },
                new Metadata());
        call.request(100);
        call.sendMessage(ServerFixture.attach().build().toByteArray());
        assertThat(responses.poll(60, TimeUnit.SECONDS).hasAttached()).isTrue();
        call.sendMessage(NO_PROTOBUF);
        assertThat(responses.poll(60, TimeUnit.SECONDS).getError().getInfo().getReason())
                .isEqualTo("MALFORMED_MESSAGE");
        call.sendMessage(ServerFixture.text("fine").build().toByteArray());
        assertThat(responses.poll(60, TimeUnit.SECONDS).getAbsorbed().getPosition()).isEqualTo(4);
        call.cancel("enough", null);
    }

    @Test
    void message_largerThanTheLimit_failsAlone() throws Exception {
        Talk large = Talk.open(channel);
        large.send(ServerFixture.attach());
        assertThat(large.next().hasAttached()).isTrue();
        large.send(ServerFixture.text("x".repeat(2 << 20)));
        assertThat(large.next().getError().getInfo().getReason()).isEqualTo("MESSAGE_TOO_LARGE");
        large.send(ServerFixture.text("fine"));
        assertThat(large.next().getAbsorbed().getPosition()).isEqualTo(4);

        large.send(ServerFixture.text("x".repeat(20 << 20)));
        assertThat(large.end().isOk()).isFalse();
        Talk other = Talk.open(channel);
        other.send(ServerFixture.attach());
        assertThat(other.next().hasAttached()).isTrue();
        other.cancel();
    }

    @Test
    void start_atAPortThatIsTaken_saysWhichAndWhatToDo() {
        var taken = ServerFixture.settings();
        var settings =
                new ServerSettings(
                        taken.host(),
                        fixture.server.port(),
                        taken.maxRequestBytes(),
                        taken.maxMetadataBytes(),
                        taken.streamWindowBytes(),
                        taken.maxStreamsPerConnection(),
                        taken.keepaliveTime(),
                        taken.keepaliveTimeout(),
                        taken.minClientKeepaliveTime(),
                        taken.transportCredit(),
                        taken.drainTimeout(),
                        taken.retryAfter(),
                        true,
                        true);
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "second");
        try {
            assertThatThrownBy(() ->
                            GrpcServer.start(
                                    settings,
                                    system,
                                    fixture.sessions,
                                    List::of,
                                    fixture.engines,
                                    Metrics.none()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("127.0.0.1:" + fixture.server.port())
                    .hasMessageContaining("--port");
        } finally {
            system.terminate();
        }
    }

    private static StatusRuntimeException refused(Runnable call) {
        return catchThrowableOfType(StatusRuntimeException.class, call::run);
    }

    private static String reason(StatusRuntimeException refused) {
        try {
            ErrorInfo info = ConverseStreamTest.info(refused);
            assertThat(info.getDomain()).isEqualTo("eddy.dev");
            return info.getReason();
        } catch (Exception e) {
            throw new AssertionError(refused.toString(), e);
        }
    }

    /** The method with requests given as bytes. */
    private static <T> MethodDescriptor<byte[], T> raw(MethodDescriptor<?, T> method) {
        return method.toBuilder(
                        new MethodDescriptor.Marshaller<byte[]>() {
                            @Override
                            public InputStream stream(byte[] value) {
                                return new ByteArrayInputStream(value);
                            }

                            @Override
                            public byte[] parse(InputStream stream) {
                                try {
                                    return stream.readAllBytes();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }
                        },
                        method.getResponseMarshaller())
                .build();
    }
}
