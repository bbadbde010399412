package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.Scores;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The numbered requests that may have to be sent again, oldest first. What is taken for good leaves
 * it. Not thread-safe: the line's lock guards it.
 */
final class Outbox {
    /**
     * One numbered request.
     *
     * @param sequence its number
     * @param request what goes over the wire
     * @param input what becomes of an input; null for others
     * @param turn the turn that it asks for; null for others
     */
    record Entry(
            long sequence, ConverseRequest request, @Nullable Input input, @Nullable Turn turn) {}

    /** What becomes of one input: its scores come in pieces, its end once. */
    static final class Input {
        private final CompletableFuture<Absorbed> absorbed = new CompletableFuture<>();
        private final Scores.Builder scores = Scores.newBuilder();
        private final long elements;
        private boolean over;

        Input(long elements) {
            this.elements = elements;
        }

        /** Completes when the input is absorbed, with all its scores. */
        CompletableFuture<Absorbed> absorbed() {
            return absorbed;
        }

        void fail(EddyException cause, Executor executor) {
            if (!over) {
                over = true;
                executor.execute(() -> absorbed.completeExceptionally(cause));
            }
        }

        private void scored(Scores more) {
            if (scores.getLogProbabilitiesCount() == 0) {
                scores.setFirstPosition(more.getFirstPosition()).setSequence(more.getSequence());
            }
            scores.addAllLogProbabilities(more.getLogProbabilitiesList());
        }

        private void complete(Absorbed last, Executor executor) {
            if (!over) {
                over = true;
                Absorbed whole =
                        scores.getLogProbabilitiesCount() == 0
                                ? last
                                : last.toBuilder().setScores(scores).build();
                executor.execute(() -> absorbed.complete(whole));
            }
        }
    }

    private static final long MOST_BYTES = 1 << 20;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
    private long elements;
    private long mostElements = Long.MAX_VALUE;
    private long nextSequence = 1;

    /** Number for the next request. */
    long nextSequence() {
        return nextSequence;
    }

    /** Continues the numbers of a session that this client did not begin. */
    void continueAfter(long lastSequence) {
        if (entries.isEmpty()) {
            nextSequence = lastSequence + 1;
        }
    }

    void add(Entry entry) {
        entries.addLast(entry);
        bytes += entry.request().getSerializedSize();
        elements += entry.input() == null ? 0 : entry.input().elements;
        nextSequence = entry.sequence() + 1;
    }

    /** The session takes so many elements ahead of absorbing them; 0 says nothing. */
    void limit(long inputLimit) {
        mostElements = inputLimit == 0 ? Long.MAX_VALUE : inputLimit;
    }

    /**
     * Whether one more input may be sent: what is on its way is bounded in bytes, and in elements
     * so that credit and cancellations behind it are never held back. The first may have any size.
     */
    boolean hasRoomFor(long more) {
        return entries.isEmpty()
                || (bytes <= MOST_BYTES && (elements == 0 || elements + more <= mostElements));
    }

    /** Number of the oldest request held, or of the next one where none is held. */
    long oldest() {
        return entries.isEmpty() ? nextSequence : entries.getFirst().sequence();
    }

    /** The requests after {@code sequence}, in order. */
    List<Entry> after(long sequence) {
        List<Entry> result = new ArrayList<>();
        for (Entry entry : entries) {
            if (entry.sequence() > sequence) {
                result.add(entry);
            }
        }
        return result;
    }

    /** Tells the inputs concerned what was absorbed. */
    void absorbed(Absorbed absorbed, Executor executor) {
        for (Entry entry : entries) {
            Input input = entry.input();
            if (input != null
                    && absorbed.hasScores()
                    && absorbed.getScores().getSequence() == entry.sequence()) {
                input.scored(absorbed.getScores());
            }
            if (entry.sequence() > absorbed.getSequence()) {
                continue;
            }
            if (input != null && !input.over) {
                elements -= input.elements;
                input.complete(absorbed, executor);
            }
        }
    }

    /** Forgets the requests up to {@code sequence}. */
    void removeUpTo(long sequence) {
        while (!entries.isEmpty() && entries.getFirst().sequence() <= sequence) {
            bytes -= entries.removeFirst().request().getSerializedSize();
        }
    }

    /**
     * Removes and returns the requests from {@code sequence} on; that number is the next one again.
     */
    List<Entry> removeFrom(long sequence) {
        List<Entry> result = new ArrayList<>();
        for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
            Entry entry = i.next();
            if (entry.sequence() >= sequence) {
                i.remove();
                bytes -= entry.request().getSerializedSize();
                elements -=
                        entry.input() == null || entry.input().over ? 0 : entry.input().elements;
                result.add(entry);
            }
        }
        nextSequence = sequence;
        return result;
    }
}
