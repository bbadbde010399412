package dev.eddy.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.v1.Attach;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.Detached;
import dev.eddy.v1.Generate;
import dev.eddy.v1.GetSessionRequest;
import dev.eddy.v1.KnownSession;
import dev.eddy.v1.ListSessionsRequest;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.Session;
import dev.eddy.v1.SessionsGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A whole server around a model without arithmetic, as raw calls of gRPC see it. */
@Timeout(300)
final class EddyServerTest {
    /** Bytes that a call may hold unread in the client. */
    private static final int WINDOW = 64 << 10;

    private EddyServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        server = EddyServer.start(settings(Map.of()), share -> {});
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                        .flowControlWindow(WINDOW)
                        .usePlaintext()
                        .build();
    }

    @AfterEach
    void stop() {
        channel.shutdownNow();
        server.close();
    }

    private static Settings settings(Map<String, ?> more) {
        var all = new java.util.HashMap<String, Object>(more);
        all.putIfAbsent("eddy.server.port", 0);
        all.putIfAbsent("eddy.metrics.port", -1);
        return Settings.load(all).serving(new ModelSource.Null("null", 256));
    }

    @Test
    void drain_withATurnUnderWay_tellsWhereItStandsAndEnds() throws Exception {
        Call call = new Call(channel, true);
        call.send(Call.attach());
        String id = call.next().getAttached().getSessionId();
        call.send(Call.ids(1, 2, 3));
        call.send(Call.generate(Long.MAX_VALUE));
        call.await(r -> r.hasOutput() && r.getOutput().getOutputPosition() > 100);

        server.drain();
        Detached detached = call.await(ConverseResponse::hasDetached).getDetached();
        assertThat(detached.getReason()).isEqualTo(Detached.Reason.DRAINING);
        assertThat(detached.getResume().getSessionId()).isEqualTo(id);
        assertThat(detached.getResume().getLastSequence()).isEqualTo(2);
        assertThat(detached.getResume().getOutputPosition())
                .isGreaterThanOrEqualTo(call.outputPosition());
        assertThat(detached.getResume().getRetryAfter().getSeconds()).isEqualTo(1);
        assertThat(call.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        server.awaitEnd();

        Call late = new Call(channel, true);
        late.send(Call.attach());
        assertThat(late.end().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void client_thatDoesNotRead_stopsItsOwnSessionOnly() throws Exception {
        Call deaf = new Call(channel, false);
        deaf.send(Call.attach());
        deaf.send(Call.ids(1));
        deaf.send(Call.generate(Long.MAX_VALUE));
        deaf.read(1);
        String id = deaf.next().getAttached().getSessionId();
        Call other = new Call(channel, true);
        other.send(Call.attach());
        other.send(Call.ids(1));

        // Buffers between the two fill first, and the last elements are logged a while later: the
        // deaf session has stopped once it made nothing while another made a whole turn.
        long before;
        long stopped = -1;
        do {
            before = stopped;
            other.send(Call.generate(2000));
            other.await(ConverseResponse::hasTurnEnded);
            stopped = output(id);
        } while (stopped == 0 || before != stopped);
        // Client and server hold a window each, and an element takes a byte at least.
        assertThat(stopped).isBetween(1L, 4L * WINDOW);

        long end = stopped + 1000;
        deaf.read(1_000_000);
        deaf.await(r -> r.hasOutput() && r.getOutput().getOutputPosition() > end);
        deaf.cancel();
    }

    @Test
    void turns_thatEndWithHiddenStops_keepTheirCredit() throws Exception {
        Call call = new Call(channel, true);
        call.send(Call.attach());
        call.send(Call.ids(1));
        // The null model says the position: each turn's third element is its stop.
        for (int turn = 1; turn <= 200; turn++) {
            int stop = (3 * turn + 1) % 256;
            call.send(
                    ConverseRequest.newBuilder()
                            .setGenerate(Generate.newBuilder().addStopIds(stop)));
            var end = call.await(ConverseResponse::hasTurnEnded).getTurnEnded();
            assertThat(end.getMatchedId()).as("turn %s", turn).isEqualTo(stop);
        }
    }

    @Test
    void sessions_areListedByPageAndDeleted() throws Exception {
        var sessions = SessionsGrpc.newBlockingStub(channel);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            Call call = new Call(channel, true);
            call.send(
                    ConverseRequest.newBuilder()
                            .setAttach(
                                    Attach.newBuilder()
                                            .setNewSession(
                                                    NewSession.newBuilder()
                                                            .putLabels("parity", "" + i % 2))));
            ids.add(call.next().getAttached().getSessionId());
        }
        ids.sort(null);
        List<String> listed = new ArrayList<>();
        var request = ListSessionsRequest.newBuilder().setPageSize(3);
        do {
            var page = sessions.list(request.build());
            page.getSessionsList().stream().map(Session::getSessionId).forEach(listed::add);
            request.setPageToken(page.getNextPageToken());
        } while (!request.getPageToken().isEmpty());
        assertThat(listed).isEqualTo(ids);
        var odd = sessions.list(ListSessionsRequest.newBuilder().putLabels("parity", "1").build());
        assertThat(odd.getSessionsCount()).isEqualTo(3);

        var first = GetSessionRequest.newBuilder().setSessionId(ids.getFirst()).build();
        assertThat(sessions.get(first).getAttached()).isTrue();
        var unused =
                sessions.delete(
                        dev.eddy.v1.DeleteSessionRequest.newBuilder()
                                .setSessionId(ids.getFirst())
                                .build());
        assertThatThrownBy(() -> sessions.get(first)).hasMessageContaining("NOT_FOUND");
    }

    @Test
    void attach_ofAnother_fencesTheFirst() throws Exception {
        Call first = new Call(channel, true);
        first.send(Call.attach());
        String id = first.next().getAttached().getSessionId();
        Call second = new Call(channel, true);
        second.send(
                ConverseRequest.newBuilder()
                        .setAttach(
                                Attach.newBuilder()
                                        .setKnownSession(
                                                KnownSession.newBuilder().setSessionId(id))));
        assertThat(second.next().getAttached().getEpoch()).isEqualTo(2);
        assertThat(first.await(ConverseResponse::hasDetached).getDetached().getReason())
                .isEqualTo(Detached.Reason.FENCED);
        assertThat(first.end().getCode()).isEqualTo(Status.Code.ABORTED);
    }

    @Test
    void start_withAPortThatIsTaken_closesWhatWasStartedAndSaysWhichFlag() throws IOException {
        try (var taken = new ServerSocket(0)) {
            var settings =
                    settings(
                            Map.of(
                                    "eddy.server.port",
                                    taken.getLocalPort(),
                                    "eddy.metrics.port",
                                    0));
            assertThatThrownBy(() -> EddyServer.start(settings, share -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("--port");
            var metrics = settings(Map.of("eddy.metrics.port", taken.getLocalPort()));
            assertThatThrownBy(() -> EddyServer.start(metrics, share -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("--metrics-port");
        }
    }

    private long output(String id) {
        var request = GetSessionRequest.newBuilder().setSessionId(id).build();
        return SessionsGrpc.newBlockingStub(channel).get(request).getOutputPosition();
    }
}
