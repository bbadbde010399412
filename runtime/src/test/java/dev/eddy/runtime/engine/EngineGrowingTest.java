package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.Sampling;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sessions whose state grows: pages, what is reserved for them, and where they end. */
class EngineGrowingTest {
    private static final Sampling WARM = Sampling.builder().temperature(1).build();
    private static final EngineSettings QUICK =
            EngineSettings.DEFAULT.withSharing(Duration.ofMillis(2), Duration.ofMillis(5));

    private static int[] prompt(long seed, int length) {
        return new Random(seed).ints(length, 0, TinyModels.VOCABULARY).toArray();
    }

    private static int[] alone(long seed, int[] prompt, int count) {
        Oracle oracle = new Oracle(TinyModels.growing(), seed);
        oracle.give(prompt);
        return oracle.generate(count, WARM);
    }

    private static Opening opening(long seed, long limit) {
        return new Opening("grows", seed, 0, limit, 0, null);
    }

    private static Client open(ManualEngine engine, long seed, long limit) {
        Client client = engine.open(opening(seed, limit));
        client.lease.limit(Long.MAX_VALUE);
        return client;
    }

    @Test
    void sessions_moreThanThePagesHold_allFinishWithTheirOwnTranscripts() {
        // Two pages each and five in the pool: two of the four slots can be taken at once.
        EngineModel model = TinyModels.growing("grows", 4, 5 * Pages.POSITIONS, 8 << 20);
        try (ManualEngine engine = new ManualEngine(QUICK, model)) {
            List<Client> clients = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                Client client = open(engine, i, 300);
                clients.add(client.give(prompt(i, 230)).generate(1, 40, WARM));
            }
            int most = 0;
            for (int turn = 0; turn < 2000; turn++) {
                engine.turns(1);
                engine.advanceMillis(1);
                long resident = clients.stream().filter(c -> c.lease.isResident()).count();
                most = Math.max(most, (int) resident);
            }
            assertThat(most).isEqualTo(2);
            for (int i = 0; i < clients.size(); i++) {
                assertThat(clients.get(i).idArray())
                        .as("session %d", i)
                        .isEqualTo(alone(i, prompt(i, 230), 40));
            }
        }
    }

    @Test
    void turn_atTheLimit_endsThereWithAllOfItAbsorbed() {
        try (ManualEngine engine =
                new ManualEngine(QUICK, TinyModels.growing("grows", 2, 512, 1 << 20))) {
            Client client = open(engine, 3, 20);
            client.give(prompt(3, 5)).generate(1, Turn.ENDLESS, WARM);
            engine.settle();
            Report.TurnEnded ended = client.event(Report.TurnEnded.class);
            assertThat(ended.end()).isEqualTo(Turn.End.MAX_POSITION);
            assertThat(ended.position()).isEqualTo(20);
            assertThat(client.idArray()).isEqualTo(alone(3, prompt(3, 5), 15));

            client.generate(2, Turn.ENDLESS, WARM);
            engine.settle();
            List<Report.TurnEnded> both = client.events(Report.TurnEnded.class);
            assertThat(both.getLast().end()).isEqualTo(Turn.End.MAX_POSITION);
            assertThat(both.getLast().position()).isEqualTo(20);
        }
    }

    @Test
    void turn_beforeMoreInput_leavesRoomForIt() {
        for (Given.Placement placement : Given.Placement.values()) {
            try (ManualEngine engine =
                    new ManualEngine(QUICK, TinyModels.growing("grows", 2, 512, 1 << 20))) {
                Client client = open(engine, 3, 40);
                client.give(prompt(3, 5)).generate(1, Turn.ENDLESS, WARM);
                engine.turns(10);
                client.give(placement, prompt(4, 8));
                engine.settle();
                Report.TurnEnded ended = client.event(Report.TurnEnded.class);
                assertThat(ended.end()).isEqualTo(Turn.End.MAX_POSITION);
                assertThat(client.idArray()).hasSize(40 - 5 - 8);
                assertThat(
                                client.events(Report.Absorbed.class).stream()
                                        .filter(Report.Absorbed::done))
                        .hasSize(2);
            }
        }
    }

    @Test
    void open_beyondTheHostMemoryReserved_waitsAndIsRefusedWithTheNumbers() {
        EngineModel model = TinyModels.growing("grows", 2, 2048, 0);
        long each = model.stateBytes(300);
        model = TinyModels.growing("grows", 2, 2048, 2 * each + each / 2);
        try (ManualEngine engine = new ManualEngine(QUICK, model)) {
            Client first = open(engine, 1, 300);
            open(engine, 2, 300);
            Client third = open(engine, 3, 300);
            Client small = open(engine, 4, 100);
            engine.settle();
            assertThat(third.events(Report.Opened.class)).isEmpty();
            engine.advanceMillis(6000);
            engine.settle();
            assertThat(third.event(Report.Refused.class).message())
                    .contains(
                            2 * each + " of " + model.hostBytes(),
                            "position 300",
                            "" + each,
                            "max_position");
            // Whoever came later waited behind it, and fits.
            assertThat(small.events(Report.Opened.class)).hasSize(1);
            first.lease.leave(false);
            engine.settle();
            Client again = open(engine, 5, 300);
            engine.settle();
            assertThat(again.events(Report.Opened.class)).hasSize(1);
            assertThatThrownBy(() -> open(engine, 6, 2001))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("not to 2001");
        }
    }

    @Test
    void state_movedToAnotherEngine_goesOnWithTheSameBits() {
        int[] expected = alone(7, prompt(7, 280), 60);
        try (ManualEngine from =
                        new ManualEngine(QUICK, TinyModels.growing("grows", 2, 1024, 1 << 20));
                ManualEngine to =
                        new ManualEngine(QUICK, TinyModels.growing("grows", 3, 2048, 1 << 20));
                Arena memory = Arena.ofConfined()) {
            Client client = open(from, 7, 400);
            client.give(prompt(7, 280)).generate(1, 25, WARM);
            from.settle();
            client.lease.leave(true);
            from.settle();
            Snapshot snapshot = client.event(Report.Left.class).snapshot();
            assertThat(snapshot.state().byteSize())
                    .isEqualTo(from.engine.models().getFirst().stateBytes(305));
            MemorySegment copy = memory.allocate(snapshot.state().byteSize());
            copy.copyFrom(snapshot.state());
            snapshot.release();

            Client back = to.open(new Opening("grows", 7, 0, 400, 305, copy));
            back.lease.limit(Long.MAX_VALUE);
            back.generate(1, 35, WARM);
            to.settle();
            assertThat(
                            Stream.of(client, back)
                                    .flatMap(c -> c.ids().stream())
                                    .mapToInt(i -> i)
                                    .toArray())
                    .isEqualTo(expected);
        }
    }
}
