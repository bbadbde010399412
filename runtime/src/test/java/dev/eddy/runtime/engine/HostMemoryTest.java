package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.HostBlock;
import java.lang.foreign.MemorySegment;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Memory for states outside their slots: who makes it, when, and how much. */
@Timeout(60)
final class HostMemoryTest {
    private static final long LARGE = 2L << 20;

    /** Blocks may be made as far as this has permits. */
    private final Semaphore leave = new Semaphore(0);

    private final Semaphore woken = new Semaphore(0);
    private final AtomicInteger made = new AtomicInteger();
    private volatile Thread maker = Thread.currentThread();

    private HostBlock block(long bytes) {
        leave.acquireUninterruptibly();
        maker = Thread.currentThread();
        made.incrementAndGet();
        return HostBlock.ordinary(bytes);
    }

    private HostMemory memory(int states, boolean grows) {
        return new HostMemory("model", states * LARGE, grows, this::block, woken::release);
    }

    private void awaitWake() throws InterruptedException {
        assertThat(woken.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void take_ofALargeState_isMadeByAnotherThreadWhichWakes() throws InterruptedException {
        HostMemory memory = memory(4, false);
        assertThat(memory.take(LARGE)).isNull();
        assertThat(memory.take(LARGE)).isNull(); // is being made
        assertThat(memory.usedBytes()).isZero();
        assertThat(memory.isAwaited()).isTrue();
        leave.release();
        awaitWake();
        assertThat(memory.isAwaited()).isFalse();
        assertThat(maker).isNotSameAs(Thread.currentThread());
        assertThat(made).hasValue(1);
        MemorySegment state = Objects.requireNonNull(memory.take(LARGE));
        assertThat(state.byteSize()).isEqualTo(LARGE);
        assertThat(memory.usedBytes()).isEqualTo(LARGE);
        leave.release();
        awaitWake(); // one ahead
        assertThat(made).hasValue(2);
        memory.stop();
        memory.trim();
        assertThat(state.scope().isAlive()).isTrue();
        memory.give(state);
        memory.trim();
        assertThat(state.scope().isAlive()).isFalse();
    }

    @Test
    void take_upToTheCapacity_makesNoMoreThanThat() throws InterruptedException {
        leave.release(100);
        HostMemory memory = memory(3, false);
        assertThat(memory.take(LARGE)).isNull();
        for (int taken = 0; taken < 3; taken++) {
            awaitWake();
            assertThat(memory.take(LARGE)).isNotNull();
        }
        assertThat(memory.take(LARGE)).isNull();
        memory.stop();
        assertThat(made).hasValue(3);
        assertThat(memory.usedBytes()).isEqualTo(3 * LARGE);
    }

    @Test
    void take_ofWhatWasGivenBack_makesNone() throws InterruptedException {
        leave.release(2);
        HostMemory memory = memory(2, false);
        assertThat(memory.take(LARGE)).isNull();
        awaitWake();
        MemorySegment first = Objects.requireNonNull(memory.take(LARGE));
        awaitWake();
        MemorySegment second = Objects.requireNonNull(memory.take(LARGE));
        memory.give(first);
        memory.give(second);
        assertThat(memory.take(LARGE)).isNotNull();
        assertThat(memory.take(LARGE)).isNotNull();
        memory.stop();
        assertThat(made).hasValue(2);
    }

    @Test
    void take_ofASmallOrAGrowingState_isMadeAtOnce() {
        leave.release(2);
        assertThat(memory(1, false).take(LARGE / 4)).isNotNull();
        assertThat(memory(1, true).take(LARGE)).isNotNull();
        assertThat(maker).isSameAs(Thread.currentThread());
    }

    @Test
    void take_afterTheSystemGaveNone_triesAgain() {
        AtomicInteger tries = new AtomicInteger();
        HostMemory memory =
                new HostMemory(
                        "model",
                        LARGE,
                        false,
                        bytes -> {
                            if (tries.incrementAndGet() < 3) {
                                throw new OutOfMemoryError("as a test wants it");
                            }
                            return HostBlock.ordinary(bytes);
                        },
                        woken::release);
        for (int failures = 0; failures < 3; failures++) {
            assertThat(memory.take(LARGE)).isNull();
            memory.stop();
        }
        assertThat(memory.take(LARGE)).isNotNull();
        assertThat(tries).hasValue(3);
    }

    @Test
    void stop_whileABlockIsMade_waitsForIt() throws Exception {
        HostMemory memory = memory(2, false);
        assertThat(memory.take(LARGE)).isNull();
        CompletableFuture<Void> stopped = CompletableFuture.runAsync(memory::stop);
        Thread.sleep(50);
        assertThat(stopped).isNotDone();
        leave.release();
        stopped.get(30, TimeUnit.SECONDS);
        assertThat(made).hasValue(1);
    }
}
