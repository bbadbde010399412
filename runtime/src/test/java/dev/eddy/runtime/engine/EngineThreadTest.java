package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.runtime.metrics.Metrics;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The engine on its own thread, and what its thread allocates. */
class EngineThreadTest {
    private static final Sampling WARM = Sampling.builder().temperature(1).build();

    @Test
    @Timeout(180)
    void engine_onItsThread_answersManyThreads() throws InterruptedException {
        EngineModel model = TinyModels.model("tiny", 3, 16, 20);
        List<Thread> threads = new ArrayList<>();
        int[][] transcripts = new int[12][];
        try (Engine engine =
                Engine.start("cpu:0", List.of(model), EngineSettings.DEFAULT, Metrics.none())) {
            for (int i = 0; i < transcripts.length; i++) {
                int session = i;
                threads.add(
                        Thread.ofVirtual()
                                .start(() -> transcripts[session] = converse(engine, session)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
        }
        for (int i = 0; i < transcripts.length; i++) {
            Oracle oracle = new Oracle(i);
            oracle.give(i, i + 1);
            assertThat(transcripts[i]).as("session %d", i).isEqualTo(oracle.generate(25, WARM));
        }
    }

    private static int[] converse(Engine engine, int seed) {
        Semaphore announced = new Semaphore(0);
        Client client = new Client();
        client.lease = engine.open(Opening.fresh("tiny", seed, 0), announced::release);
        client.give(seed, seed + 1);
        for (int i = 1; i <= 25; i++) {
            client.generate(i, 1, WARM);
            client.lease.limit(i);
            while (client.events(Report.TurnEnded.class).size() < i) {
                announced.acquireUninterruptibly();
            }
        }
        client.lease.leave(false);
        while (client.events(Report.Left.class).isEmpty()) {
            announced.acquireUninterruptibly();
        }
        return client.idArray();
    }

    @Test
    void step_warm_allocatesNothing() {
        int sessions = 32;
        EngineModel model =
                NullExecutable.model(
                        "null", 1000, CompileOptions.of(WeightType.F32, 1, sessions, sessions));
        ManualEngine engine = ManualEngine.of(model);
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            clients.add(engine.open("null", i).give(1).generate(1, Turn.ENDLESS, WARM));
        }
        com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long allocated = 0;
        int rounds = 20_000;
        for (int round = 0; round < 2 * rounds; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            engine.turns(1);
            allocated += round < rounds ? 0 : threads.getCurrentThreadAllocatedBytes() - before;
            for (Client client : clients) {
                Reports reports = client.lease.poll();
                if (reports != null) {
                    client.lease.recycle(reports);
                }
            }
        }
        // The probe itself may allocate a little; a report or a box an element would be 32 times
        // 16.
        assertThat(allocated / rounds).isLessThan(64);
    }
}
