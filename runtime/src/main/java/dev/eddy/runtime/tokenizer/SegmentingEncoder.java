package dev.eddy.runtime.tokenizer;

/**
 * An encoder that settles text up to the last safe place ({@link SafeSplits}) and cuts by force
 * what has none within {@code limit} chars. Both depend on the text since the last flush alone: a
 * forced cut is decided as soon as, and only when, the char after the limit is there, and the
 * search for the next place starts afresh behind it.
 */
final class SegmentingEncoder extends TextEncoder {
    /** Encodes one piece of text. */
    interface Segments {
        /**
         * @param first true if the piece begins a message
         */
        void encode(String piece, boolean first, Ids ids);
    }

    private static final String CONTINUES = "+";
    private static final int BATCH = 1 << 16;

    private final SafeSplits splits;
    private final int limit;
    private final Segments segments;
    private boolean first = true;

    SegmentingEncoder(SafeSplits splits, int limit, Segments segments, String tail) {
        this.splits = splits;
        this.limit = limit;
        this.segments = segments;
        this.first = !tail.startsWith(CONTINUES);
        restore(first ? tail : tail.substring(CONTINUES.length()), tailLimit(limit));
    }

    /** The largest tail for a limit: what is incomplete takes up to seven chars. */
    static int tailLimit(int limit) {
        return limit + CONTINUES.length() + 7;
    }

    @Override
    public String tail() {
        return first ? super.tail() : CONTINUES + super.tail();
    }

    @Override
    int settle(CharSequence text, boolean end, Ids ids) {
        boolean atStart = first;
        int settled = 0; // all before is encoded
        int safe = 0; // the last place up to which the text may be encoded
        while (true) {
            int next = splits.next(text, safe);
            if (next >= 0 && next - safe <= limit) {
                safe = next;
                if (safe - settled >= BATCH) {
                    atStart = encode(text, settled, safe, atStart, ids);
                    settled = safe;
                }
            } else if (text.length() - safe > limit) {
                safe = SafeSplits.forced(text, safe, limit);
                atStart = encode(text, settled, safe, atStart, ids);
                settled = safe;
            } else {
                break;
            }
        }
        int last = end ? text.length() : safe;
        atStart = encode(text, settled, last, atStart, ids);
        first = end || atStart;
        return last;
    }

    private boolean encode(CharSequence text, int from, int to, boolean atStart, Ids ids) {
        if (from == to) {
            return atStart;
        }
        segments.encode(text.subSequence(from, to).toString(), atStart, ids);
        return false;
    }
}
