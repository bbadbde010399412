package dev.eddy.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.engine.TinyModels;
import dev.eddy.runtime.tokenizer.Decoder;
import dev.eddy.runtime.tokenizer.Encoder;
import dev.eddy.runtime.tokenizer.SpecialIds;
import dev.eddy.runtime.tokenizer.Tokenizer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.pekko.actor.typed.RecipientRef;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that are left, lost, put to rest and come back. */
class SessionResumeTest {
    private static final String TEXT = "a text to begin with";

    private static SessionSettings settings(
            int replayLimit, int saveEvery, long restMillis, long passivateMillis) {
        SessionSettings d = SessionSettings.DEFAULT;
        return new SessionSettings(
                d.unacknowledgedLimit(),
                d.inputLimit(),
                d.maxInput(),
                d.window(),
                d.logElements(),
                d.logInterval(),
                8,
                saveEvery,
                replayLimit,
                Duration.ofMillis(restMillis),
                Duration.ofMillis(passivateMillis),
                false,
                d.keep());
    }

    private static int[] alone(SessionFixture fixture, long seed, int count) {
        StreamClient client = fixture.attachNew(seed).text(TEXT);
        client.end(client.generate(count));
        return client.ids();
    }

    @Test
    void attach_again_bringsWhatWasNotAcknowledged() {
        try (SessionFixture fixture = SessionFixture.create()) {
            StreamClient client = fixture.attachNew(1).text(TEXT);
            long turn = client.generate(50);
            client.end(turn);
            client.detach();

            StreamClient all = fixture.attach(client.id);
            assertThat(all.end(turn)).isNotNull();
            assertThat(all.ids()).isEqualTo(client.ids());
            assertThat(all.text()).isEqualTo(client.text());
            all.detach();

            StreamClient some = StreamClient.attach(fixture.sessions, client.id, a -> a.having(33));
            some.end(turn);
            assertThat(some.ids()).isEqualTo(Arrays.copyOfRange(client.ids(), 33, 50));
            some.ack(50, turn);
            some.quiet().detach();

            StreamClient none = fixture.attach(client.id).quiet();
            assertThat(none.replies).hasSize(1);
            StreamClient gone =
                    StreamClient.open(fixture.sessions, client.id, a -> a.having(20)).quiet();
            assertThat(gone.await(SessionReply.Detached.class).refusal().reason())
                    .isEqualTo(Reason.OUTPUT_NOT_KEPT);
        }
    }

    @Test
    void stream_lostInMidTurn_pausesItUntilTheNext() {
        try (SessionFixture fixture = SessionFixture.create()) {
            int[] expected = alone(fixture, 2, 300);
            StreamClient client = fixture.attachNew(2).text(TEXT);
            long turn = client.generate(300);
            client.outputs(40);
            client.probe.stop();

            StreamClient next = fixture.attach(client.id);
            SessionReply.Attached attached = next.await(SessionReply.Attached.class);
            assertThat(attached.turn()).isEqualTo(turn);
            assertThat(attached.epoch()).isEqualTo(2);
            next.end(turn);
            assertThat(next.ids()).isEqualTo(expected);
        }
    }

    @Test
    void attach_ofASecondStream_fencesTheFirst() {
        try (SessionFixture fixture = SessionFixture.create()) {
            StreamClient first = fixture.attachNew(3).text(TEXT);
            StreamClient second = fixture.attach(first.id);
            SessionReply.Detached fenced = first.await(SessionReply.Detached.class);
            assertThat(fenced.reason()).isEqualTo(DetachReason.FENCED);
            // What the first still says has no effect.
            first.text("!!!").generate(5);
            long turn = second.generate(5);
            assertThat(second.end(turn).position()).isEqualTo(TEXT.length() + 5);

            StreamClient late =
                    StreamClient.open(fixture.sessions, first.id, a -> a.epoch(1)).quiet();
            assertThat(late.await(SessionReply.Detached.class).refusal().reason())
                    .isEqualTo(Reason.FENCED);
            long more = second.generate(1);
            assertThat(second.end(more)).isNotNull();
        }
    }

