package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/**
 * The space that some tokenizers put before a text, so that its first word reads like any other.
 */
final class Prefixes {
    private Prefixes() {}

    /** True if the tokenizer puts a space before a text. */
    static boolean present(JsonNode tokenizer) {
        return perFragment(tokenizer) || isMetaspace(tokenizer.path("pre_tokenizer"), "first");
    }

    /** True if it puts one before each fragment between added tokens too. */
    static boolean perFragment(JsonNode tokenizer) {
        return isPrepend(tokenizer.path("normalizer"))
                || isByteLevel(tokenizer.path("pre_tokenizer"))
                || isMetaspace(tokenizer.path("pre_tokenizer"), "always");
    }

    /** The same tokenizer for text in the midst of a message: it puts no space anywhere. */
    static ObjectNode removed(ObjectNode tokenizer) {
        ObjectNode copy = tokenizer.objectNode();
        copy.setAll(tokenizer);
        if (tokenizer.path("normalizer").isObject()) {
            boolean alone = type(tokenizer.path("normalizer")).equals("Prepend");
            copy.set(
                    "normalizer",
                    alone ? null : removed(tokenizer.path("normalizer"), "normalizers"));
        }
        if (tokenizer.path("pre_tokenizer").isObject()) {
            copy.set("pre_tokenizer", removed(tokenizer.path("pre_tokenizer"), "pretokenizers"));
        }
        return copy;
    }

    private static ObjectNode removed(JsonNode stage, String children) {
        ObjectNode copy = stage.deepCopy();
        switch (type(stage)) {
            case "ByteLevel" -> copy.put("add_prefix_space", false);
            case "Metaspace" -> copy.put("add_prefix_space", false).put("prepend_scheme", "never");
            case "Sequence" -> {
                ArrayNode rest = copy.putArray(children);
                stage.path(children)
                        .forEach(child -> {
                            if (!type(child).equals("Prepend")) {
                                rest.add(removed(child, children));
                            }
                        });
            }
            default -> {}
        }
        return copy;
    }

    private static boolean isPrepend(JsonNode stage) {
        return type(stage).equals("Prepend")
                || anyOf(stage.path("normalizers"), Prefixes::isPrepend);
    }

    private static boolean isByteLevel(JsonNode stage) {
        return (type(stage).equals("ByteLevel") && stage.path("add_prefix_space").asBoolean(true))
                || anyOf(stage.path("pretokenizers"), Prefixes::isByteLevel);
    }

    private static boolean isMetaspace(JsonNode stage, String scheme) {
        boolean off = stage.has("add_prefix_space") && !stage.path("add_prefix_space").asBoolean();
        String declared = off ? "never" : stage.path("prepend_scheme").asText("always");
        return (type(stage).equals("Metaspace") && declared.equals(scheme))
                || anyOf(stage.path("pretokenizers"), child -> isMetaspace(child, scheme));
    }

    private static boolean anyOf(JsonNode stages, Predicate<JsonNode> test) {
        for (JsonNode stage : stages) {
            if (test.test(stage)) {
                return true;
            }
        }
        return false;
    }

    private static String type(JsonNode stage) {
        return stage.path("type").asText();
    }
}
