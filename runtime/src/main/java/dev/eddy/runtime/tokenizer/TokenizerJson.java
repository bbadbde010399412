package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * A Hugging Face tokenizer.json: its vocabulary with ids as the tokenizers library assigns them,
 * and a form of it in which the spelling of a special token is ordinary text.
 */
final class TokenizerJson {
    private static final int MAX_ID = 1 << 24;
    private static final int GAPS = 1 << 16;
    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxStringLength(64 << 20)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final String source;
    private final ObjectNode root;
    private final Map<String, Integer> modelIds = new HashMap<>();
    private final Map<String, Integer> ids = new HashMap<>();
    private final Set<String> specials = new HashSet<>();
    private int modelSize;

    private TokenizerJson(String source, ObjectNode root) {
        this.source = source;
        this.root = root;
    }

    /**
     * Reads one.
     *
     * @param source the file's name, for error messages
     * @param named spellings that count as special whatever the file says
     * @throws TokenizerException if it is malformed
     */
    static TokenizerJson read(String source, byte[] json, Set<String> named) {
        JsonNode root;
        try {
            root = MAPPER.readTree(json);
        } catch (JsonProcessingException e) {
            throw new TokenizerException(source + ": malformed JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new TokenizerException(source + ": cannot be read: " + e.getMessage(), e);
        }
        return of(source, root, named);
    }

    /** The same of what a file holds, or of what stands for one. */
    static TokenizerJson of(String source, JsonNode root, Set<String> named) {
        if (!(root instanceof ObjectNode object) || !object.path("model").isObject()) {
            throw new TokenizerException(
                    source
                            + ": expected a JSON object with a \"model\" object; "
                            + "is this a tokenizer.json of the tokenizers library?");
        }
        if (!object.path("model").has("type") && object.path("model").has("merges")) {
            ((ObjectNode) object.path("model"))
                    .put("type", "BPE"); // as early files leave it to be guessed
        }
        TokenizerChecks.require(source, object);
        TokenizerJson tokenizer = new TokenizerJson(source, object);
        tokenizer.readVocabulary();
        tokenizer.readAddedTokens(named);
        return tokenizer;
    }

    String source() {
        return source;
    }

    ObjectNode root() {
        return root;
    }

    /** All tokens, added and special ones included, with their ids. */
    Map<String, Integer> ids() {
        return ids;
    }

    /** Spellings of the special tokens. */
    Set<String> specials() {
        return specials;
    }

    private void readVocabulary() {
        JsonNode vocabulary = root.path("model").path("vocab");
        if (vocabulary.isArray()) {
            for (int id = 0; id < vocabulary.size(); id++) {
                put(vocabulary.path(id).path(0).asText(), id, MAX_ID);
            }
            modelSize = vocabulary.size();
        } else if (vocabulary.isObject()) {
            for (Map.Entry<String, JsonNode> token : vocabulary.properties()) {
                if (!token.getValue().canConvertToInt()) {
                    throw new TokenizerException(
                            source
                                    + ": token \""
                                    + token.getKey()
                                    + "\": expected a whole number as its id, found "
                                    + token.getValue());
                }
                put(token.getKey(), token.getValue().asInt(), mostIds(vocabulary.size()));
            }
            modelSize = vocabulary.size();
        } else {
            throw new TokenizerException(
                    source
                            + ": model.vocab: expected an object or an array, found "
                            + vocabulary.getNodeType());
        }
        ids.putAll(modelIds);
    }

    /** Ids may have gaps, but not so many that a small file takes much memory. */
    static int mostIds(int tokens) {
        return (int) Math.min(MAX_ID, GAPS + 4L * tokens);
    }

    private void put(String token, int id, int most) {
        if (id < 0 || id > most) {
            throw new TokenizerException(
                    source
                            + ": token \""
                            + token
                            + "\": expected an id from 0 to "
                            + most
                            + ", found "
                            + id);
        }
        modelIds.put(token, id);
    }

    /**
     * Ids as the library assigns them: that of the same token in the vocabulary, else the next one
     * beyond it; the ids in the file it only compares with.
     */
    private void readAddedTokens(Set<String> named) {
        int next = modelSize;
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asText();
            if (content.isEmpty()) {
                continue;
            }
            if (!ids.containsKey(content)) {
                ids.put(content, next++);
            }
            if (token.path("special").asBoolean() || named.contains(content)) {
                specials.add(content);
            }
        }
    }

    /**
     * This tokenizer for text in which nothing is special, with the same ids. Special tokens of the
     * vocabulary leave the added tokens and take a name that no text has; the others keep their
     * places, so that later ones keep their ids, under such names too. What would add ids or cut
     * them off is left out, as is anything random.
     *
     * @param nonce what no text holds
     */
    ObjectNode plain(String nonce) {
        ObjectNode plain = root.objectNode();
        plain.setAll(root);
        plain.putNull("truncation");
        plain.putNull("padding");
        plain.putNull("post_processor");
        plain.putNull("decoder");
        ArrayNode added = plain.putArray("added_tokens");
        Set<String> renamed = new HashSet<>();
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asText();
            if (!specials.contains(content)) {
                added.add(token);
            } else if (modelIds.containsKey(content)) {
                renamed.add(content);
            } else {
                ObjectNode hidden = token.deepCopy();
                added.add(
                        hidden.put("content", nonce + content)
                                .put("special", true)
                                .put("normalized", false));
            }
        }
        plain.set("model", plainModel(renamed, nonce));
        return plain;
    }

    private ObjectNode plainModel(Set<String> specialTokens, String nonce) {
        ObjectNode model = root.objectNode();
        model.setAll((ObjectNode) root.path("model"));
        if (model.has("dropout")) {
            model.putNull("dropout");
        }
        Set<String> renamed = new HashSet<>(specialTokens);
        if (model.path("merges").isArray()) {
            model.set("merges", mergesWithout(renamed));
        }
        String unknown = model.path("unk_token").asText("");
        if (renamed.contains(unknown)) {
            model.put("unk_token", nonce + unknown);
        }
        JsonNode vocabulary = model.path("vocab");
        if (vocabulary.isObject()) {
            ObjectNode copy = root.objectNode();
            vocabulary
                    .properties()
                    .forEach(token ->
                            copy.set(rename(token.getKey(), renamed, nonce), token.getValue()));
            model.set("vocab", copy);
        } else {
            ArrayNode copy = root.arrayNode();
            vocabulary.forEach(piece ->
                    copy.add(
                            root.arrayNode()
                                    .add(rename(piece.path(0).asText(), renamed, nonce))
                                    .add(piece.path(1))));
            model.set("vocab", copy);
        }
        return model;
    }

    private static String rename(String token, Set<String> renamed, String nonce) {
        return renamed.contains(token) ? nonce + token : token;
    }

    /** The two tokens of a merge, written as an array or with a space between them. */
    static String[] pair(JsonNode merge) {
        return merge.isArray()
                ? merge.valueStream().map(JsonNode::asText).toArray(String[]::new)
                : merge.asText().split(" ", 3);
    }

    /**
     * The merges that make no special token; a special token that is part of others keeps its name.
     */
    private ArrayNode mergesWithout(Set<String> renamed) {
        ArrayNode merges = root.arrayNode();
        for (JsonNode merge : root.path("model").path("merges")) {
            String[] pair = pair(merge);
            if (pair.length == 2 && renamed.contains(pair[0] + pair[1])) {
                continue;
            }
            for (String part : pair) {
                renamed.remove(part);
            }
            merges.add(merge);
        }
        return merges;
    }
}
