package dev.eddy.runtime.tokenizer;

/**
 * Judges whether a pattern can be matched in time that grows with the text's length alone. The
 * native library gives up on a pattern that backtracks too much by ending the process, so a
 * tokenizer file must not bring one.
 *
 * <p>An alternative passes if it repeats without bound single characters only, at most once, or
 * twice where the second repetition ends it: then, for each length of the first, the rest is
 * decided at once. Groups may hold alternatives, but no unbounded repetition, and are repeated at
 * most {@value #FEW} times.
 */
final class RegexGuard {
    private static final int FEW = 8;
    private static final int DEEPEST = 8;

    private final String regex;
    private int at;

    private RegexGuard(String regex) {
        this.regex = regex;
    }

    /**
     * True if every match of {@code regex} is decided in linear time, as far as this simple rule
     * sees.
     */
    static boolean isLinear(String regex) {
        RegexGuard guard = new RegexGuard(regex);
        try {
            guard.alternatives(0);
            return guard.at == regex.length();
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            return false;
        }
    }

    private void alternatives(int depth) {
        if (depth > DEEPEST) {
            throw new IllegalArgumentException("nested too deeply");
        }
        sequence(depth);
        while (at < regex.length() && regex.charAt(at) == '|') {
            at++;
            sequence(depth);
        }
    }

    private void sequence(int depth) {
        int unbounded = 0;
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            if (unbounded == 2) {
                throw new IllegalArgumentException("something behind a second repetition");
            }
            boolean group = regex.charAt(at) == '(';
            element(depth);
            int most = repetition();
            if (most > FEW && (group || depth > 0)) {
                throw new IllegalArgumentException("a group that repeats, or is repeated");
            }
            unbounded += most > FEW ? 1 : 0;
        }
    }

    private void element(int depth) {
        char c = regex.charAt(at++);
        switch (c) {
            case '(' -> group(depth);
            case '[' -> characterClass();
            case '\\' -> escape();
            case '*', '+', '?', '{' -> throw new IllegalArgumentException("nothing to repeat");
            default -> {
                // one character
            }
        }
    }

    private void group(int depth) {
        if (regex.charAt(at) == '?') {
            at++;
            if (regex.startsWith("i:", at)) {
                at += 2;
            } else if (":=!".indexOf(regex.charAt(at)) >= 0) {
                at++;
            } else {
                throw new IllegalArgumentException("an unusual group");
            }
        }
        alternatives(depth + 1);
        if (regex.charAt(at++) != ')') {
            throw new IllegalArgumentException("a group without end");
        }
    }

    private void characterClass() {
        int open = 1;
        if (regex.charAt(at) == '^') {
            at++;
        }
        if (regex.charAt(at) == ']') {
            at++;
        }
        while (open > 0) {
            char c = regex.charAt(at++);
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                open++;
            } else if (c == ']') {
                open--;
            }
        }
    }

    private void escape() {
        char c = regex.charAt(at++);
        if (c == 'p' || c == 'P' || c == 'x' || c == 'u') {
            if (regex.charAt(at) == '{') {
                at = regex.indexOf('}', at) + 1;
                if (at == 0) {
                    throw new IllegalArgumentException("an escape without end");
                }
            }
        } else if ((c >= '1' && c <= '9') || "gkKRXG".indexOf(c) >= 0) {
            throw new IllegalArgumentException("a reference");
        }
    }

    /** The largest number of repetitions of what came before, 1 where nothing says otherwise. */
    private int repetition() {
        if (at == regex.length()) {
            return 1;
        }
        int most;
        switch (regex.charAt(at)) {
            case '?' -> most = 1;
            case '*', '+' -> most = Integer.MAX_VALUE;
            case '{' -> {
                int end = regex.indexOf('}', at);
                String range = regex.substring(at + 1, end);
                String last = range.substring(range.indexOf(',') + 1);
                most = last.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(last);
                at = end;
            }
            default -> {
                return 1;
            }
        }
        at++;
        if (at < regex.length() && "?+".indexOf(regex.charAt(at)) >= 0) {
            at++; // lazy or possessive
        }
        if (at < regex.length() && "*+?{".indexOf(regex.charAt(at)) >= 0) {
            throw new IllegalArgumentException("a repetition of a repetition");
        }
        return most;
    }
}