    @Test
    void requests_sentTwice_areTakenOnce() {
        try (SessionFixture fixture = SessionFixture.create()) {
            StreamClient client = fixture.attachNew(4);
            SessionCommand.Input input =
                    new SessionCommand.Input(
                            client.ref(),
                            1,
                            new Payload.Text(TEXT),
                            false,
                            null,
                            null,
                            false,
                            null);
            client.tell(input);
            client.tell(input);
            client.await(SessionReply.Absorbed.class);
            client.quiet();
            assertThat(client.all(SessionReply.Taken.class)).hasSize(2);
            assertThat(client.all(SessionReply.Absorbed.class).getLast().position())
                    .isEqualTo(TEXT.length());
            assertThat(fixture.attach(client.id).await(SessionReply.Attached.class).lastSequence())
                    .isEqualTo(1);
        }
    }

    @Test
    void credit_usedUp_stopsThatSessionAlone() {
        try (SessionFixture fixture = SessionFixture.create()) {
            int[] expected = alone(fixture, 5, 60);
            StreamClient slow =
                    StreamClient.attach(
                            fixture.sessions,
                            fixture.sessions.newId("tiny"),
                            a -> a.create(5).credit(10));
            slow.text(TEXT);
            long turn = slow.generate(60);
            StreamClient fast = fixture.attachNew(6).text(TEXT);
            fast.end(fast.generate(500));
            slow.outputs(10).quiet();
            assertThat(slow.ids()).isEqualTo(Arrays.copyOf(expected, 10));
            slow.credit(7);
            slow.outputs(17).quiet();
            assertThat(slow.ids()).isEqualTo(Arrays.copyOf(expected, 17));
            slow.credit(1000);
            SessionReply.TurnEnded ended = slow.end(turn);
            assertThat(slow.ids()).isEqualTo(expected);
            assertThat(ended.timings().withoutCredit()).isPositive();
        }
    }

    @Test
    void unacknowledged_atItsLimit_pausesAStreamThatAcknowledges() {
        SessionSettings d = SessionSettings.DEFAULT;
        SessionSettings few =
                new SessionSettings(
                        20,
                        100,
                        100,
                        8,
                        4,
                        d.logInterval(),
                        8,
                        4096,
                        256,
                        d.restAfter(),
                        d.passivateAfter(),
                        false,
                        d.keep());
        try (SessionFixture fixture = SessionFixture.of(2, 2, few)) {
            StreamClient client =
                    StreamClient.attach(
                            fixture.sessions,
                            fixture.sessions.newId("tiny"),
                            a -> a.create(5).credit(1000));
            client.text(TEXT);
            client.generate(100);
            client.outputs(20).quiet();
            assertThat(client.ids()).hasSize(20);
            client.ack(15, 0);
            client.outputs(35).quiet();
            assertThat(client.ids()).hasSize(35);

            // One that gives no credit loses the oldest instead.
            StreamClient careless = fixture.attachNew(5).text(TEXT);
            careless.end(careless.generate(100));
            assertThat(careless.ids()).hasSize(100);
            assertThat(Arrays.copyOf(careless.ids(), 35)).isEqualTo(client.ids());
            careless.detach();
            StreamClient again = fixture.attach(careless.id).outputs(20).quiet();
            assertThat(again.ids()).isEqualTo(Arrays.copyOfRange(careless.ids(), 80, 100));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1 << 20})
    void session_putToRest_comesBackWithTheSameBits(int replayLimit) throws Exception {
        try (SessionFixture fixture =
                SessionFixture.of(2, 4, settings(replayLimit, 1 << 20, 30, 100))) {
            int[] expected = alone(fixture, 7, 90);
            StreamClient client = fixture.attachNew(7).text(TEXT);
            client.end(client.generate(30));
            client.detach();
            client.awaitResidence(Residence.STORE);
            assertThat(fixture.store.usedBytes() > 0).isEqualTo(replayLimit == 0);
            Thread.sleep(300); // long enough for its actor to leave memory

            StreamClient back = StreamClient.attach(fixture.sessions, client.id, a -> a.having(30));
            back.end(back.generate(30));
            assertThat(back.ids()).isEqualTo(Arrays.copyOfRange(expected, 30, 60));
            // Attached and idle, it rests too, and its actor goes on.
            client.awaitResidence(Residence.STORE);
            back.end(back.generate(30));
            assertThat(back.ids()).isEqualTo(Arrays.copyOfRange(expected, 30, 90));
        }
    }

    @Test
    void session_pausedInMidTurn_restsAndGoesOn() throws Exception {
        try (SessionFixture fixture = SessionFixture.of(2, 4, settings(0, 1 << 20, 30, 100))) {
            int[] expected = alone(fixture, 8, 64);
            StreamClient client =
                    StreamClient.attach(
                            fixture.sessions,
                            fixture.sessions.newId("tiny"),
                            a -> a.create(8).credit(20));
            client.text(TEXT);
            long turn = client.generate(64);
            client.outputs(20);
            client.awaitResidence(Residence.STORE);
            client.credit(44);
            client.end(turn);
            assertThat(client.ids()).isEqualTo(expected);
        }
    }

