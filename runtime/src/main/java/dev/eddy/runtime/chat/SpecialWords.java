package dev.eddy.runtime.chat;

import dev.eddy.runtime.tokenizer.Tokenizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The spellings of a tokenizer's special tokens. In a template's own words they become ids; in what
 * a person wrote they stay text, for which that is marked before the two are mixed.
 */
final class SpecialWords {
    private static final char FIRST_MARK = '\ue000';
    private static final char LAST_MARK = '\uf8ff';

    private final Map<String, Integer> ids = new HashMap<>();
    private final Pattern any;

    SpecialWords(Tokenizer tokenizer) {
        for (int id = 0; id < tokenizer.size(); id++) {
            String spelling = tokenizer.tokenOf(id);
            if (spelling.length() > 1 && tokenizer.bytesOf(id).length == 0) {
                ids.put(spelling, id);
            }
        }
        // The longest first: alternatives are tried in order.
        any =
                Pattern.compile(
                        ids.keySet().stream()
                                .sorted(Comparator.comparingInt(String::length).reversed())
                                .map(Pattern::quote)
                                .collect(Collectors.joining("|")));
    }

    /** A character that none of the texts has. */
    static char mark(String... texts) {
        for (char mark = FIRST_MARK; mark < LAST_MARK; mark++) {
            char candidate = mark;
            if (List.of(texts).stream().noneMatch(text -> text.indexOf(candidate) >= 0)) {
                return mark;
            }
        }
        throw new ChatTemplateException(
                "the text has every character of Unicode's private use area; leave one out");
    }

    /** {@code text} with the mark within whatever spells a special token. */
    String marked(String text, char mark) {
        if (ids.isEmpty()) {
            return text;
        }
        StringBuilder marked = new StringBuilder(text.length());
        Matcher matcher = any.matcher(text);
        for (int i = 0; i < text.length(); i++) {
            marked.append(text.charAt(i));
            if (matcher.region(i, text.length()).lookingAt()) {
                marked.append(mark);
            }
        }
        return marked.toString();
    }

    /** Text and ids in turn, without the mark. */
    List<ChatTemplate.Piece> pieces(String rendered, char mark) {
        List<ChatTemplate.Piece> pieces = new ArrayList<>();
        int from = 0;
        if (!ids.isEmpty()) {
            Matcher matcher = any.matcher(rendered);
            while (matcher.find()) {
                add(pieces, rendered.substring(from, matcher.start()), mark);
                Integer id = ids.get(matcher.group());
                if (id != null) {
                    pieces.add(new ChatTemplate.Special(id));
                }
                from = matcher.end();
            }
        }
        add(pieces, rendered.substring(from), mark);
        return pieces;
    }

    private static void add(List<ChatTemplate.Piece> pieces, String text, char mark) {
        if (!text.isEmpty()) {
            pieces.add(new ChatTemplate.Text(text.replace(String.valueOf(mark), "")));
        }
    }
}
