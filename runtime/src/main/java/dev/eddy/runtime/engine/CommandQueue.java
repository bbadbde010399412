package dev.eddy.runtime.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of many producers and one consumer, first in, first out for each producer.
 *
 * <p>A producer claims the next place by advancing {@code tail}, having seen that the consumer is
 * less than a lap behind, and then fills it; the consumer waits at a place that is claimed and not
 * yet filled.
 */
final class CommandQueue {
    private static final long FULL_NANOS = 50_000;

    private final AtomicReferenceArray<@Nullable EngineCommand> places;
    private final int mask;
    private final AtomicLong tail = new AtomicLong();
    private volatile long head;

    /** A queue of {@code capacity} places, a power of two. */
    CommandQueue(int capacity) {
        if (Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException(
                    "queue capacity is " + capacity + "; allowed is a power of two");
        }
        places = new AtomicReferenceArray<>(capacity);
        mask = capacity - 1;
    }

    /** Appends, unless the queue is full. */
    boolean offer(EngineCommand command) {
        long place;
        do {
            place = tail.get();
            if (place - head > mask) {
                return false;
            }
        } while (!tail.compareAndSet(place, place + 1));
        places.set((int) place & mask, command);
        return true;
    }

    /**
     * Appends; if the queue is full, sleeps until it is not. The consumer never waits for a
     * producer, so that this ends.
     */
    void put(EngineCommand command) {
        while (!offer(command)) {
            LockSupport.parkNanos(this, FULL_NANOS);
        }
    }

    /** Takes the next command, or null if there is none yet; for the consumer alone. */
    @Nullable EngineCommand poll() {
        long place = head;
        int i = (int) place & mask;
        EngineCommand command = places.get(i);
        if (command != null) {
            places.set(i, null);
            head = place + 1;
        }
        return command;
    }

    /** True if there is nothing to poll; for the consumer alone. */
    boolean isEmpty() {
        return places.get((int) head & mask) == null;
    }
}