    @Test
    void session_longAndBusy_isSavedOnTheWay() throws Exception {
        try (SessionFixture fixture =
                SessionFixture.of(2, 4, settings(1 << 20, 100, 60_000, 60_000))) {
            int[] expected = alone(fixture, 9, 1000);
            assertThat(fixture.store.usedBytes()).isPositive();
            StreamClient client = fixture.attachNew(9).text(TEXT);
            client.end(client.generate(1000));
            assertThat(client.ids()).isEqualTo(expected);
            // One copy a session, however long it runs.
            long one = fixture.engine.models().getFirst().stateBytes(0);
            awaitStored(fixture, 2 * one);
            client.quiet();
            assertThat(fixture.store.usedBytes()).isEqualTo(2 * one);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 1 << 20})
    void actor_failingInMidTurn_isRecoveredWithTheSameTranscript(int saveEvery) {
        AtomicInteger fuse = new AtomicInteger(Integer.MAX_VALUE);
        try (SessionFixture fixture =
                new SessionFixture(
                        TinyModels.model("tiny", 2, 32, 4),
                        settings(256, saveEvery, 60_000, 60_000),
                        tokenizer -> new FragileTokenizer(tokenizer, fuse))) {
            int[] expected = alone(fixture, 10, 500);
            StreamClient client = fixture.attachNew(10).text(TEXT);
            long turn = client.generate(500);
            client.outputs(100);
            fuse.set(57);
            SessionReply.Detached lost = client.await(SessionReply.Detached.class);
            assertThat(lost.refusal().reason()).isEqualTo(Reason.SESSION_UNREACHABLE);
            int seen = client.ids().length;
            assertThat(seen).isBetween(100, 499);

            StreamClient back =
                    StreamClient.attach(fixture.sessions, client.id, a -> a.having(seen));
            back.end(turn);
            assertThat(client.ids()).isEqualTo(Arrays.copyOf(expected, seen));
            assertThat(back.ids()).isEqualTo(Arrays.copyOfRange(expected, seen, 500));
        }
    }

    @Test
    void actor_failingAfterAnInterruption_keepsWhereItTookEffect() {
        AtomicInteger fuse = new AtomicInteger(Integer.MAX_VALUE);
        try (SessionFixture fixture =
                new SessionFixture(
                        TinyModels.model("tiny", 2, 32, 4),
                        settings(256, 1 << 20, 60_000, 60_000),
                        tokenizer -> new FragileTokenizer(tokenizer, fuse))) {
            StreamClient client = fixture.attachNew(11).text(TEXT);
            long first = client.generate(null);
            client.outputs(90).text("no!", InputPolicy.INTERRUPT);
            int before = (int) client.end(first).outputPosition();
            long second = client.generate(400);
            client.outputs(before + 50);
            fuse.set(20);
            client.await(SessionReply.Detached.class);
            int seen = client.ids().length;

            StreamClient back =
                    StreamClient.attach(fixture.sessions, client.id, a -> a.having(seen));
            back.end(second);
            fuse.set(Integer.MAX_VALUE);
            StreamClient replay = fixture.attachNew(11).text(TEXT);
            replay.generate(before);
            replay.text("no!");
            replay.end(replay.generate(400));
            int[] whole = replay.ids();
            assertThat(client.ids()).isEqualTo(Arrays.copyOf(whole, seen));
            assertThat(back.ids()).isEqualTo(Arrays.copyOfRange(whole, seen, whole.length));
        }
    }

    /** As if the actor had failed while old snapshots were deleted, and been asked to attach. */
    @Test
    void attach_behindAnAnswerFromTheLog_isServed() {
        try (SessionFixture fixture = SessionFixture.create()) {
            String id = fixture.sessions.newId("tiny");
            RecipientRef<Object> actor = recovering(fixture, id);
            actor.tell(new DeleteSnapshotsSuccess(SnapshotSelectionCriteria.latest()));
            actor.tell(new DeleteMessagesSuccess(1));
            StreamClient client = StreamClient.attach(fixture.sessions, id, a -> a.create(12));
            client.text(TEXT);
            client.end(client.generate(20));
            assertThat(client.ids()).isEqualTo(alone(fixture, 12, 20));
        }
    }

