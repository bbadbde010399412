package dev.eddy.cli;

import dev.eddy.v1.Output;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts output elements of many turns between a start and a goal, and how long each session waited
 * for its next. Gaps go into buckets of 1/16 octave, so that counting costs nearly nothing.
 */
final class OutputGauge {
    private static final int STEPS = 16;

    private final LongAdder total = new LongAdder();
    private final LongAdder[] gaps = new LongAdder[64 * STEPS];
    private volatile boolean measuring;
    private volatile long goal = Long.MAX_VALUE;
    private volatile long started;
    private volatile long ended;
    private long before;
    private volatile long elements;

    OutputGauge() {
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = new LongAdder();
        }
    }

    /** Begins to measure, anew if it has before, until so many elements came. */
    void start(long elements) {
        for (LongAdder gap : gaps) {
            gap.reset();
        }
        ended = 0;
        before = total.sum();
        started = System.nanoTime();
        goal = before + elements;
        measuring = true;
    }

    /** Whether as many came as were asked for. */
    boolean isDone() {
        if (measuring && total.sum() >= goal) {
            stop();
        }
        return ended != 0;
    }

    /** Ends the measurement, however many came. */
    void stop() {
        ended = System.nanoTime();
        elements = total.sum() - before;
        measuring = false;
    }

    double share() {
        return Math.min(1, (double) (total.sum() - before) / (goal - before));
    }

    /** Elements measured. */
    long elements() {
        return elements;
    }

    double seconds() {
        return (ended - started) / 1e9;
    }

    /** A quantile of the time between a session's elements, in milliseconds, to 1/16 octave. */
    double gapMillis(double quantile) {
        long sum = 0;
        for (LongAdder gap : gaps) {
            sum += gap.sum();
        }
        long rank = (long) (quantile * sum);
        for (int i = 0; i < gaps.length; i++) {
            rank -= gaps[i].sum();
            if (rank < 0) {
                return Math.pow(2, (i + 0.5) / STEPS) / 1e6;
            }
        }
        return 0;
    }

    /** Takes everything of one turn as it comes. */
    Flow.Subscriber<Output> subscriber() {
        return new Flow.Subscriber<>() {
            private long last = System.nanoTime();

            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(Output output) {
                long now = System.nanoTime();
                int count = output.getIdsCount();
                total.add(count);
                if (measuring && count > 0) {
                    double gap = Math.max(1, (double) (now - last) / count);
                    int bucket = (int) (Math.log(gap) / Math.log(2) * STEPS);
                    gaps[Math.min(gaps.length - 1, bucket)].add(count);
                }
                last = now;
            }

            @Override
            public void onError(Throwable cause) {}

            @Override
            public void onComplete() {}
        };
    }
}
