package dev.eddy.runtime.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.eddy.v1.Ack;
import dev.eddy.v1.Attach;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.Credit;
import dev.eddy.v1.Detach;
import dev.eddy.v1.Detached;
import dev.eddy.v1.Error;
import dev.eddy.v1.Frames;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Ids;
import dev.eddy.v1.Input;
import dev.eddy.v1.KnownSession;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.Sampling;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(180)
final class ConverseStreamTest {
    private ServerFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = new ServerFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    @Test
    void converse_attachInputGenerate_bringsOutputAndTheEnd() throws Exception {
        Talk talk = attached(fixture.channel());
        talk.send(ServerFixture.text("abc"));
        assertThat(talk.await(ConverseResponse::hasAbsorbed).getAbsorbed().getPosition())
                .isEqualTo(3);
        talk.send(ServerFixture.generate(100));
        long elements = 0;
        ConverseResponse response = talk.next();
        for (; response.hasOutput(); response = talk.next()) {
            elements += response.getOutput().getIdsCount();
        }
        assertThat(elements).isEqualTo(100);
        assertThat(response.getTurnEnded().getTurn()).isEqualTo(2);
        talk.send(ConverseRequest.newBuilder().setDetach(Detach.getDefaultInstance()));
        assertThat(talk.next().getDetached().getReason()).isEqualTo(Detached.Reason.REQUESTED);
        assertThat(talk.end().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void halfClose_withATurnLongerThanTheTransportsCredit_finishesIt() throws Exception {
        Talk talk = Talk.open(fixture.channel());
        talk.send(ServerFixture.attach());
        talk.send(ServerFixture.text("abc"));
        talk.send(ServerFixture.generate(20 * ServerFixture.TRANSPORT_CREDIT));
        talk.halfClose();
        var end = talk.await(ConverseResponse::hasTurnEnded).getTurnEnded();
        assertThat(end.getOutputPosition()).isEqualTo(20 * ServerFixture.TRANSPORT_CREDIT);
        assertThat(talk.next().getDetached().getReason()).isEqualTo(Detached.Reason.COMPLETED);
        assertThat(talk.end().getCode()).isEqualTo(Status.Code.OK);
    }

    @Test
    void halfClose_withLessCreditThanTheTurn_endsWhenItIsUsed() throws Exception {
        int credit = 3 * ServerFixture.TRANSPORT_CREDIT + 5;
        Talk talk = Talk.open(fixture.channel());
        talk.send(
                ConverseRequest.newBuilder()
                        .setAttach(
                                Attach.newBuilder()
                                        .setNewSession(NewSession.newBuilder().setModel("letters"))
                                        .setCredit(credit)));
        talk.send(ServerFixture.generate(1000));
        talk.halfClose();
        ConverseResponse response =
                talk.await(r -> r.hasOutput() && r.getOutput().getOutputPosition() == credit);
        assertThat(response.hasOutput()).isTrue();
        assertThat(talk.next().getDetached().getReason()).isEqualTo(Detached.Reason.OUT_OF_CREDIT);
    }

    @Test
    void credit_givenInPieces_isNeverExceeded() throws Exception {
        Talk talk = Talk.open(fixture.channel());
        talk.send(
                ConverseRequest.newBuilder()
                        .setAttach(
                                Attach.newBuilder()
                                        .setNewSession(NewSession.newBuilder().setModel("letters"))
                                        .setCredit(0)));
        String id = talk.next().getAttached().getSessionId();
        talk.send(ServerFixture.generate(1000));
        long given = 0;
        for (int more : new int[] {1, 2, 40, 3, 100}) {
            given += more;
            long now = given;
            talk.send(
                    ConverseRequest.newBuilder().setCredit(Credit.newBuilder().setElements(more)));
            talk.await(r -> r.hasOutput() && r.getOutput().getOutputPosition() == now);
            Thread.sleep(20);
            assertThat(fixture.sessions.session(id).said).isEqualTo(given);
        }
    }

    @Test
    void client_thatDoesNotRead_stopsItsOwnSessionOnly() throws Exception {
        ManagedChannel channel = fixture.channel();
        Talk deaf = Talk.deaf(channel);
        deaf.send(ServerFixture.attach());
        deaf.send(ServerFixture.generate(10_000_000));
        deaf.read(1);
        String id = deaf.next().getAttached().getSessionId();
        Talk other = attached(channel);
        // Buffers fill first: it has stopped once it says nothing while another has a whole turn.
        long before;
        long said = -1;
        do {
            before = said;
            other.send(ServerFixture.generate(1000));
            other.await(ConverseResponse::hasTurnEnded);
            said = fixture.sessions.session(id).said;
        } while (said == 0 || before != said);
        assertThat(said).isGreaterThan(0).isLessThan(100_000);

        long end = said + 1000;
        deaf.read(1_000_000);
        deaf.await(r -> r.hasOutput() && r.getOutput().getOutputPosition() > end);
        deaf.cancel();
    }

    @Test
    void input_floodedToASessionThatDoesNotTakeIt_isHeldAndHoldsNoOther() throws Exception {
        ManagedChannel channel = fixture.channel();
        Talk flood = Talk.open(channel);
        flood.send(
                ConverseRequest.newBuilder()
                        .setAttach(
                                Attach.newBuilder()
                                        .setNewSession(
                                                NewSession.newBuilder()
                                                        .setModel("letters")
                                                        .putLabels("stuck", "yes"))));
        String id = flood.next().getAttached().getSessionId();
        for (int i = 0; i < 2000; i++) {
            flood.send(ServerFixture.text("x".repeat(1000)));
        }
        for (int i = 0; i < 20; i++) {
            Talk other = attached(channel);
            other.send(ServerFixture.text("x".repeat(10_000)));
            other.await(ConverseResponse::hasAbsorbed);
            other.send(ServerFixture.generate(50));
            other.await(ConverseResponse::hasTurnEnded);
        }
        assertThat(flood.isReady()).isFalse();
        assertThat(fixture.sessions.session(id).inputs).isEqualTo(2);
        flood.cancel();
    }

    static Stream<Arguments> refused() {
        var text = Input.newBuilder().setText("x");
        return Stream.of(
                input(
                        Input.newBuilder().setIds(Ids.newBuilder().addValues(-1)),
                        "ID_OUT_OF_RANGE",
                        "4294967295"),
                input(Input.newBuilder().setFrames(frames(0, 1f)), "INVALID_FRAMES", "0"),
                input(Input.newBuilder().setFrames(frames(2, 1f, 2f, 3f)), "INVALID_FRAMES", "3"),
                input(Input.newBuilder().setFrames(frames(1, Float.NaN)), "INVALID_FRAMES", "NaN"),
                input(text.clone().setPolicyValue(99), "UNKNOWN_VALUE", "input policy"),
                input(
                        text.clone().setDeadline(Duration.newBuilder().setSeconds(-1)),
                        "INVALID_DURATION",
                        "-1"),
                input(text.clone().setSequence(-1), "SEQUENCE_GAP", "18446744073709551615"),
                generate(
                        Generate.newBuilder().setMaxElements(-5),
                        "INVALID_LIMIT",
                        "18446744073709551611"),
                generate(Generate.newBuilder().addStopStrings(""), "INVALID_STOP", "0 bytes"),
                generate(
                        Generate.newBuilder().addStopStrings("é".repeat(129)),
                        "INVALID_STOP",
                        "258 bytes"),
                generate(Generate.newBuilder().addAllStopIds(numbers(257)), "INVALID_STOP", "257"),
                generate(Generate.newBuilder().setLogProbabilities(21), "INVALID_LIMIT", "21"),
                generate(
                        Generate.newBuilder()
                                .setSampling(Sampling.newBuilder().setPenaltyWindow(257)),
                        "INVALID_SAMPLING",
                        "257"),
                generate(
                        Generate.newBuilder()
                                .setMaxDuration(Duration.newBuilder().setNanos(2_000_000_000)),
                        "INVALID_DURATION",
                        "2000000000"),
                Arguments.of(
                        ConverseRequest.newBuilder().setAck(Ack.newBuilder().setOutputPosition(9)),
                        "ACK_OUT_OF_RANGE",
                        "9"),
                Arguments.of(
                        ConverseRequest.newBuilder().setCredit(Credit.getDefaultInstance()),
                        "INVALID_CREDIT",
                        "0"),
                Arguments.of(ConverseRequest.newBuilder(), "UNKNOWN_REQUEST", "later version"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(ConverseRequest.Builder request, String reason, String shown) throws Exception {
        Talk talk = attached(fixture.channel());
        talk.send(request);
        Error error = talk.next().getError();
        assertThat(error.getInfo().getReason()).isEqualTo(reason);
        assertThat(error.getInfo().getDomain()).isEqualTo("eddy.dev");
        assertThat(error.getMessage()).contains(shown);
        talk.send(ServerFixture.text("fine"));
        assertThat(talk.next().getAbsorbed().getPosition()).isEqualTo(4);
    }

    static Stream<Arguments> attachments() {
        var letters = NewSession.newBuilder().setModel("letters");
        return Stream.of(
                Arguments.of(Attach.newBuilder(), Code.INVALID_ARGUMENT, "INVALID_SESSION_ID"),
                Arguments.of(
                        Attach.newBuilder()
                                .setNewSession(NewSession.newBuilder().setModel("hieroglyphs\n")),
                        Code.NOT_FOUND,
                        "MODEL_NOT_FOUND"),
                Arguments.of(
                        Attach.newBuilder()
                                .setNewSession(
                                        NewSession.newBuilder().setModel("\uFFFF".repeat(100_000))),
                        Code.NOT_FOUND,
                        "MODEL_NOT_FOUND"),
                Arguments.of(
                        Attach.newBuilder().setNewSession(NewSession.getDefaultInstance()),
                        Code.INVALID_ARGUMENT,
                        "MODEL_NOT_NAMED"),
                Arguments.of(
                        Attach.newBuilder().setNewSession(letters).setDurabilityValue(77),
                        Code.INVALID_ARGUMENT,
                        "UNKNOWN_VALUE"),
                Arguments.of(
                        Attach.newBuilder()
                                .setNewSession(letters.clone().putLabels("k".repeat(64), "")),
                        Code.INVALID_ARGUMENT,
                        "INVALID_LABELS"),
                Arguments.of(
                        Attach.newBuilder()
                                .setNewSession(
                                        letters.clone()
                                                .setKeep(Duration.newBuilder().setSeconds(-1))),
                        Code.INVALID_ARGUMENT,
                        "INVALID_DURATION"));
    }

    @ParameterizedTest
    @MethodSource("attachments")
    void attach_refused_endsTheStreamWithItsReason(Attach.Builder attach, Code code, String reason)
            throws Exception {
        Talk talk = Talk.open(fixture.channel());
        talk.send(ConverseRequest.newBuilder().setAttach(attach));
        assertThat(talk.end().getCode().value()).isEqualTo(code.getNumber());
        assertThat(info(talk.failure()).getReason()).isEqualTo(reason);
        assertThat(talk.end().getDescription()).doesNotContain("\n");
    }

    @Test
    void firstRequest_otherThanAttach_endsTheStream() throws Exception {
        Talk talk = Talk.open(fixture.channel());
        talk.send(ServerFixture.text("x"));
        assertThat(info(talk.failure()).getReason()).isEqualTo("NOT_ATTACHED");
        Talk silent = Talk.open(fixture.channel());
        silent.halfClose();
        assertThat(info(silent.failure()).getReason()).isEqualTo("NOT_ATTACHED");
    }

    @Test
    void attach_twice_endsTheStream() throws Exception {
        Talk talk = attached(fixture.channel());
        talk.send(
                ConverseRequest.newBuilder()
                        .setAttach(
                                Attach.newBuilder()
                                        .setKnownSession(
                                                KnownSession.newBuilder().setSessionId("s1"))));
        assertThat(info(talk.failure()).getReason()).isEqualTo("ALREADY_ATTACHED");
    }

    private static Talk attached(ManagedChannel channel) throws InterruptedException {
        Talk talk = Talk.open(channel);
        talk.send(ServerFixture.attach());
        assertThat(talk.next().getAttached().getModel()).isEqualTo("letters");
        return talk;
    }

    static ErrorInfo info(Throwable failure) throws Exception {
        var status = StatusProto.fromThrowable(failure);
        return java.util.Objects.requireNonNull(status).getDetails(0).unpack(ErrorInfo.class);
    }

    private static Arguments input(Input.Builder input, String reason, String shown) {
        return Arguments.of(ConverseRequest.newBuilder().setInput(input), reason, shown);
    }

    private static Arguments generate(Generate.Builder generate, String reason, String shown) {
        return Arguments.of(ConverseRequest.newBuilder().setGenerate(generate), reason, shown);
    }

    private static Frames frames(int width, float... values) {
        var frames = Frames.newBuilder().setWidth(width);
        for (float value : values) {
            frames.addValues(value);
        }
        return frames.build();
    }

    private static Iterable<Integer> numbers(int count) {
        return Stream.iterate(1, i -> i + 1).limit(count).toList();
    }
}
