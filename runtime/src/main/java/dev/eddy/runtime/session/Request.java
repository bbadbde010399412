package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Elements;
import org.jspecify.annotations.Nullable;

/** A request that was taken and has not wholly taken effect. */
sealed interface Request {
    /** Its number. */
    long sequence();

    /**
     * Elements to absorb.
     *
     * @param absorbed how many are
     * @param interleaved true if it enters a turn that was under way
     */
    record Absorb(
            long sequence,
            Elements elements,
            int absorbed,
            boolean scored,
            long deadlineNanos,
            boolean interleaved)
            implements Request {
        int remaining() {
            return elements.count() - absorbed;
        }

        Absorb after(int more) {
            return new Absorb(
                    sequence, elements, absorbed + more, scored, deadlineNanos, interleaved);
        }
    }

    /**
     * A turn.
     *
     * @param sampled ids sampled so far, hidden ones apart
     * @param end why it is to end, if something ended it from without
     */
    record Sample(long sequence, TurnSpec spec, long sampled, @Nullable TurnEndReason end)
            implements Request {
        Sample after(int more) {
            return new Sample(sequence, spec, sampled + more, end);
        }

        Sample ending(TurnEndReason reason) {
            return end == null ? new Sample(sequence, spec, sampled, reason) : this;
        }
    }
}
