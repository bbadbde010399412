package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.runtime.checkpoint.EmbeddedTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A GGUF file's tokenizer in the form of a tokenizer.json. */
final class EmbeddedJson {
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER = 4;
    private static final int UNUSED = 5;
    private static final int LONGEST = 128;
    private static final String MARK = String.valueOf(SafeSplits.MARK);

    private final EmbeddedTokenizer file;
    private final Map<String, Integer> vocabulary = new LinkedHashMap<>();
    private final ObjectNode root = JsonNodeFactory.instance.objectNode();
    private final ArrayNode added = root.putArray("added_tokens");
    private final ObjectNode model = root.putObject("model");
    private String unknown = "";

    private EmbeddedJson(EmbeddedTokenizer file) {
        this.file = file;
        for (int id = 0; id < file.tokens().size(); id++) {
            if (type(id) != UNUSED) {
                put(id, new String(file.tokens().get(id), StandardCharsets.UTF_8));
            }
        }
        ObjectNode ids = model.put("type", "BPE").putObject("vocab");
        vocabulary.forEach(ids::put);
    }

    private void put(int id, String token) {
        Integer other = vocabulary.put(token, id);
        if (other != null) {
            throw new TokenizerException(
                    file.source()
                            + ": token \""
                            + token
                            + "\": expected one id, found "
                            + other
                            + " and "
                            + id);
        }
        if (type(id) == UNKNOWN) {
            unknown = token;
        }
        boolean special = type(id) == CONTROL || type(id) == UNKNOWN;
        if (!token.isEmpty() && (special || type(id) == USER)) {
            added.addObject()
                    .put("id", id)
                    .put("content", token)
                    .put("single_word", false)
                    .put("lstrip", false)
                    .put("rstrip", false)
                    .put("normalized", false)
                    .put("special", special);
        }
    }

    private int type(int id) {
        return file.types().length == 0 ? NORMAL : file.types()[id];
    }

    /** Byte-level BPE with the file's own merges. */
    static ObjectNode bytePairs(EmbeddedTokenizer file, Embedded.PreTokenizer rule) {
        EmbeddedJson json = new EmbeddedJson(file);
        ArrayNode stages =
                json.root
                        .putObject("pre_tokenizer")
                        .put("type", "Sequence")
                        .putArray("pretokenizers");
        if (rule.digits()) {
            stages.addObject().put("type", "Digits").put("individual_digits", true);
        }
        stages.addObject()
                .put("type", "Split")
                .put("behavior", "Isolated")
                .put("invert", false)
                .putObject("pattern")
                .put("Regex", rule.regex());
        stages.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", false)
                .put("trim_offsets", true)
                .put("use_regex", false);
        json.root.putObject("decoder").put("type", "ByteLevel");
        ArrayNode merges = json.model.put("ignore_merges", rule.ignoresMerges()).putArray("merges");
        file.merges().forEach(merges::add);
        return json.root;
    }

    /**
     * SentencePiece's BPE: two neighbours become the piece of highest score that they spell, so
     * every way to spell a piece is a merge, in the order of the pieces' scores.
     */
    static ObjectNode pieces(EmbeddedTokenizer file) {
        if (file.scores().length == 0) {
            throw new TokenizerException(
                    file.source() + ": key tokenizer.ggml.scores: expected a score for each token");
        }
        EmbeddedJson json = new EmbeddedJson(file);
        ObjectNode normalizer = json.root.putObject("normalizer").put("type", "Sequence");
        ArrayNode steps = normalizer.putArray("normalizers");
        if (file.flags().getOrDefault("add_space_prefix", true)) {
            steps.addObject().put("type", "Prepend").put("prepend", MARK);
        }
        steps.addObject()
                .put("type", "Replace")
                .put("content", MARK)
                .putObject("pattern")
                .put("String", " ");
        ArrayNode decoders =
                json.root.putObject("decoder").put("type", "Sequence").putArray("decoders");
        decoders.addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("String", MARK);
        decoders.addObject().put("type", "ByteFallback");
        decoders.addObject().put("type", "Fuse");
        json.model.put("byte_fallback", true).put("fuse_unk", true);
        if (!json.unknown.isEmpty()) {
            json.model.put("unk_token", json.unknown);
        }
        ArrayNode merges = json.model.putArray("merges");
        for (Merge merge : json.merges()) {
            merges.addArray().add(merge.left()).add(merge.right());
        }
        return json.root;
    }

    /** Two pieces that spell one of that score. */
    private record Merge(float score, int id, String left, String right) {}

    private List<Merge> merges() {
        List<Merge> merges = new ArrayList<>();
        vocabulary.forEach((piece, id) -> {
            if (type(id) == NORMAL) {
                ways(piece, id, merges);
            }
        });
        merges.sort(
                Comparator.comparingDouble((Merge merge) -> -merge.score())
                        .thenComparingInt(Merge::id));
        return merges;
    }

    private void ways(String piece, int id, List<Merge> merges) {
        if (piece.length() > LONGEST) {
            throw new TokenizerException(
                    file.source()
                            + ": token "
                            + id
                            + ": expected at most "
                            + LONGEST
                            + " chars, found "
                            + piece.length());
        }
        for (int i = 1; i < piece.length(); i++) {
            String left = piece.substring(0, i);
            String right = piece.substring(i);
            if (vocabulary.containsKey(left) && vocabulary.containsKey(right)) {
                merges.add(new Merge(file.scores()[id], id, left, right));
            }
        }
    }
}
