package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.HostBlock;
import dev.eddy.kernels.backend.Sampling;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Sessions whose states rest in memory that takes its time to be made. */
@Timeout(120)
final class EngineMemoryTest {
    private static final Sampling WARM = Sampling.builder().temperature(1).build();
    private static final EngineSettings QUICK =
            EngineSettings.DEFAULT.withSharing(Duration.ofMillis(2), Duration.ofMillis(5));
    private static final int SESSIONS = 5;
    private static final int COUNT = 60;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();

    private HostBlock block(long bytes) {
        asked.incrementAndGet();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return HostBlock.ordinary(bytes);
    }

    private EngineModel model(int slots) {
        return TinyModels.model(
                "large",
                TinyModels.large(),
                slots,
                8,
                SESSIONS,
                executable -> {
                    LaggingExecutable lagging = new LaggingExecutable(executable);
                    lagging.giveBlocks(this::block);
                    return lagging;
                });
    }

    private static List<Client> open(ManualEngine engine) {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            clients.add(engine.open("large", i).give(i, 7, 9).generate(1, COUNT, WARM));
        }
        return clients;
    }

    private static void turns(ManualEngine engine, EngineModel model, int count) {
        for (int i = 0; i < count; i++) {
            engine.turns(1);
            engine.advanceMillis(1);
            LaggingExecutable.of(model).advance();
        }
    }

    private static boolean done(List<Client> clients) {
        return clients.stream().allMatch(client -> client.ids().size() == COUNT);
    }

    @Test
    void steps_whileMemoryForAStateIsMade_goOnAndGiveTheSameTranscripts() throws Exception {
        EngineModel own = model(SESSIONS);
        List<int[]> expected = new ArrayList<>();
        try (ManualEngine engine = new ManualEngine(QUICK, own)) {
            List<Client> clients = open(engine);
            while (!done(clients)) {
                turns(engine, own, 1);
            }
            clients.forEach(client -> expected.add(client.idArray()));
        }
        assertThat(asked).hasValue(0);

        EngineModel shared = model(2);
        try (ManualEngine engine = new ManualEngine(QUICK, shared);
                AutoCloseable _ = gate::countDown) {
            List<Client> clients = open(engine);
            turns(engine, shared, 50);
            assertThat(asked).hasValue(1);
            assertThat(clients).filteredOn(client -> client.ids().size() > 40).hasSize(2);
            assertThat(clients).filteredOn(client -> client.ids().isEmpty()).hasSize(3);
            // One step runs and one is behind it: nobody yields who cannot leave yet.
            engine.turns(2);
            assertThat(LaggingExecutable.of(shared).steps()).isEqualTo(2);
            gate.countDown();
            while (!done(clients)) {
                turns(engine, shared, 1);
            }
            for (int i = 0; i < SESSIONS; i++) {
                assertThat(clients.get(i).idArray()).as("session %d", i).isEqualTo(expected.get(i));
            }
        }
    }
}