    /** What is told first finds an actor that reads its log. */
    @SuppressWarnings("unchecked")
    private static RecipientRef<Object> recovering(SessionFixture fixture, String id) {
        RecipientRef<?> actor =
                ClusterSharding.get(fixture.sessions.system()).entityRefFor(SessionSystem.KEY, id);
        return (RecipientRef<Object>) actor;
    }

    @Test
    void sessions_moreThanFitOnTheEngine_makeRoomForEachOther() {
        try (SessionFixture fixture = SessionFixture.of(2, 1, SessionSettings.DEFAULT)) {
            int count = 12;
            StreamClient[] clients = new StreamClient[count];
            for (int i = 0; i < count; i++) {
                clients[i] = fixture.attachNew(i).text(TEXT);
                clients[i].end(clients[i].generate(5));
            }
            for (int i = count - 1; i >= 0; i--) {
                clients[i].end(clients[i].generate(5));
            }
            for (int i = 0; i < count; i++) {
                assertThat(clients[i].ids()).isEqualTo(alone(fixture, i, 10));
            }
        }
    }

    @Test
    void attach_whenAllAreBusy_isRefusedWithTheNumbers() {
        try (SessionFixture fixture = SessionFixture.of(1, 1, SessionSettings.DEFAULT)) {
            StreamClient[] busy = new StreamClient[2];
            for (int i = 0; i < busy.length; i++) {
                busy[i] = fixture.attachNew(i).text(TEXT);
                busy[i].generate(null);
            }
            busy[0].outputs(3);
            busy[1].outputs(3);
            StreamClient refused =
                    StreamClient.open(
                            fixture.sessions, fixture.sessions.newId("tiny"), a -> a.create(9));
            Refusal refusal = refused.await(SessionReply.Detached.class).refusal();
            assertThat(refusal.reason()).isEqualTo(Reason.NO_CAPACITY);
            assertThat(refusal.message()).contains("1 slots").contains("2 are open");
            assertThat(refusal.details()).containsEntry("limit", "2");
        }
    }

    @Test
    void attach_ofWhatIsNotThere_isRefused() {
        try (SessionFixture fixture = SessionFixture.create()) {
            for (String id :
                    List.of(fixture.sessions.newId("tiny"), "no-such", "", "zz-0/../../x")) {
                StreamClient client = StreamClient.open(fixture.sessions, id, a -> a);
                SessionReply.Detached detached = client.await(SessionReply.Detached.class);
                assertThat(detached.refusal().reason()).isEqualTo(Reason.SESSION_NOT_FOUND);
            }
            StreamClient model =
                    StreamClient.open(
                            fixture.sessions,
                            fixture.sessions.newId("x"),
                            a -> a.create(new NewSession("x", 1L, 0, null, Map.of())));
            assertThat(model.await(SessionReply.Detached.class).refusal().reason())
                    .isEqualTo(Reason.MODEL_NOT_FOUND);
            StreamClient durable =
                    StreamClient.open(
                            fixture.sessions,
                            fixture.sessions.newId("tiny"),
                            a -> a.create(1).durability(Durability.COMMITTED));
            assertThat(durable.await(SessionReply.Detached.class).refusal().reason())
                    .isEqualTo(Reason.NOT_SERVED);
        }
    }

    @Test
    void delete_endsTheSessionForGood() throws Exception {
        try (SessionFixture fixture = SessionFixture.of(2, 4, settings(0, 50, 60_000, 60_000))) {
            StreamClient client = fixture.attachNew(12).text(TEXT);
            client.end(client.generate(200));
            awaitStored(fixture, fixture.engine.models().getFirst().stateBytes(0));
            get(fixture.sessions.delete(client.id));
            assertThat(client.await(SessionReply.Detached.class).reason())
                    .isEqualTo(DetachReason.DELETED);
            assertThat(fixture.store.usedBytes()).isZero();
            assertThatThrownBy(() -> get(fixture.sessions.describe(client.id)))
                    .hasCauseInstanceOf(SessionException.class);
            assertThatThrownBy(() -> get(fixture.sessions.delete(client.id)))
                    .hasCauseInstanceOf(SessionException.class);
            StreamClient late = StreamClient.open(fixture.sessions, client.id, a -> a);
            assertThat(late.await(SessionReply.Detached.class).refusal().reason())
                    .isIn(Reason.SESSION_NOT_FOUND, Reason.SESSION_DELETED);
        }
    }

