package dev.eddy.runtime.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where the time of a session's turns goes. Measured anew after a restart, and no part of the log.
 */
final class TurnClocks {
    /** Turns that are over and remembered. */
    private static final int REMEMBERED = 32;

    private final LongSupplier nanos;
    private final Map<Long, Clock> clocks =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Long, Clock> eldest) {
                    return size() > REMEMBERED && eldest.getValue().end != 0;
                }
            };
    private long pausedSince;
    private long paused;

    private static final class Clock {
        long arrived;
        long pausedBefore;
        long queued;
        long first;
        long end;
        long withoutCredit;
    }

    TurnClocks(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void arrived(long turn) {
        Clock clock = new Clock();
        clock.arrived = nanos.getAsLong();
        clock.pausedBefore = paused();
        clocks.put(turn, clock);
    }

    /**
     * Notes a turn's first output; the time that it took, or -1 if this is not the first or not
     * known.
     */
    long output(long turn) {
        Clock clock = clocks.get(turn);
        if (clock == null || clock.first != 0) {
            return -1;
        }
        clock.first = nanos.getAsLong();
        return clock.first - clock.arrived;
    }

    void ended(long turn, long queuedNanos) {
        Clock clock = clocks.get(turn);
        if (clock != null) {
            clock.end = nanos.getAsLong();
            clock.queued = queuedNanos;
            clock.withoutCredit = paused() - clock.pausedBefore;
        }
    }

    /** Notes whether a turn waits for credit. */
    void credit(boolean waits) {
        long now = nanos.getAsLong();
        if (waits && pausedSince == 0) {
            pausedSince = now;
        } else if (!waits && pausedSince != 0) {
            paused += now - pausedSince;
            pausedSince = 0;
        }
    }

    private long paused() {
        return paused + (pausedSince == 0 ? 0 : nanos.getAsLong() - pausedSince);
    }

    /** How much of a turn's time is over, in time with credit since its first output. */
    long used(long turn) {
        Clock clock = clocks.get(turn);
        return clock == null || clock.first == 0
                ? 0
                : nanos.getAsLong() - clock.first - (paused() - clock.pausedBefore);
    }

    /** Where the time of a turn that is over went; null if it is not known. */
    SessionReply.@Nullable Timings timings(long turn) {
        Clock clock = clocks.get(turn);
        if (clock == null || clock.end == 0) {
            return null;
        }
        return new SessionReply.Timings(
                Duration.ofNanos(clock.queued),
                clock.first == 0 ? null : Duration.ofNanos(clock.first - clock.arrived),
                Duration.ofNanos(clock.end - clock.arrived),
                Duration.ofNanos(clock.withoutCredit));
    }
}
