package dev.eddy.runtime.server;

/**
 * What a stream lets its session send: the client's credit, or none where it gives none, passed on
 * in pieces so that only a few elements are on their way to the transport.
 */
final class StreamCredit {
    private final int mostUnderWay;
    private boolean limited;
    private long left;
    private long underWay;

    StreamCredit(int mostUnderWay) {
        this.mostUnderWay = mostUnderWay;
    }

    /** The client gives credit, this much at first (as the wire's unsigned number). */
    void limit(long elements) {
        limited = true;
        left = capped(elements);
    }

    /** The client gives more; without meaning where it gives none at first. */
    void add(long elements) {
        long sum = left + capped(elements);
        left = sum < 0 ? Long.MAX_VALUE : sum;
    }

    /** Output came. */
    void used(int elements) {
        underWay = Math.max(0, underWay - elements);
    }

    /** What to give the session now; 0 until half of what may be under way came. */
    long next() {
        long room = mostUnderWay - underWay;
        long more = limited ? Math.min(room, left) : room;
        if (more <= 0 || underWay > mostUnderWay / 2) {
            return 0;
        }
        underWay += more;
        left -= limited ? more : 0;
        return more;
    }

    /** Whether there is more to give than was given. */
    boolean follows() {
        return !limited || left > 0;
    }

    private static long capped(long unsigned) {
        return unsigned < 0 ? Long.MAX_VALUE : unsigned;
    }
}
