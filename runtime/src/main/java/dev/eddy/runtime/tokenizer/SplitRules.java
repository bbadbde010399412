package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides from a tokenizer.json where its text may be cut. It admits only stages whose locality
 * {@link SafeSplits} argues for; whatever it does not know makes it answer {@link SafeSplits#NONE}.
 */
final class SplitRules {
    static final String GPT2 =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String SPACE_TAIL = "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    private static final String CONTRACTIONS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)";
    private static final String CASED =
            "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*"
                    + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+%1$s|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+"
                    + "[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*%1$s|";
    private static final String MARKS = " ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*";

    /** cl100k's and Llama 3's. */
    static final String LLAMA3 =
            CONTRACTIONS
                    + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + SPACE_TAIL;

    /** Qwen2's. */
    static final String QWEN2 =
            CONTRACTIONS
                    + "|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*"
                    + SPACE_TAIL;

    /** Qwen3-Next's and Qwen3.5's. */
    static final String QWEN35 =
            CONTRACTIONS
                    + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{L}\\p{M}]+|\\p{N}| ?[^\\s\\p{L}\\p{M}\\p{N}]+[\\r\\n]*"
                    + SPACE_TAIL;

    /** o200k's. */
    static final String GPT4O =
            CASED.formatted(CONTRACTIONS + "?") + "\\p{N}{1,3}|" + MARKS + SPACE_TAIL;

    /** Mistral's since Tekken. */
    static final String TEKKEN = CASED.formatted("") + "\\p{N}|" + MARKS + SPACE_TAIL;

    /** The GPT family's patterns, as tokenizer files spell them. */
    static final Set<String> GPT_FAMILY =
            Set.of(
                    GPT2,
                    LLAMA3,
                    QWEN2,
                    QWEN35,
                    GPT4O,
                    CASED.formatted("") + "\\p{N}{1,3}|" + MARKS + SPACE_TAIL,
                    TEKKEN);

    private static final Set<String> DIGITS =
            Set.of("\\p{N}", "\\p{N}{1,3}", "[0-9]", "[0-9][0-9][0-9]", "\\d", "\\d{1,3}");

    /** What a stage does at the places of {@link SafeSplits}. */
    private enum Stage {
        /** Always cuts there. */
        CUTS,
        /** Always cuts before a space that follows something solid; elsewhere it is local. */
        CUTS_AT_SPACES,
        /** Cuts there or not, and changes nothing else. */
        LOCAL,
        UNKNOWN
    }

    private SplitRules() {}

    /** The places for a tokenizer, whose special tokens no longer count as added tokens. */
    static SafeSplits of(JsonNode tokenizer) {
        boolean marked = marksSpaces(tokenizer.path("normalizer"));
        Stage normalizer = normalizer(tokenizer.path("normalizer"));
        Stage split = preTokenizer(tokenizer.path("pre_tokenizer"), marked);
        if (split == Stage.LOCAL && marked && isMergedWithinWords(tokenizer.path("model"))) {
            split = Stage.CUTS_AT_SPACES;
        }
        if (normalizer == Stage.UNKNOWN || split == Stage.UNKNOWN || split == Stage.LOCAL) {
            return SafeSplits.NONE;
        }
        Set<Character> followers = new HashSet<>();
        if (split == Stage.CUTS) {
            (SafeSplits.PUNCTUATION + SafeSplits.SPACES)
                    .chars()
                    .forEach(c -> followers.add((char) c));
        }
        return withoutAddedTokens(new SafeSplits(true, followers), tokenizer);
    }

    private static SafeSplits withoutAddedTokens(SafeSplits splits, JsonNode tokenizer) {
        boolean prefixed = Prefixes.perFragment(tokenizer);
        Set<Character> followers = new HashSet<>(splits.afterLetter());
        boolean beforeSpace = splits.beforeSpace();
        for (JsonNode token : tokenizer.path("added_tokens")) {
            if (token.path("special").asBoolean()) {
                continue;
            }
            boolean contextual =
                    token.path("single_word").asBoolean()
                            || token.path("lstrip").asBoolean()
                            || token.path("rstrip").asBoolean();
            if (contextual || prefixed) {
                return SafeSplits.NONE;
            }
            String content = token.path("content").asText();
            for (int i = 1; i < content.length(); i++) {
                char c = content.charAt(i) == SafeSplits.MARK ? ' ' : content.charAt(i);
                if (SafeSplits.isSolid(content.charAt(i - 1))) {
                    followers.remove(c);
                    beforeSpace &= c != ' ';
                }
            }
        }
        return new SafeSplits(beforeSpace, followers);
    }

    private static Stage normalizer(JsonNode normalizer) {
        if (normalizer.isMissingNode() || normalizer.isNull()) {
            return Stage.LOCAL;
        }
        return switch (normalizer.path("type").asText()) {
            case "NFC", "Prepend" -> Stage.LOCAL;
            case "Replace" -> replacesSpaces(normalizer) ? Stage.LOCAL : Stage.UNKNOWN;
            case "Sequence" -> all(normalizer.path("normalizers"), SplitRules::normalizer);
            default -> Stage.UNKNOWN;
        };
    }

    private static Stage all(JsonNode stages, Function<JsonNode, Stage> judge) {
        Stage best = Stage.LOCAL;
        for (JsonNode stage : stages) {
            Stage one = judge.apply(stage);
            if (one == Stage.UNKNOWN) {
                return Stage.UNKNOWN;
            }
            best = one.compareTo(best) < 0 ? one : best;
        }
        return best;
    }

    private static Stage preTokenizer(JsonNode stage, boolean marked) {
        if (stage.isMissingNode() || stage.isNull()) {
            return Stage.LOCAL;
        }
        return switch (stage.path("type").asText()) {
            case "Sequence" -> all(stage.path("pretokenizers"), one -> preTokenizer(one, marked));
            case "ByteLevel" -> stage.path("use_regex").asBoolean(true) ? Stage.CUTS : Stage.LOCAL;
            case "Split" -> split(stage, marked);
            case "Digits" -> Stage.LOCAL;
            case "Punctuation" ->
                    List.of("Isolated", "Contiguous")
                                    .contains(stage.path("behavior").asText("Isolated"))
                            ? Stage.LOCAL
                            : Stage.UNKNOWN;
            case "Metaspace" ->
                    stage.path("split").asBoolean(true) ? Stage.CUTS_AT_SPACES : Stage.LOCAL;
            case "Whitespace", "WhitespaceSplit" -> Stage.CUTS_AT_SPACES;
            default -> Stage.UNKNOWN;
        };
    }

    private static Stage split(JsonNode stage, boolean marked) {
        JsonNode pattern = stage.path("pattern");
        if (marked && pattern.path("String").asText().equals(" ")) {
            return Stage.LOCAL; // by then no space is left
        }
        String regex = pattern.path("Regex").asText();
        String behavior = stage.path("behavior").asText();
        boolean invert = stage.path("invert").asBoolean();
        if (behavior.equals("Isolated") && !invert && DIGITS.contains(regex)) {
            return Stage.LOCAL;
        }
        boolean keepsMatches = invert ? behavior.equals("Removed") : behavior.equals("Isolated");
        return keepsMatches && GPT_FAMILY.contains(regex) ? Stage.CUTS : Stage.UNKNOWN;
    }

    private static boolean replacesSpaces(JsonNode normalizer) {
        return normalizer.path("pattern").path("String").asText().equals(" ")
                && normalizer.path("content").asText().equals(String.valueOf(SafeSplits.MARK));
    }

    private static boolean marksSpaces(JsonNode normalizer) {
        if (normalizer.path("type").asText().equals("Sequence")) {
            for (JsonNode one : normalizer.path("normalizers")) {
                if (marksSpaces(one)) {
                    return true;
                }
            }
        }
        return normalizer.path("type").asText().equals("Replace") && replacesSpaces(normalizer);
    }

    /**
     * True if no token of a BPE has the mark of a space behind another character, so that no merge
     * makes one.
     */
    private static boolean isMergedWithinWords(JsonNode model) {
        JsonNode vocabulary = model.path("vocab");
        if (!model.path("type").asText().equals("BPE")
                || model.path("ignore_merges").asBoolean()
                || !model.path("end_of_word_suffix").asText("").isEmpty()
                || !vocabulary.has(String.valueOf(SafeSplits.MARK))) {
            return false;
        }
        for (var token : vocabulary.properties()) {
            String text = token.getKey();
            for (int i = text.indexOf(SafeSplits.MARK, 1);
                    i > 0;
                    i = text.indexOf(SafeSplits.MARK, i + 1)) {
                if (text.charAt(i - 1) != SafeSplits.MARK) {
                    return false;
                }
            }
        }
        return true;
    }
}