    @Test
    void session_keptForNoTime_endsWithItsStream() throws Exception {
        try (SessionFixture fixture = SessionFixture.create()) {
            StreamClient client =
                    StreamClient.attach(
                            fixture.sessions,
                            fixture.sessions.newId("tiny"),
                            a -> a.create(new NewSession("tiny", 1L, 0, Duration.ZERO, Map.of())));
            client.text(TEXT).detach();
            for (int i = 0; !get(fixture.sessions.list(all())).sessions().isEmpty(); i++) {
                assertThat(i).isLessThan(1000);
                Thread.sleep(20);
            }
        }
    }

    @Test
    void list_inPages_hasEachSessionOnce() throws Exception {
        try (SessionFixture fixture = SessionFixture.create()) {
            for (int i = 0; i < 7; i++) {
                Map<String, String> labels = Map.of("odd", i % 2 == 1 ? "yes" : "no");
                StreamClient.attach(
                        fixture.sessions,
                        fixture.sessions.newId("tiny"),
                        a -> a.create(new NewSession("tiny", 1L, 0, null, labels)));
            }
            java.util.Set<String> ids = new java.util.TreeSet<>();
            String after = "";
            Sessions.Page page;
            do {
                page = get(fixture.sessions.list(new Sessions.Query(after, 3, null, Map.of())));
                page.sessions().forEach(s -> ids.add(s.sessionId()));
                after = page.sessions().getLast().sessionId();
            } while (!page.last());
            assertThat(ids).hasSize(7);
            assertThat(
                            get(fixture.sessions.list(
                                            new Sessions.Query(
                                                    "", 100, "tiny", Map.of("odd", "yes"))))
                                    .sessions())
                    .hasSize(3);
        }
    }

    @Test
    void drain_detachesEveryoneAfterWhatIsInFlight() throws Exception {
        try (SessionFixture fixture = SessionFixture.create()) {
            StreamClient client = fixture.attachNew(13).text(TEXT);
            client.generate(null);
            client.outputs(10);
            get(fixture.sessions.drain());
            SessionReply.Detached detached = client.await(SessionReply.Detached.class);
            assertThat(detached.reason()).isEqualTo(DetachReason.DRAINING);
            assertThat(detached.outputPosition()).isEqualTo(client.ids().length);
            StreamClient late = StreamClient.open(fixture.sessions, client.id, a -> a);
            assertThat(late.await(SessionReply.Detached.class).reason())
                    .isEqualTo(DetachReason.DRAINING);
        }
    }

    private static Sessions.Query all() {
        return new Sessions.Query("", 100, null, Map.of());
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        try {
            return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
        } catch (CompletionException e) {
            throw e;
        }
    }

    /** Waits until so many bytes are stored; a copy replaces another, so there may be more. */
    private static void awaitStored(SessionFixture fixture, long bytes) throws Exception {
        for (int i = 0; fixture.store.usedBytes() != bytes; i++) {
            assertThat(i).as("tries").isLessThan(2000);
            Thread.sleep(10);
        }
    }

    /** Bytes, until its fuse is burnt: then one of its decoders fails, once. */
    private record FragileTokenizer(Tokenizer actual, AtomicInteger fuse) implements Tokenizer {
        @Override
        public int size() {
            return actual.size();
        }

        @Override
        public Unit unit() {
            return actual.unit();
        }

        @Override
        public SpecialIds specials() {
            return actual.specials();
        }

        @Override
        public OptionalInt idOf(String token) {
            return actual.idOf(token);
        }

        @Override
        public String tokenOf(int id) {
            return actual.tokenOf(id);
        }

        @Override
        public byte[] bytesOf(int id) {
            return actual.bytesOf(id);
        }

        @Override
        public Encoder encoder(String tail) {
            return actual.encoder(tail);
        }

        @Override
        public int tailLimit() {
            return actual.tailLimit();
        }

        @Override
        public Decoder decoder(byte[] partial) {
            Decoder decoder = actual.decoder(partial);
            return new Decoder() {
                @Override
                public String accept(int id) {
                    if (fuse.decrementAndGet() == 0) {
                        fuse.set(Integer.MAX_VALUE);
                        throw new IllegalStateException("burnt");
                    }
                    return decoder.accept(id);
                }

                @Override
                public String flush() {
                    return decoder.flush();
                }

                @Override
                public byte[] partial() {
                    return decoder.partial();
                }
            };
        }

        @Override
        public void close() {
            actual.close();
        }
    }
}
