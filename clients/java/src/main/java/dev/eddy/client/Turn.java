package dev.eddy.client;

import dev.eddy.v1.Output;
import dev.eddy.v1.TurnEnded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * What one request for output brings forth, taken either by iterating (blocking) or as a {@link
 * #publisher Flow}, by one consumer. Nothing is fetched beyond the conversation's prefetch: a
 * consumer that stops taking stops the session.
 */
public final class Turn implements Iterable<Output> {
    private final Line line;
    private final CompletableFuture<TurnEnded> ended = new CompletableFuture<>();

    // Guarded by the line's lock.
    private final Deque<Output> buffer = new ArrayDeque<>();
    private long sequence;
    private @Nullable TurnEnded end;
    private @Nullable EddyException failure;
    private boolean taken;
    private long demand;
    private @Nullable Runnable listener;

    Turn(Line line, long sequence) {
        this.line = line;
        this.sequence = sequence;
    }

    /** The turn's number in its session. */
    public long sequence() {
        return line.locked(() -> sequence);
    }

    /**
     * The turn's output as it comes; {@code hasNext} waits for more. Ends with the turn, for
     * whatever reason; {@link #ended} tells which.
     *
     * @throws EddyException out of {@code hasNext} and {@code next}, if the request was refused or
     *     the conversation is lost
     * @throws IllegalStateException if the output is being taken already
     */
    @Override
    public Iterator<Output> iterator() {
        take();
        return new Iterator<>() {
            private @Nullable Output next;

            @Override
            public boolean hasNext() {
                if (next == null) {
                    next = line.await(Turn.this);
                }
                return next != null;
            }

            @Override
            public Output next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("the turn has ended");
                }
                Output result = Objects.requireNonNull(next);
                next = null;
                return result;
            }
        };
    }

    /** Waits for the rest of the turn and returns its text. Throws as {@link #iterator} does. */
    public String text() {
        var text = new StringBuilder();
        for (Output output : this) {
            text.append(output.getText());
        }
        return text.toString();
    }

    /**
     * The turn's output as a flow for one subscriber. What the subscriber requests is what the
     * server is given credit for, the prefetch aside. Cancelling the subscription cancels the turn.
     */
    public Flow.Publisher<Output> publisher() {
        return new TurnPublisher(line, this);
    }

    /**
     * Completes when the turn has ended; its output need not have been taken, but a turn waits for
     * room. Completes with an {@link EddyException} if the request was refused or the conversation
     * is lost.
     */
    public CompletableFuture<TurnEnded> ended() {
        return ended.copy();
    }

    /** Ends the turn as soon as possible; what was already on its way still comes. */
    public void cancel() {
        line.cancel(this);
    }

    // ---- Below: called by the line with its lock held.

    long number() {
        return sequence;
    }

    void receive(Output output) {
        buffer.addLast(output);
        changed();
    }

    void end(TurnEnded turnEnded) {
        end = turnEnded;
        line.execute(() -> ended.complete(turnEnded));
        changed();
    }

    void fail(EddyException cause) {
        if (!isOver()) {
            failure = cause;
            line.execute(() -> ended.completeExceptionally(cause));
            changed();
        }
    }

    boolean isOver() {
        return end != null || failure != null;
    }

    @Nullable EddyException failure() {
        return failure;
    }

    @Nullable Output poll() {
        return buffer.pollFirst();
    }

    /** Items that a subscriber asked for and did not get; 0 while iterating. */
    long demand() {
        return demand;
    }

    void demand(long items) {
        demand = items;
    }

    /**
     * The end of a turn's output.
     *
     * @param failure what ended it, null for a turn that ended as turns do
     */
    record Over(@Nullable EddyException failure) {}

    /** How the turn ended, or null if there is still something to take. */
    @Nullable Over over() {
        return isOver() && buffer.isEmpty() ? new Over(failure) : null;
    }

    /** Runs {@code change} whenever there may be something to take; it must not block. */
    void listener(Runnable change) {
        listener = change;
    }

    /** Claims the output for one consumer. */
    void take() {
        line.locked(() -> {
            if (taken) {
                throw new IllegalStateException(
                        "the output of turn " + sequence + " is being taken already");
            }
            taken = true;
            return null;
        });
    }

    private void changed() {
        line.signal();
        if (listener != null) {
            listener.run();
        }
    }
}
