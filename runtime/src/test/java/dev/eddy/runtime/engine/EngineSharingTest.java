package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.Sampling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Sessions that share a device: slots, host memory, admission, transcripts that depend on nobody
 * else.
 */
class EngineSharingTest {
    private static final Sampling WARM = Sampling.builder().temperature(1).build();
    private static final EngineSettings QUICK =
            EngineSettings.DEFAULT.withSharing(Duration.ofMillis(2), Duration.ofMillis(5));

    private static int[] prompt(long seed) {
        return new Random(seed).ints(1 + seed % 23, 0, TinyModels.VOCABULARY).toArray();
    }

    private static int[] alone(long seed, int count) {
        Oracle oracle = new Oracle(seed);
        oracle.give(prompt(seed));
        return oracle.generate(count, WARM);
    }

    @Test
    void sessions_moreThanSlots_allFinishFairlyWithTheirOwnTranscripts() {
        try (ManualEngine engine = new ManualEngine(QUICK, TinyModels.model("tiny", 3, 8, 20))) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 11; i++) {
                clients.add(engine.open("tiny", i).give(prompt(i)).generate(1, 60, WARM));
            }
            int spread = 0;
            for (int turn = 0; turn < 5000; turn++) {
                engine.turns(1);
                engine.advanceMillis(1);
                int least = clients.stream().mapToInt(c -> c.ids().size()).min().orElseThrow();
                int most = clients.stream().mapToInt(c -> c.ids().size()).max().orElseThrow();
                spread = Math.max(spread, most - least);
            }
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).idArray()).as("session %d", i).isEqualTo(alone(i, 60));
            }
            // A quantum of 5 ms is about 5 steps; four rounds share three slots among eleven.
            assertThat(spread).isLessThan(30);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 100})
    void sessions_takingTurns_letNoMoreStatesTravelThanTheArenaSays(int travellers) {
        EngineModel model =
                TinyModels.model(
                        "tiny",
                        TinyModels.program(),
                        4,
                        8,
                        20,
                        executable -> new LaggingExecutable(executable, travellers));
        LaggingExecutable lagging = LaggingExecutable.of(model);
        ManualEngine engine = new ManualEngine(QUICK, model);
        Client[] clients = new Client[11];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = engine.open("tiny", i).give(prompt(i)).generate(1, 40, WARM);
        }
        for (int turn = 0; turn < 20_000 && !done(clients, 40); turn++) {
            engine.turns(1);
            engine.advanceMillis(turn % 2);
            if (turn % 3 != 0) {
                lagging.advance();
            }
        }
        for (int i = 0; i < clients.length; i++) {
            assertThat(clients[i].idArray()).as("session %d", i).isEqualTo(alone(i, 40));
        }
        assertThat(lagging.mostTravelling()).isBetween(Math.min(travellers, 2), travellers);
        assertThat(lagging.mostSteps()).isEqualTo(2);
        assertThat(lagging.mostStepsBeforeAState()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void transcripts_underRandomLoad_equalThoseAlone(long seed) {
        Random random = new Random(seed);
        EngineModel model =
                TinyModels.model(
                        "tiny",
                        TinyModels.program(),
                        2 + random.nextInt(4),
                        4 + random.nextInt(20),
                        12,
                        LaggingExecutable::new);
        LaggingExecutable lagging = LaggingExecutable.of(model);
        ManualEngine engine = new ManualEngine(QUICK, model);
        Client[] clients = new Client[9];
        int[][] left = new int[clients.length][];
        long[] limits = new long[clients.length];
        for (int i = 0; i < clients.length; i++) {
            clients[i] = engine.open(Opening.fresh("tiny", i, 0));
            left[i] = prompt(i);
        }
        for (int turn = 0; turn < 500_000 && !done(clients, 40); turn++) {
            int i = random.nextInt(clients.length);
            switch (random.nextInt(6)) {
                case 0 -> {
                    int cut = left[i].length == 0 ? 0 : 1 + random.nextInt(left[i].length);
                    if (cut > 0) {
                        clients[i].give(java.util.Arrays.copyOf(left[i], cut));
                        left[i] = java.util.Arrays.copyOfRange(left[i], cut, left[i].length);
                        if (left[i].length == 0) {
                            clients[i].generate(1, 40, WARM);
                        }
                    }
                }
                case 1 -> clients[i].lease.limit(limits[i] += random.nextInt(10));
                case 2 -> engine.advanceMillis(random.nextInt(4));
                case 3 -> lagging.advance();
                default -> engine.turns(1);
            }
        }
        for (int i = 0; i < clients.length; i++) {
            assertThat(clients[i].idArray())
                    .as("session %d, seed %d", i, seed)
                    .isEqualTo(alone(i, 40));
        }
        assertThat(lagging.mostSteps()).isEqualTo(2);
    }

    private static boolean done(Client[] clients, int count) {
        for (Client client : clients) {
            if (client.ids().size() < count) {
                return false;
            }
        }
        return true;
    }

    @Test
    void stopId_whileRunningAhead_isMaskedAndAbsorbedOnce() {
        int[] free = alone(3, 20);
        int stop = free[9];
        int first = 0;
        while (free[first] != stop) {
            first++;
        }
        EngineModel model =
                TinyModels.model("tiny", TinyModels.program(), 2, 8, 0, LaggingExecutable::new);
        LaggingExecutable lagging = LaggingExecutable.of(model);
        ManualEngine engine = ManualEngine.of(model);
        Client client = engine.open("tiny", 3).give(prompt(3));
        Sampling sampling = Sampling.builder().temperature(1).stopIds(stop).build();
        client.generate(1, 20, sampling).generate(2, 4, WARM);
        for (int i = 0; i < 200; i++) {
            engine.turns(1);
            if (i % 3 == 0) {
                lagging.advance();
            }
        }
        assertThat(lagging.mostSteps()).isEqualTo(2);
        assertThat(client.events(Report.TurnEnded.class).getFirst().position())
                .isEqualTo(prompt(3).length + first + 1);
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < first + 5; i++) {
            if (i != first) {
                expected.add(free[i]);
            }
        }
        assertThat(client.ids()).isEqualTo(expected);
    }

    @Test
    void inspected_turns_neverRunAhead() {
        EngineModel model =
                TinyModels.model("tiny", TinyModels.program(), 2, 8, 0, LaggingExecutable::new);
        LaggingExecutable lagging = LaggingExecutable.of(model);
        ManualEngine engine = ManualEngine.of(model);
        Client client = engine.open("tiny", 3).give(prompt(3));
        client.lease.generate(new Turn(1, 10, 0, 0, WARM, _ -> false));
        for (int i = 0; i < 100; i++) {
            engine.turns(3);
            lagging.advance();
        }
        assertThat(client.idArray()).isEqualTo(alone(3, 10));
        assertThat(lagging.mostSteps()).isEqualTo(1);
    }

    @Test
    void leave_withState_comesBackWithTheSameBits() {
        try (ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 2, 8, 2))) {
            Client client = engine.open("tiny", 4).give(prompt(4)).generate(1, 7, WARM);
            engine.settle();
            client.lease.leave(true);
            engine.settle();
            Report.Left left = client.event(Report.Left.class);
            assertThat(left.position()).isEqualTo(prompt(4).length + 7);
            MemorySegment copy = Arena.ofAuto().allocate(left.snapshot().state().byteSize());
            copy.copyFrom(left.snapshot().state());
            left.snapshot().release();

            Client back = engine.open(new Opening("tiny", 4, 0, 0, left.position(), copy));
            back.lease.limit(100);
            back.generate(2, 9, WARM);
            engine.settle();
            back.event(Report.Restored.class);
            assertThat(Client.join(client.idArray(), back.idArray())).isEqualTo(alone(4, 16));
        }
    }

    @Test
    void leave_inMidTurn_comesBackByReplay() {
        try (ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 2, 8, 2))) {
            Client client = engine.open("tiny", 4).give(prompt(4)).generate(1, 100, WARM);
            engine.turns(8);
            client.lease.leave(false);
            engine.settle();
            assertThat(client.event(Report.Left.class).snapshot()).isNull();
            int[] before = client.idArray();
            assertThat(before.length).isBetween(1, 99);

            Client back = engine.open("tiny", 4).give(prompt(4)).give(before);
            back.generate(1, 20, WARM);
            engine.settle();
            assertThat(Client.join(before, back.idArray())).isEqualTo(alone(4, before.length + 20));
        }
    }

    @Test
    void save_inMidTurn_isThatOfItsPosition() {
        try (ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 2, 8, 2))) {
            Client client = engine.open("tiny", 4).give(prompt(4)).generate(1, 30, WARM);
            engine.turns(10);
            client.lease.save();
            engine.settle();
            assertThat(client.idArray()).isEqualTo(alone(4, 30));

            Snapshot saved = client.event(Report.Saved.class).snapshot();
            int done = (int) saved.position() - prompt(4).length;
            assertThat(done).isBetween(1, 29);
            Client back =
                    engine.open(new Opening("tiny", 4, 0, 0, saved.position(), saved.state()));
            back.lease.limit(100);
            back.generate(1, 30 - done, WARM);
            engine.settle();
            assertThat(Client.join(java.util.Arrays.copyOf(client.idArray(), done), back.idArray()))
                    .isEqualTo(alone(4, 30));
        }
    }

    @Test
    void open_beyondCapacity_isRefusedWithTheNumbers() {
        try (ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 2, 8, 1))) {
            for (int i = 0; i < 3; i++) {
                engine.open("tiny", i).give(prompt(i)).generate(1, Turn.ENDLESS, WARM);
            }
            engine.turns(3);
            Client refused = engine.open("tiny", 9);
            engine.turns(3);
            Report.Refused report = refused.event(Report.Refused.class);
            assertThat(report.open()).isEqualTo(3);
            assertThat(report.limit()).isEqualTo(3);
            assertThat(report.message())
                    .contains("2 slots")
                    .contains("1 states of " + engine.engine.models().getFirst().stateBytes(0));
        }
    }

    @Test
    void open_whenSomeoneIsIdle_waitsForThemToLeave() {
        try (ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 1, 8, 0))) {
            Client idle = engine.open("tiny", 1).give(prompt(1));
            engine.settle();
            engine.advanceMillis(200);
            Client next = engine.open("tiny", 2).give(prompt(2)).generate(1, 3, WARM);
            engine.turns(3);
            idle.event(Report.Pressed.class);
            assertThat(next.events(Report.Opened.class)).isEmpty();
            idle.lease.leave(false);
            engine.settle();
            assertThat(next.idArray()).isEqualTo(alone(2, 3));
        }
    }

    @Test
    void open_whenNobodyLeaves_isRefusedInTheEnd() {
        try (ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 1, 8, 0))) {
            engine.open("tiny", 1).give(prompt(1));
            engine.settle();
            engine.advanceMillis(200);
            Client next = engine.open("tiny", 2);
            engine.turns(3);
            assertThat(next.events(Report.Refused.class)).isEmpty();
            engine.advanceMillis(5001);
            engine.turns(3);
            next.event(Report.Refused.class);
        }
    }

    @Test
    void open_withAStateOfAnotherSize_isRefusedAtOnce() {
        try (ManualEngine engine = ManualEngine.of(TinyModels.model("tiny", 1, 8, 0))) {
            Opening opening = new Opening("tiny", 1, 0, 0, 5, MemorySegment.ofArray(new byte[12]));
            assertThatThrownBy(() -> engine.open(opening))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("12");
        }
    }

    @Test
    void models_ofOneDevice_takeTurns() {
        try (ManualEngine engine =
                ManualEngine.of(TinyModels.model("a", 2, 8, 0), TinyModels.model("b", 2, 8, 0))) {
            Client a = engine.open("a", 1).give(prompt(1)).generate(1, 30, WARM);
            Client b = engine.open("b", 2).give(prompt(2)).generate(1, 30, WARM);
            for (int i = 0; i < 30; i++) {
                engine.turns(1);
                engine.advanceMillis(1);
            }
            assertThat(a.ids().size()).isBetween(5, 29);
            assertThat(b.ids().size()).isBetween(5, 29);
            engine.settle();
            assertThat(a.idArray()).isEqualTo(alone(1, 30));
            assertThat(b.idArray()).isEqualTo(alone(2, 30));
        }
    }

    @Test
    void transducer_framesInAndOut_keepsToItsCredit() {
        EngineModel model = TinyModels.model("audio", TinyModels.transducer(), 2, 4, 0, e -> e);
        try (ManualEngine engine = ManualEngine.of(model)) {
            float[] frames = new float[10 * TinyModels.FRAME];
            for (int i = 0; i < frames.length; i++) {
                frames[i] = (float) Math.sin(i);
            }
            Client whole = engine.open(Opening.fresh("audio", 1, 0));
            Client single = engine.open(Opening.fresh("audio", 1, 0));
            whole.lease.limit(7);
            single.lease.limit(100);
            whole.lease.give(given(frames));
            for (int i = 0; i < 10; i++) {
                single.lease.give(given(java.util.Arrays.copyOfRange(frames, 3 * i, 3 * i + 3)));
            }
            engine.settle();
            assertThat(rows(single)).hasSize(10 * TinyModels.FRAME);
            assertThat(rows(whole)).isEqualTo(rows(single).subList(0, 7 * TinyModels.FRAME));
            whole.lease.limit(10);
            engine.settle();
            assertThat(rows(whole)).isEqualTo(rows(single));
        }
    }

    private static Given given(float[] frames) {
        return new Given(
                0, new Elements.Frames(TinyModels.FRAME, frames), Given.Placement.LAST, false, 0);
    }

    private static List<Float> rows(Client client) {
        List<Float> rows = new ArrayList<>();
        for (Report.Rows report : client.events(Report.Rows.class)) {
            for (float value : report.values()) {
                rows.add(value);
            }
        }
        return rows;
    }
}
