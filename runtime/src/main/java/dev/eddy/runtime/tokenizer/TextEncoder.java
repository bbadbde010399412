package dev.eddy.runtime.tokenizer;

import java.util.function.IntConsumer;

/**
 * The part of an encoder that all tokenizers of text share: whole characters first, all or nothing
 * on failure.
 */
abstract class TextEncoder implements Encoder {
    private final TextAssembler assembler = new TextAssembler();
    private final StringBuilder unsettled = new StringBuilder();

    /**
     * Encodes as much of {@code text} as nothing that follows can change.
     *
     * @param text what is unsettled, at least since the last call
     * @param end true if nothing follows
     * @return how many chars were encoded
     * @throws TokenizerException if the text cannot be expressed
     */
    abstract int settle(CharSequence text, boolean end, Ids ids);

    @Override
    public final void accept(CharSequence chunk, IntConsumer ids) {
        String before = assembler.state();
        int length = unsettled.length();
        assembler.append(chunk, unsettled);
        settle(before, length, false, ids);
    }

    @Override
    public final void accept(byte[] chunk, int offset, int count, IntConsumer ids) {
        String before = assembler.state();
        int length = unsettled.length();
        assembler.append(chunk, offset, count, unsettled);
        settle(before, length, false, ids);
    }

    @Override
    public final void flush(IntConsumer ids) {
        String before = assembler.state();
        int length = unsettled.length();
        assembler.flush(unsettled);
        settle(before, length, true, ids);
    }

    private void settle(String before, int length, boolean end, IntConsumer ids) {
        Ids settled = new Ids();
        try {
            unsettled.delete(0, settle(unsettled, end, settled));
        } catch (RuntimeException e) {
            unsettled.setLength(length);
            assembler.restore(before);
            throw e;
        }
        settled.forEach(ids);
    }

    @Override
    public String tail() {
        String tail = assembler.state() + ":" + unsettled;
        return tail.length() == 1 ? "" : tail;
    }

    /** Goes on from a {@link #tail()}. */
    final void restore(String tail, int limit) {
        if (tail.isEmpty()) {
            return;
        }
        int colon = tail.indexOf(':');
        if (colon < 0 || tail.length() > limit) {
            throw new TokenizerException(
                    "encoder tail of "
                            + tail.length()
                            + " chars: expected at most "
                            + limit
                            + ", with what is incomplete before a colon");
        }
        assembler.restore(tail.substring(0, colon));
        unsettled.append(tail, colon + 1, tail.length());
    }
}
