package dev.eddy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Ack;
import dev.eddy.v1.Output;
import dev.eddy.v1.TurnEnded;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(180)
final class ConversationTest {
    private LetterServer server;
    private EddyClient eddy;

    @BeforeEach
    void start() throws IOException {
        server = new LetterServer();
        eddy =
                EddyClient.builder(server.target())
                        .openingPatience(Duration.ofSeconds(3))
                        .brokenPatience(Duration.ofSeconds(5))
                        .build();
    }

    @AfterEach
    void stop() {
        eddy.close();
        server.close();
    }

    @Test
    void generate_iterated_bringsEachElementOnceAndTheEnd() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            assertThat(conversation.send("abc").get().getPosition()).isEqualTo(3);
            Turn turn = conversation.generate(100);
            assertThat(turn.text()).isEqualTo(LetterServer.letters(0, 100));
            TurnEnded end = turn.ended().get();
            assertThat(end.getReason()).isEqualTo(TurnEnded.Reason.MAX_ELEMENTS);
            assertThat(end.getPosition()).isEqualTo(103);
            assertThat(conversation.generate(5).text()).isEqualTo(LetterServer.letters(100, 105));
            assertThat(conversation.position()).isEqualTo(108);
        }
    }

    @Test
    void iterator_thatStops_stopsTheSessionWithinThePrefetch() throws Exception {
        try (Conversation conversation = eddy.conversation().prefetch(8).open()) {
            Iterator<Output> outputs = conversation.generate().iterator();
            outputs.next();
            Thread.sleep(200);
            LetterServer.Letters session = server.session(conversation.sessionId());
            long stopped = session.mostUnacknowledged;
            assertThat(stopped).isLessThanOrEqualTo(3 + 8);
            Thread.sleep(100);
            assertThat(session.mostUnacknowledged).isEqualTo(stopped);
            for (int i = 0; i < 100; i++) {
                outputs.next();
            }
            assertThat(session.mostUnacknowledged).isLessThanOrEqualTo(3 + 8 + 8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 50})
    void generate_overBreakingStreams_bringsEachElementOnce(int elementsPerStream) {
        server.breakAfter(elementsPerStream);
        try (Conversation conversation = eddy.conversation().open()) {
            String id = conversation.sessionId();
            var sent = conversation.send("one ");
            Turn first = conversation.generate(20);
            var alsoSent = conversation.send("two ");
            Turn second = conversation.generate(10);
            assertThat(first.text()).isEqualTo(LetterServer.letters(0, 20));
            assertThat(second.text()).isEqualTo(LetterServer.letters(20, 30));
            assertThat(sent).succeedsWithin(Duration.ofSeconds(60));
            assertThat(alsoSent).succeedsWithin(Duration.ofSeconds(60));
            assertThat(server.session(id).taken.toString()).isEqualTo("one two ");
            assertThat(server.attempts())
                    .isGreaterThanOrEqualTo(Math.max(1, 30 / (elementsPerStream + 2)));
        }
    }

    @Test
    void send_whileTheServerIsAway_isTakenOnceWhenItIsBack() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            server.breakAfter(1);
            Turn turn = conversation.generate(5);
            server.refuseStreams(true);
            CompletableFuture<?> sent = conversation.send("later");
            Thread.sleep(300);
            assertThat(sent).isNotDone();
            server.refuseStreams(false);
            sent.get();
            assertThat(turn.text()).isEqualTo(LetterServer.letters(0, 5));
            assertThat(server.session(conversation.sessionId()).taken.toString())
                    .isEqualTo("later");
        }
    }

    @Test
    void input_refused_failsItAndThoseBehindItAndNoOther() throws Exception {
        record Sent(
                CompletableFuture<Absorbed> good, CompletableFuture<Absorbed> bad, Turn behind) {}

        try (Conversation conversation = eddy.conversation().open()) {
            Sent sent =
                    server.silentDuring(() ->
                            new Sent(
                                    conversation.send("good "),
                                    conversation.send("bad "),
                                    conversation.generate(5)));
            assertThat(sent.good.get().getPosition()).isEqualTo(5);
            assertThatThrownBy(sent.bad::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(RefusedException.class)
                    .hasMessageContaining("the text is bad");
            var cause = catchThrowableOfType(RefusedException.class, sent.behind::text);
            assertThat(cause.reason()).isEqualTo("ID_OUT_OF_RANGE");
            assertThat(cause).hasMessageContaining("request 3 was not taken, since request 2");

            assertThat(conversation.send("better ").get().getPosition()).isEqualTo(12);
            assertThat(conversation.generate(3).text()).isEqualTo("abc");
            assertThat(server.session(conversation.sessionId()).taken.toString())
                    .isEqualTo("good better ");
        }
    }

    @Test
    void score_returnsEachElementsLogProbability() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            conversation.send("x");
            var scores = conversation.score("abc").get();
            assertThat(scores.getFirstPosition()).isEqualTo(1);
            assertThat(scores.getLogProbabilitiesList()).containsExactly(-1f, -2f, -3f);
        }
    }

    @Test
    void send_ofALongText_arrivesWholeInPiecesWithinTheInputLimit() throws Exception {
        String text = "x\uD83D\uDE00é".repeat(20_000);
        try (Conversation conversation = eddy.conversation().open()) {
            assertThat(conversation.send(text).get().getPosition()).isEqualTo(text.length());
            assertThat(conversation.score("ab".repeat(20_000)).get().getLogProbabilitiesCount())
                    .isEqualTo(40_000);
            assertThat(server.session(conversation.sessionId()).taken.toString())
                    .isEqualTo(text + "ab".repeat(20_000));
        }
    }

    @Test
    void cancel_endsTheTurnAndNotTheConversation() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            Turn turn = conversation.generate();
            Iterator<Output> outputs = turn.iterator();
            outputs.next();
            turn.cancel();
            while (outputs.hasNext()) {
                outputs.next();
            }
            assertThat(turn.ended().get().getReason()).isEqualTo(TurnEnded.Reason.CANCELLED);
            assertThat(conversation.generate(2).text()).hasSize(2);
        }
    }

    @Test
    void resume_byAnother_fencesTheFirstWhichDoesNotComeBack() throws Exception {
        try (Conversation first = eddy.conversation().open();
                Conversation second = eddy.resume(first.sessionId()).open()) {
            assertThatThrownBy(() -> first.generate(1).text()).isInstanceOf(FencedException.class);
            Thread.sleep(200);
            assertThat(server.attempts()).isEqualTo(2);
            assertThat(second.generate(3).text()).isEqualTo("abc");
        }
    }

    @Test
    void resume_withATurnUnderWay_handsItOut() {
        Conversation first = eddy.conversation().prefetch(5).open();
        Iterator<Output> outputs = first.generate(20).iterator();
        long seen = outputs.next().getOutputPosition();
        first.close();

        var acknowledged = Ack.newBuilder().setOutputPosition(seen).build();
        try (Conversation second =
                eddy.resume(first.sessionId()).acknowledged(acknowledged).open()) {
            Turn turn = second.nextResumedTurn().orElseThrow();
            assertThat(turn.text()).isEqualTo(LetterServer.letters((int) seen, 20));
            assertThat(second.nextResumedTurn()).isEmpty();
            assertThat(second.generate(2).text()).isEqualTo(LetterServer.letters(20, 22));
        }
    }

    @Test
    void resume_ofAnUnknownSession_isRefusedByReason() {
        var cause = catchThrowableOfType(EddyException.class, () -> eddy.resume("nobody").open());
        assertThat(cause.reason()).isEqualTo("SESSION_NOT_FOUND");
    }

    @Test
    void open_withNobodyListening_givesUpAndSaysWhatToCheck() {
        server.close();
        assertThatThrownBy(() -> eddy.conversation().open())
                .isInstanceOf(UnreachableException.class)
                .hasMessageContaining(server.target())
                .hasMessageContaining("check that the server runs");
    }

    @Test
    void close_failsWhatIsOpen() {
        Conversation conversation = eddy.conversation().prefetch(1).open();
        Turn turn = conversation.generate();
        conversation.close();
        assertThatThrownBy(
                        () -> {
                            for (Output output : turn) {
                                assertThat(output.getTurn()).isEqualTo(1);
                            }
                        })
                .isInstanceOf(EddyException.class);
        assertThatThrownBy(() -> conversation.send("more")).isInstanceOf(EddyException.class);
    }

    @Test
    void close_ofTheClient_failsWhatIsOpen() {
        Conversation conversation = eddy.conversation().open();
        Turn turn = conversation.generate();
        eddy.close();
        assertThatThrownBy(() -> turn.ended().get(20, TimeUnit.SECONDS))
                .cause()
                .isInstanceOf(EddyException.class)
                .hasMessageContaining("closed");
    }

    @Test
    void send_fromManyThreads_takesEachOnce() throws Exception {
        try (Conversation conversation = eddy.conversation().open()) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(
                        Thread.startVirtualThread(() -> {
                            for (int i = 0; i < 250; i++) {
                                conversation.send(".");
                            }
                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(conversation.send("!").get(60, TimeUnit.SECONDS).getPosition())
                    .isEqualTo(1001);
        }
    }
}
