package dev.eddy.runtime.tokenizer;

import java.util.Set;

/**
 * The places at which a text may be cut so that the ids of its two parts are the ids of the whole,
 * whatever follows.
 *
 * <p>Let p be a position of text T. If no token and no pre-token of T can hold both T[p-1] and
 * T[p], then cutting there changes nothing, provided that every stage before the vocabulary is
 * local at p: run on T[0:p] and T[p:] it gives what it gives on T, save that a piece around p is
 * cut at p. The stages that {@link SplitRules} admits are local at the positions below, and one of
 * them always cuts there:
 *
 * <ul>
 *   <li>A pre-tokenizer of the GPT family applies one regular expression from left to right; its
 *       matches leave no gaps. No alternative matches a character that is not white space and then
 *       a space, nor a letter and then one of {@link #PUNCTUATION}. So at p one match ends and the
 *       next begins. The matches before p consume nothing at or beyond p, and the only lookahead,
 *       {@code (?!\S)}, is evaluated behind white space alone, hence never at p; those after p know
 *       nothing of what was before, since there is no lookbehind.
 *   <li>Runs of a class (punctuation, digits) and patterns of digits are local wherever the two
 *       neighbours are not both of the class.
 *   <li>NFC never combines a space or ASCII or full-width punctuation with what precedes it, and
 *       leaves letters letters.
 *   <li>Added tokens are found leftmost-longest. {@link SplitRules} leaves out every character that
 *       some added token holds right after one that is not white space, so none reaches across p
 *       and those on either side stay the same.
 *   <li>Where spaces become a visible mark and the vocabulary has no token with the mark after
 *       another character, no merge reaches across it.
 * </ul>
 *
 * Letters are those of scripts that have been in Unicode from early on, so that the regular
 * expressions' Unicode version does not matter; that a character is no white space is beyond doubt
 * for all but those excluded here.
 */
record SafeSplits(boolean beforeSpace, Set<Character> afterLetter) {
    /**
     * What may follow a letter, besides white space, without being part of its word in any pattern
     * of the family.
     */
    static final String PUNCTUATION = ".,;:!?()[]{}\"\u3001\u3002\uff01\uff0c\uff1a\uff1b\uff1f";

    /** White space which may follow a letter without being part of its word. */
    static final String SPACES = " \n\r\t";

    /** The mark that stands for a space in SentencePiece's vocabularies. */
    static final char MARK = '\u2581';

    private static final char[] LETTERS = {
        'A', 'Z', 'a', 'z', '\u00c0', '\u00d6', '\u00d8', '\u00f6', '\u00f8', '\u017f', '\u0391',
        '\u03a1', '\u03a3', '\u03c9', '\u0400', '\u045f', '\u05d0', '\u05ea', '\u0621', '\u063a',
        '\u0905', '\u0939', '\u0e01', '\u0e30', '\u3041', '\u3094', '\u30a1', '\u30fa', '\u4e00',
        '\u9fa5', '\uac00', '\ud7a3'
    };

    /** No places: the whole message is one piece. */
    static final SafeSplits NONE = new SafeSplits(false, Set.of());

    SafeSplits {
        afterLetter = Set.copyOf(afterLetter);
    }

    /**
     * True if {@code text} may be cut before {@code position}, which is within it and not its
     * start.
     */
    boolean at(CharSequence text, int position) {
        char next = text.charAt(position);
        char previous = text.charAt(position - 1);
        return (beforeSpace && next == ' ' && isSolid(previous))
                || (afterLetter.contains(next) && isLetter(previous));
    }

    /** The first place after {@code from}, or -1. */
    int next(CharSequence text, int from) {
        if (!beforeSpace && afterLetter.isEmpty()) {
            return -1;
        }
        for (int position = from + 1; position < text.length(); position++) {
            if (at(text, position)) {
                return position;
            }
        }
        return -1;
    }

    /**
     * Where to cut a piece that is too long to wait for a safe place: behind the last word that
     * begins in the second half of {@code limit} chars, else at {@code limit}, but never within a
     * surrogate pair. Depends on the chars from {@code from} to {@code from + limit}, both
     * included, alone.
     */
    static int forced(CharSequence text, int from, int limit) {
        for (int position = from + limit; position > from + limit / 2; position--) {
            if (Character.isWhitespace(text.charAt(position))
                    && isSolid(text.charAt(position - 1))) {
                return position;
            }
        }
        int end = from + limit;
        return Character.isLowSurrogate(text.charAt(end)) ? end - 1 : end;
    }

    /** True if no definition takes {@code c} for white space, a control, or the mark of a space. */
    static boolean isSolid(char c) {
        return c > ' '
                && c != MARK
                && c != '\u180e'
                && c != '\ufeff'
                && !(c >= '\u007f' && c <= '\u00a0')
                && !(c >= '\u2000' && c <= '\u200f')
                && !Character.isWhitespace(c)
                && !Character.isSpaceChar(c);
    }

    private static boolean isLetter(char c) {
        for (int range = 0; range < LETTERS.length; range += 2) {
            if (c >= LETTERS[range] && c <= LETTERS[range + 1]) {
                return true;
            }
        }
        return false;
    }
}
