package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The queues between the engine's thread and all others. */
class QueuesTest {
    @Test
    void commandQueue_full_refusesUntilPolled() {
        CommandQueue queue = new CommandQueue(4);
        for (int i = 0; i < 4; i++) {
            assertThat(queue.offer(command(i))).isTrue();
        }
        assertThat(queue.offer(command(4))).isFalse();
        assertThat(queue.poll()).isEqualTo(command(0));
        assertThat(queue.offer(command(4))).isTrue();
        for (int i = 1; i < 5; i++) {
            assertThat(queue.poll()).isEqualTo(command(i));
        }
        assertThat(queue.poll()).isNull();
        assertThat(queue.isEmpty()).isTrue();
        assertThatThrownBy(() -> new CommandQueue(6)).hasMessageContaining("6");
    }

    @Test
    void commandQueue_manyProducers_keepsEachOnesOrder() throws InterruptedException {
        CommandQueue queue = new CommandQueue(64);
        int producers = 4;
        int each = 20_000;
        List<Thread> threads = new ArrayList<>();
        for (int p = 0; p < producers; p++) {
            int producer = p;
            threads.add(
                    Thread.ofPlatform()
                            .start(() -> {
                                for (int i = 0; i < each; i++) {
                                    queue.put(command((long) producer * each + i));
                                }
                            }));
        }
        long[] next = new long[producers];
        for (int taken = 0; taken < producers * each; ) {
            EngineCommand command = queue.poll();
            if (command instanceof EngineCommand.Cancel cancel) {
                int producer = (int) (cancel.turn() / each);
                assertThat(cancel.turn() % each).isEqualTo(next[producer]++);
                taken++;
            } else {
                Thread.yield();
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(queue.poll()).isNull();
    }

    @Test
    void reportQueue_polledWhileWritten_losesNothingAndAnnouncesAll() throws InterruptedException {
        Semaphore announced = new Semaphore(0);
        ReportQueue queue = new ReportQueue(announced::release);
        long count = 200_000;
        AtomicLong seen = new AtomicLong();
        Thread consumer =
                Thread.ofPlatform()
                        .start(() -> {
                            while (seen.get() < count) {
                                // Without an announcement nobody would look.
                                announced.acquireUninterruptibly();
                                Reports reports = queue.poll();
                                if (reports == null) {
                                    continue;
                                }
                                for (int i = 0; i < reports.size(); i++) {
                                    Report.Absorbed absorbed = (Report.Absorbed) reports.get(i);
                                    if (absorbed.tag() != seen.getAndIncrement()) {
                                        throw new AssertionError("order");
                                    }
                                }
                                queue.recycle(reports);
                            }
                        });
        for (long i = 0; i < count; i++) {
            queue.report(new Report.Absorbed(i, i, true, null, 0));
        }
        consumer.join(30_000);
        assertThat(seen.get()).isEqualTo(count);
    }

    @Test
    void reportQueue_nothingAppended_announcesNothing() {
        int[] announced = {0};
        ReportQueue queue = new ReportQueue(() -> announced[0]++);
        queue.publish(queue.open(), true);
        assertThat(queue.poll()).isNull();
        assertThat(announced[0]).isZero();
    }

    private static EngineCommand command(long i) {
        return new EngineCommand.Cancel(TENANT, i);
    }

    private static final Tenant TENANT =
            new Tenant(null, new Opening("none", 0, 0, 1, 0, null), () -> {});
}
