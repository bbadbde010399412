package dev.eddy.client;

import dev.eddy.v1.Output;

/**
 * How many output elements may be on their way or waiting to be taken: the prefetch, or what a
 * subscriber asked for if that is more. Not thread-safe: the line's lock guards it.
 */
final class Room {
    private int prefetch;
    private long granted;
    private long buffered;
    private long unacknowledgedLimit = Long.MAX_VALUE;
    private long acknowledged;

    Room(int prefetch) {
        this.prefetch = prefetch;
    }

    static int elements(Output output) {
        return output.hasFrames()
                ? output.getFrames().getValuesCount() / Math.max(1, output.getFrames().getWidth())
                : output.getIdsCount();
    }

    /** Keeps what may be unacknowledged within what the session keeps. */
    void limit(long unacknowledged) {
        if (unacknowledged > 0) {
            unacknowledgedLimit = unacknowledged;
            prefetch = (int) Math.max(1, Math.min(prefetch, unacknowledged / 2));
        }
    }

    /**
     * A new stream begins: what was granted on the old one is void. Returns the credit to begin
     * with.
     */
    long restart() {
        granted = Math.max(0, prefetch - buffered);
        return granted;
    }

    void arrived(int elements) {
        granted = Math.max(0, granted - elements);
    }

    void buffered(int elements) {
        buffered += elements;
    }

    void taken(int elements) {
        buffered -= elements;
    }

    /** Credit to give now; 0 until at least half of the room is free. */
    long grant(long demand) {
        long room = Math.max(prefetch, demand);
        long free = room - buffered - granted;
        if (free <= 0 || free < room - room / 2) {
            return 0;
        }
        granted += free;
        return free;
    }

    /** Whether to acknowledge output up to {@code delivered} now; true counts as done. */
    boolean isAckDue(long delivered, boolean anyway) {
        boolean due =
                delivered > acknowledged
                        && (anyway || delivered - acknowledged >= unacknowledgedLimit / 4);
        if (due) {
            acknowledged = delivered;
        }
        return due;
    }
}
