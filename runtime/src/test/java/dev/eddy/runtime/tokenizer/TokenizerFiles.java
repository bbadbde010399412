package dev.eddy.runtime.tokenizer;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.runtime.checkpoint.BuiltInModels;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tokenizer files in the forms that real models have, all made of prose's vocabulary and merges.
 */
final class TokenizerFiles {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String UNKNOWN = "<unk>";

    private TokenizerFiles() {}

    /** The file that ships with prose: byte-level BPE with GPT-2's pattern. */
    static ObjectNode prose() {
        try {
            Path file = BuiltInModels.resolve("prose").resolve("tokenizer.json");
            return (ObjectNode) MAPPER.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A split by {@code regex} and then bytes, as Llama 3, Qwen and Tekken have it. */
    static ObjectNode split(String regex) {
        ObjectNode file = prose();
        ObjectNode sequence = MAPPER.createObjectNode().put("type", "Sequence");
        ArrayNode stages = sequence.putArray("pretokenizers");
        stages.addObject()
                .put("type", "Split")
                .put("behavior", "Isolated")
                .put("invert", false)
                .putObject("pattern")
                .put("Regex", regex);
        stages.add(
                json(
                        "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':false}"
                                .replace('\'', '"')));
        file.set("pre_tokenizer", sequence);
        return file;
    }

    /**
     * {@code file} with another pre-tokenizer, normalizer or decoder, in JSON with single quotes.
     */
    static ObjectNode with(ObjectNode file, String key, String json) {
        file.set(key, json(json.replace('\'', '"')));
        return file;
    }

    /** {@code file} with one more added token. */
    static ObjectNode adding(ObjectNode file, String content, boolean special, boolean normalized) {
        ArrayNode tokens = (ArrayNode) file.path("added_tokens");
        tokens.addObject()
                .put("id", file.path("model").path("vocab").size() + tokens.size() - 1)
                .put("content", content)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", normalized)
                .put("special", special);
        return file;
    }

    /** GPT-NeoX's: NFC, and runs of spaces as added tokens. */
    static ObjectNode neoX() {
        ObjectNode file = with(prose(), "normalizer", "{'type':'NFC'}");
        adding(file, "<|padding|>", true, false);
        for (int n = 24; n >= 2; n--) {
            adding(file, " ".repeat(n), false, true);
        }
        return file;
    }

    /**
     * SentencePiece's BPE in Llama's form: no pre-tokenizer, a mark for spaces, bytes for what is
     * unknown.
     */
    static ObjectNode llama() {
        ObjectNode prose = prose();
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (String token : new String[] {UNKNOWN, "<s>", "</s>"}) {
            vocabulary.put(token, vocabulary.size());
        }
        for (int b = 0; b < 256; b++) {
            vocabulary.put(String.format("<0x%02X>", b), vocabulary.size());
        }
        prose.path("model")
                .path("vocab")
                .properties()
                .forEach(token -> {
                    if (isAscii(token.getKey()) && !token.getKey().contains("<|")) {
                        vocabulary.putIfAbsent(mark(token.getKey()), vocabulary.size());
                    }
                });
        ObjectNode file = MAPPER.createObjectNode().put("version", "1.0");
        ArrayNode added = file.putArray("added_tokens");
        for (String token : new String[] {UNKNOWN, "<s>", "</s>"}) {
            adding(file, token, true, false);
            ((ObjectNode) added.get(added.size() - 1)).put("id", added.size() - 1);
        }
        with(
                file,
                "normalizer",
                "{'type':'Sequence','normalizers':[{'type':'Prepend','prepend':'\u2581'},"
                        + "{'type':'Replace','pattern':{'String':' '},'content':'\u2581'}]}");
        with(
                file,
                "decoder",
                "{'type':'Sequence','decoders':[{'type':'Replace','pattern':{'String':'\u2581'},"
                        + "'content':' '},{'type':'ByteFallback'},{'type':'Fuse'},"
                        + "{'type':'Strip','content':' ','start':1,'stop':0}]}");
        ObjectNode model = file.putObject("model");
        model.put("type", "BPE")
                .put("unk_token", UNKNOWN)
                .put("fuse_unk", true)
                .put("byte_fallback", true);
        ObjectNode vocab = model.putObject("vocab");
        vocabulary.forEach(vocab::put);
        ArrayNode merges = model.putArray("merges");
        for (JsonNode merge : prose.path("model").path("merges")) {
            String left = merge.path(0).asText();
            String right = merge.path(1).asText();
            if (isAscii(left) && isAscii(right)) {
                merges.addArray().add(mark(left)).add(mark(right));
            }
        }
        return file;
    }

    /** SentencePiece's unigram model in T5's form, less its normalizer. */
    static ObjectNode unigram(String scheme) {
        ObjectNode file = llama();
        file.remove("normalizer");
        with(
                file,
                "pre_tokenizer",
                "{'type':'Metaspace','replacement':'\u2581','prepend_scheme':'"
                        + scheme
                        + "','split':true}");
        with(
                file,
                "decoder",
                "{'type':'Metaspace','replacement':'\u2581','prepend_scheme':'" + scheme + "'}");
        Map<Integer, String> byId = new TreeMap<>();
        file.path("model")
                .path("vocab")
                .properties()
                .forEach(t -> byId.put(t.getValue().asInt(), t.getKey()));
        ObjectNode model = file.putObject("model");
        model.put("type", "Unigram").put("unk_id", 0).put("byte_fallback", false);
        ArrayNode vocabulary = model.putArray("vocab");
        byId.forEach((id, token) -> vocabulary.addArray().add(token).add(-2 - Math.log(2 + id)));
        return file;
    }

    /** One id for every piece of a pre-tokenizer: its spans show where the pieces are. */
    static ObjectNode pieces(String regex) {
        ObjectNode file = split(regex);
        ((ArrayNode) file.path("pre_tokenizer").path("pretokenizers")).remove(1);
        file.remove("decoder");
        file.putArray("added_tokens");
        file.set(
                "model",
                json("{\"type\":\"WordLevel\",\"vocab\":{\"<unk>\":0},\"unk_token\":\"<unk>\"}"));
        return file;
    }

    private static boolean isAscii(String token) {
        return token.chars().allMatch(c -> (c > ' ' && c < 127) || c == '\u0120');
    }

    private static String mark(String token) {
        return token.replace('\u0120', SafeSplits.MARK);
    }

    /** The file's tokenizer as Eddy runs it. */
    static JsonTokenizer eddy(ObjectNode file) {
        byte[] bytes = file.toString().getBytes(StandardCharsets.UTF_8);
        return new JsonTokenizer(
                TokenizerJson.read("tokenizer.json", bytes, Set.of()), SpecialIds.none());
    }

    /** The file's tokenizer as DJL runs it, unchanged. */
    static HuggingFaceTokenizer djl(ObjectNode file) {
        try {
            return HuggingFaceTokenizer.newInstance(
                    new ByteArrayInputStream(file.toString().getBytes(StandardCharsets.UTF_8)),
                    Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ids that DJL gives for a whole text. */
    static int[] ids(HuggingFaceTokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text, false, false).getIds())
                .mapToInt(Math::toIntExact)
                .toArray();
    }
}
