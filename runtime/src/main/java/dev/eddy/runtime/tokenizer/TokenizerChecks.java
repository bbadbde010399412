package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/**
 * What must hold of a tokenizer.json before the native library sees it: it answers most nonsense
 * with an error, but some by ending the process. Stages of unknown kind are refused by name.
 */
final class TokenizerChecks {
    private static final Set<String> NORMALIZERS =
            Set.of(
                    "BertNormalizer",
                    "Strip",
                    "StripAccents",
                    "NFC",
                    "NFD",
                    "NFKC",
                    "NFKD",
                    "Lowercase",
                    "Nmt",
                    "Replace",
                    "Prepend",
                    "ByteLevel",
                    "Sequence");
    private static final Set<String> PRE_TOKENIZERS =
            Set.of(
                    "BertPreTokenizer",
                    "ByteLevel",
                    "CharDelimiterSplit",
                    "Metaspace",
                    "Whitespace",
                    "WhitespaceSplit",
                    "Sequence",
                    "Split",
                    "Punctuation",
                    "Digits",
                    "UnicodeScripts");
    private static final Set<String> MODELS = Set.of("BPE", "Unigram", "WordPiece", "WordLevel");
    private static final int LONGEST = 4096;

    private final String source;

    private TokenizerChecks(String source) {
        this.source = source;
    }

    /**
     * Checks a whole file.
     *
     * @throws TokenizerException if a part of it is not what it has to be
     */
    static void require(String source, JsonNode root) {
        TokenizerChecks checks = new TokenizerChecks(source);
        checks.stage("normalizer", root.path("normalizer"), NORMALIZERS, "normalizers");
        checks.stage("pre_tokenizer", root.path("pre_tokenizer"), PRE_TOKENIZERS, "pretokenizers");
        checks.addedTokens(root.path("added_tokens"), root.path("normalizer"));
        checks.model(root.path("model"));
    }

    private void stage(String name, JsonNode stage, Set<String> known, String children) {
        if (stage.isMissingNode() || stage.isNull()) {
            return;
        }
        String type = stage.path("type").asText();
        if (!known.contains(type)) {
            throw unexpected(
                    name + " type",
                    "one of " + known.stream().sorted().toList(),
                    stage.path("type"));
        }
        if (type.equals("Sequence")) {
            if (!stage.path(children).isArray()) {
                throw unexpected(name + " " + children, "an array", stage.path(children));
            }
            stage.path(children).forEach(child -> stage(name, child, known, children));
        }
        if (type.equals("Split") || type.equals("Replace")) {
            pattern(name, stage.path("pattern"));
        }
    }

    private void pattern(String name, JsonNode pattern) {
        JsonNode regex = pattern.path("Regex");
        JsonNode text = regex.isMissingNode() ? pattern.path("String") : regex;
        if (!text.isTextual() || text.asText().isEmpty() || text.asText().length() > LONGEST) {
            throw unexpected(
                    name + " pattern", "a String or Regex of 1 to " + LONGEST + " chars", pattern);
        }
        boolean known = SplitRules.GPT_FAMILY.contains(text.asText());
        if (!regex.isMissingNode() && !known && !RegexGuard.isLinear(text.asText())) {
            throw unexpected(
                    name + " pattern",
                    "a regular expression that cannot take longer than the text is long",
                    regex);
        }
    }

    private void addedTokens(JsonNode tokens, JsonNode normalizer) {
        boolean changes = !normalizer.isMissingNode() && !normalizer.isNull();
        for (JsonNode token : tokens) {
            JsonNode content = token.path("content");
            boolean blank =
                    changes
                            && token.path("normalized").asBoolean(true)
                            && content.asText().isBlank();
            boolean spaces = content.asText().chars().allMatch(c -> c == ' ');
            if (!content.isTextual() || content.asText().length() > LONGEST || (blank && !spaces)) {
                throw unexpected("added token", "content that normalizing leaves visible", token);
            }
        }
    }

    private void model(JsonNode model) {
        String type = model.path("type").asText();
        if (!MODELS.contains(type)) {
            throw unexpected(
                    "model type",
                    "one of " + MODELS.stream().sorted().toList(),
                    model.path("type"));
        }
        boolean listed = type.equals("Unigram");
        if (listed != model.path("vocab").isArray()) {
            throw unexpected(
                    "model vocab of " + type,
                    listed ? "an array" : "an object",
                    model.path("vocab"));
        }
        if (type.equals("BPE")) {
            merges(model.path("merges"), model.path("continuing_subword_prefix").asText(""));
        }
    }

    private void merges(JsonNode merges, String prefix) {
        if (!merges.isArray()) {
            throw unexpected("model merges", "an array", merges);
        }
        for (JsonNode merge : merges) {
            String[] pair = TokenizerJson.pair(merge);
            if (pair.length != 2 || !pair[1].startsWith(prefix)) {
                throw unexpected(
                        "model merges",
                        "pairs of tokens"
                                + (prefix.isEmpty() ? "" : ", the second beginning with " + prefix),
                        merge);
            }
        }
    }

    private TokenizerException unexpected(String subject, String expected, JsonNode found) {
        String text = found.isMissingNode() ? "nothing" : found.toString();
        return new TokenizerException(
                source
                        + ": "
                        + subject
                        + ": expected "
                        + expected
                        + ", found "
                        + (text.length() > 200 ? text.substring(0, 200) + "..." : text));
    }
}
