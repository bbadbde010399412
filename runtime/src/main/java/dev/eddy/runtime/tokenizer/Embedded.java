package dev.eddy.runtime.tokenizer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.runtime.checkpoint.EmbeddedTokenizer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Tokenizers out of GGUF files, whose ids are those of llama.cpp for text that has no specials. */
final class Embedded {
    private static final int CONTROL = 3;
    private static final int UNUSED = 5;

    private static final Set<String> KINDS = Set.of("gpt2", "llama", "rwkv");

    private Embedded() {}

    static Tokenizer open(EmbeddedTokenizer file) {
        return switch (file.model()) {
            case "gpt2" -> {
                PreTokenizer rule = PreTokenizer.named(file.source(), file.pre());
                yield json(file, EmbeddedJson.bytePairs(file, rule), rule.begins());
            }
            case "llama" -> json(file, EmbeddedJson.pieces(file), true);
            case "rwkv" -> world(file);
            default ->
                    throw new TokenizerException(
                            file.source()
                                    + ": key tokenizer.ggml.model: expected one of "
                                    + KINDS.stream().sorted().toList()
                                    + ", found "
                                    + file.model()
                                    + "; put the model's tokenizer.json beside it and take"
                                    + " tokenizer.ggml.* out of the file, or feed ids");
        };
    }

    private static Tokenizer json(EmbeddedTokenizer file, ObjectNode json, boolean begins) {
        return new JsonTokenizer(
                TokenizerJson.of(file.source(), json, Set.of()),
                specials(file, begins, "eos", "eot", "eom"));
    }

    /** Vocabularies of the World models: bytes as Python shows them. Id 0 has none. */
    private static Tokenizer world(EmbeddedTokenizer file) {
        SortedMap<Integer, byte[]> vocabulary = new TreeMap<>();
        for (int id = 0; id < file.tokens().size(); id++) {
            int type = file.types().length == 0 ? 1 : file.types()[id];
            if (type != CONTROL && type != UNUSED) {
                vocabulary.put(id, unescaped(file, id));
            }
        }
        return new WorldTokenizer(file.source(), vocabulary, specials(file, false, "eos"));
    }

    private static byte[] unescaped(EmbeddedTokenizer file, int id) {
        String escaped = new String(file.tokens().get(id), StandardCharsets.UTF_8);
        try {
            byte[] bytes = PythonLiteral.unquoted(escaped);
            if (bytes.length > 0) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            throw new TokenizerException(
                    file.source() + ": token " + id + ": " + escaped + ": " + e.getMessage(), e);
        }
        throw new TokenizerException(
                file.source() + ": token " + id + ": expected bytes, found none");
    }

    /**
     * The special ids.
     *
     * @param begins whether texts begin with the bos where the file does not say
     * @param ends ggml's words for ids that end a text
     */
    private static SpecialIds specials(EmbeddedTokenizer file, boolean begins, String... ends) {
        boolean bos = file.flags().getOrDefault("add_bos_token", begins);
        List<Integer> eos =
                Stream.of(ends)
                        .map(file::id)
                        .flatMapToInt(id -> id.stream())
                        .distinct()
                        .boxed()
                        .toList();
        return new SpecialIds(bos ? file.id("bos") : OptionalInt.empty(), eos, file.id("padding"));
    }

    /** The rule by which a byte-level vocabulary cuts text, by llama.cpp's name of it. */
    record PreTokenizer(String regex, boolean digits, boolean ignoresMerges, boolean begins) {
        private static final Map<String, PreTokenizer> NAMES = new TreeMap<>();

        static {
            PreTokenizer gpt2 = new PreTokenizer(SplitRules.GPT2, false, false, false);
            Stream.of("gpt-2", "phi-2", "mpt", "olmo", "jais", "gigachat", "exaone4")
                    .forEach(name -> NAMES.put(name, gpt2));
            PreTokenizer digits = new PreTokenizer(SplitRules.GPT2, true, false, false);
            Stream.of(
                            "starcoder",
                            "refact",
                            "command-r",
                            "smollm",
                            "codeshell",
                            "exaone",
                            "minerva-7b")
                    .forEach(name -> NAMES.put(name, digits));
            PreTokenizer llama = new PreTokenizer(SplitRules.LLAMA3, false, true, true);
            Stream.of("llama3", "llama-v3", "llama-bpe", "falcon3", "falcon-h1", "pixtral", "lfm2")
                    .forEach(name -> NAMES.put(name, llama));
            PreTokenizer cl100k = new PreTokenizer(SplitRules.LLAMA3, false, false, false);
            Stream.of("dbrx", "smaug-bpe").forEach(name -> NAMES.put(name, cl100k));
            PreTokenizer qwen = new PreTokenizer(SplitRules.QWEN2, false, false, false);
            Stream.of("qwen2", "deepseek-r1-qwen", "stablelm2", "megrez")
                    .forEach(name -> NAMES.put(name, qwen));
            NAMES.put("qwen35", new PreTokenizer(SplitRules.QWEN35, false, false, false));
            PreTokenizer o200k = new PreTokenizer(SplitRules.GPT4O, false, false, false);
            Stream.of("gpt-4o", "llama4").forEach(name -> NAMES.put(name, o200k));
            NAMES.put("tekken", new PreTokenizer(SplitRules.TEKKEN, false, true, true));
        }

        static PreTokenizer named(String source, String name) {
            PreTokenizer rule = NAMES.get(name);
            if (rule == null) {
                throw new TokenizerException(
                        source
                                + ": key tokenizer.ggml.pre: expected one of "
                                + NAMES.keySet()
                                + ", found "
                                + (name.isEmpty() ? "none" : name)
                                + "; feed ids, or use the model's own checkpoint with its"
                                + " tokenizer.json");
            }
            return rule;
        }

        static Set<String> names() {
            return NAMES.keySet();
        }
    }
}
