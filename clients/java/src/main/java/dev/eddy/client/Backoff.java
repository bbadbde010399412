package dev.eddy.client;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Waits between attempts: doubling from 50 ms to 5 s, each shortened by up to a half at random. */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(50);
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private Duration next = FIRST;
    private Duration least = Duration.ZERO;

    void reset() {
        next = FIRST;
        least = Duration.ZERO;
    }

    /** The server asked not to come back sooner. */
    void atLeast(Duration wait) {
        least = wait;
    }

    Duration next() {
        double share = ThreadLocalRandom.current().nextDouble(0.5, 1);
        var wait = Duration.ofNanos((long) (next.toNanos() * share));
        next = next.multipliedBy(2);
        if (next.compareTo(LONGEST) > 0) {
            next = LONGEST;
        }
        if (wait.compareTo(least) < 0) {
            wait = least;
        }
        least = Duration.ZERO;
        return wait;
    }
}
