package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.ConverseRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The numbered requests that may have to be sent again, oldest first. What is taken for good leaves it. Not thread-safe:
 * the line's lock guards it.
 */
final class Outbox {
    /**
     * One numbered request.
     *
     * @param sequence its number
     * @param request what goes over the wire
     * @param absorbed completes when an input is absorbed; null for others
     * @param turn the turn that it asks for; null for others
     */
    record Entry(
            long sequence,
            ConverseRequest request,
            @Nullable CompletableFuture<Absorbed> absorbed,
            @Nullable Turn turn) {}

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long bytes;
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
        nextSequence = entry.sequence() + 1;
    }

    /** Bytes held, as they are on the wire. */
    long bytes() {
        return bytes;
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

    /** Removes and returns the requests up to {@code sequence}. */
    List<Entry> removeUpTo(long sequence) {
        List<Entry> result = new ArrayList<>();
        while (!entries.isEmpty() && entries.getFirst().sequence() <= sequence) {
            Entry entry = entries.removeFirst();
            bytes -= entry.request().getSerializedSize();
            result.add(entry);
        }
        return result;
    }

    /** Removes and returns the requests from {@code sequence} on; that number is the next one again. */
    List<Entry> removeFrom(long sequence) {
        List<Entry> result = new ArrayList<>();
        for (Iterator<Entry> i = entries.iterator(); i.hasNext(); ) {
            Entry entry = i.next();
            if (entry.sequence() >= sequence) {
                i.remove();
                bytes -= entry.request().getSerializedSize();
                result.add(entry);
            }
        }
        nextSequence = sequence;
        return result;
    }
}
