package dev.eddy.client;

import dev.eddy.v1.Output;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A turn as a flow. Signals run one after another on the line's executor, never on a thread of
 * gRPC.
 */
final class TurnPublisher implements Flow.Publisher<Output> {
    private final Line line;
    private final Turn turn;

    TurnPublisher(Line line, Turn turn) {
        this.line = line;
        this.turn = turn;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super Output> subscriber) {
        try {
            turn.take();
        } catch (IllegalStateException e) {
            subscriber.onSubscribe(new Refused());
            subscriber.onError(e);
            return;
        }
        var subscription = new Subscription(subscriber);
        line.execute(() -> {
            subscriber.onSubscribe(subscription);
            line.locked(() -> {
                turn.listener(subscription::schedule);
                return null;
            });
            subscription.schedule();
        });
    }

    private static final class Refused implements Flow.Subscription {
        @Override
        public void request(long n) {}

        @Override
        public void cancel() {}
    }

    private final class Subscription implements Flow.Subscription {
        private final Flow.Subscriber<? super Output> subscriber;
        private final AtomicInteger signals = new AtomicInteger();
        private volatile boolean done;
        private volatile @Nullable RuntimeException misuse;

        Subscription(Flow.Subscriber<? super Output> subscriber) {
            this.subscriber = subscriber;
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                misuse =
                        new IllegalArgumentException(
                                "requested " + n + " items; request at least 1");
            } else {
                line.demand(turn, n);
            }
            schedule();
        }

        @Override
        public void cancel() {
            if (!done) {
                done = true;
                turn.cancel();
                line.discard(turn);
            }
        }

        /**
         * Lets the executor drain; one drain runs at a time, and looks again if called meanwhile.
         */
        void schedule() {
            if (signals.getAndIncrement() == 0) {
                line.execute(this::drain);
            }
        }

        private void drain() {
            int seen = signals.get();
            do {
                deliver();
                seen = signals.addAndGet(-seen);
            } while (seen != 0);
        }

        private void deliver() {
            while (!done) {
                RuntimeException wrong = misuse;
                if (wrong != null) {
                    cancel();
                    subscriber.onError(wrong);
                    return;
                }
                Output output = line.takeDemanded(turn);
                if (output != null) {
                    next(output);
                    continue;
                }
                var over = line.locked(turn::over);
                if (over == null) {
                    return;
                }
                done = true;
                if (over.failure() != null) {
                    subscriber.onError(over.failure());
                } else {
                    subscriber.onComplete();
                }
            }
        }

        private void next(Output output) {
            try {
                subscriber.onNext(output);
            } catch (RuntimeException e) {
                cancel();
                throw e;
            }
        }
    }
}
