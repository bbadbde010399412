package dev.eddy.runtime.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The tokenizer that a GGUF file carries, as ggml stores it. What its parts mean depends on {@code
 * model}.
 *
 * @param source the file, for error messages
 * @param model {@code gpt2} (byte-level BPE), {@code llama} (SentencePiece), {@code rwkv}, ...
 * @param pre the name of the rule that splits text before BPE; empty where the file has none
 * @param tokens each id's spelling as bytes of the file: byte-level alphabet, SentencePiece pieces
 *     or escaped bytes
 * @param types each id's kind: 1 normal, 2 unknown, 3 control, 4 user-defined, 5 unused, 6 byte;
 *     empty where the file has none
 * @param scores each id's score; empty where the file has none
 * @param merges pairs of spellings with a space between, the first to be merged first; may be empty
 * @param ids the special ids by ggml's words: {@code bos}, {@code eos}, {@code eot}, {@code
 *     unknown}, {@code padding}, ...
 * @param flags the settings that the file has, such as {@code add_bos_token}, {@code
 *     add_space_prefix}
 * @param chatTemplate the chat template, in Jinja
 */
public record EmbeddedTokenizer(
        String source,
        String model,
        String pre,
        List<byte[]> tokens,
        int[] types,
        float[] scores,
        List<String> merges,
        Map<String, Integer> ids,
        Map<String, Boolean> flags,
        Optional<String> chatTemplate) {
    private static final String GGML = "tokenizer.ggml.";
    private static final List<String> IDS =
            List.of("bos", "eos", "eot", "eom", "unknown", "seperator", "padding", "mask");
    private static final List<String> FLAGS =
            List.of("add_bos_token", "add_eos_token", "add_space_prefix");

    /** Reads the tokenizer when asked for; nothing where the file has none. */
    static Optional<Supplier<EmbeddedTokenizer>> find(GgufMetadata metadata) {
        boolean there =
                metadata.has(GGML + "tokens")
                        && !metadata.findText(GGML + "model").orElse("none").equals("none");
        return there ? Optional.of(() -> read(metadata)) : Optional.empty();
    }

    private static EmbeddedTokenizer read(GgufMetadata metadata) {
        List<byte[]> tokens = metadata.strings(GGML + "tokens");
        int[] types =
                metadata.has(GGML + "token_type") ? metadata.ints(GGML + "token_type") : new int[0];
        float[] scores =
                metadata.has(GGML + "scores") ? metadata.floats(GGML + "scores") : new float[0];
        requireLength(metadata, "token_type", types.length, tokens.size());
        requireLength(metadata, "scores", scores.length, tokens.size());
        List<String> merges =
                metadata.has(GGML + "merges")
                        ? metadata.strings(GGML + "merges").stream()
                                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .toList()
                        : List.of();
        Map<String, Boolean> flags = new TreeMap<>();
        FLAGS.stream()
                .filter(flag -> metadata.has(GGML + flag))
                .forEach(flag -> flags.put(flag, metadata.truth(GGML + flag, false)));
        return new EmbeddedTokenizer(
                metadata.source(),
                metadata.text(GGML + "model"),
                metadata.findText(GGML + "pre").orElse(""),
                tokens,
                types,
                scores,
                merges,
                ids(metadata, tokens.size()),
                flags,
                metadata.findText("tokenizer.chat_template"));
    }

    private static Map<String, Integer> ids(GgufMetadata metadata, int size) {
        Map<String, Integer> ids = new TreeMap<>();
        for (String word : IDS) {
            String key = GGML + word + "_token_id";
            metadata.findWhole(key)
                    .ifPresent(id -> {
                        if (id < 0 || id >= size) {
                            throw metadata.refuse(key, "an id from 0 to " + (size - 1));
                        }
                        ids.put(word, (int) id);
                    });
        }
        return ids;
    }

    private static void requireLength(GgufMetadata metadata, String key, int length, int tokens) {
        if (length != 0 && length != tokens) {
            throw metadata.refuse(GGML + key, "one item for each of the " + tokens + " tokens");
        }
    }

    /** The special id of that word of ggml's. */
    public OptionalInt id(String word) {
        Integer id = ids.get(word);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }
}
