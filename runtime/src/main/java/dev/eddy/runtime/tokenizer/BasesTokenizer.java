package dev.eddy.runtime.tokenizer;

import java.util.OptionalInt;

/**
 * The tokenizer of nucleotides: A, C, G, T are 0 to 3, in either case; N and the other letters for
 * a base that is not known for certain (IUPAC's R Y S W K M B D H V) are 4, which also begins a
 * sequence. White space is skipped. FASTA's headers are {@link Fasta}'s concern.
 */
final class BasesTokenizer implements Tokenizer {
    /** Letters by id. */
    static final String LETTERS = "ACGTN";

    /** Any base, and the start of a sequence. */
    static final int ANY = 4;

    private static final String UNCERTAIN = "NRYSWKMBDHV";
    private static final byte[] NOTHING = {};
    private static final int TAIL_LIMIT = 8;

    private final SpecialIds specials;

    BasesTokenizer(SpecialIds specials) {
        this.specials = specials;
    }

    /** The id of one base, or -1 if {@code c} is none. */
    static int id(char c) {
        char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        int id = LETTERS.indexOf(upper);
        return id >= 0 ? id : UNCERTAIN.indexOf(upper) >= 0 ? ANY : -1;
    }

    @Override
    public int size() {
        return LETTERS.length();
    }

    @Override
    public Unit unit() {
        return Unit.BASE;
    }

    @Override
    public SpecialIds specials() {
        return specials;
    }

    @Override
    public OptionalInt idOf(String token) {
        int id = token.length() == 1 ? LETTERS.indexOf(token.charAt(0)) : -1;
        return id >= 0 ? OptionalInt.of(id) : OptionalInt.empty();
    }

    @Override
    public String tokenOf(int id) {
        if (id < 0) {
            throw new TokenizerException("id " + id + ": expected 0 or more");
        }
        return id < LETTERS.length() ? LETTERS.substring(id, id + 1) : "";
    }

    @Override
    public byte[] bytesOf(int id) {
        String letter = tokenOf(id);
        return letter.isEmpty() ? NOTHING : new byte[] {(byte) letter.charAt(0)};
    }

    @Override
    public Encoder encoder(String tail) {
        return new BasesEncoder(tail);
    }

    @Override
    public int tailLimit() {
        return TAIL_LIMIT;
    }

    @Override
    public void close() {
        // nothing to release
    }

    private static final class BasesEncoder extends TextEncoder {
        BasesEncoder(String tail) {
            restore(tail, TAIL_LIMIT);
        }

        @Override
        int settle(CharSequence text, boolean end, Ids ids) {
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                int id = id(c);
                if (id >= 0) {
                    ids.add(id);
                } else if (!Character.isWhitespace(c)) {
                    throw new TokenizerException(
                            String.format(
                                            "character U+%04X at %d of this chunk: expected a base, one of",
                                            (int) c, i)
                                    + " A C G T N in either case (or IUPAC's R Y S W K M B D H V, read as N);"
                                    + " FASTA headers are read from files only");
                }
            }
            return text.length();
        }
    }
}
