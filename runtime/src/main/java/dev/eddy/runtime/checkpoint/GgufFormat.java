package dev.eddy.runtime.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * ggml's format in one file: settings, tokenizer and tensors. It reads as the Hugging Face
 * checkpoint that llama.cpp's converter made it from would.
 */
final class GgufFormat implements CheckpointFormat {
    /** llama.cpp's names of architectures: one line each. */
    private static final Map<String, GgufArchitecture> ARCHITECTURES =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("falcon-h1", new GgufFalconH1()),
                            Map.entry("granitehybrid", new GgufGraniteHybrid()),
                            Map.entry("jamba", new GgufJamba()),
                            Map.entry("kimi-linear", new GgufKimiLinear()),
                            Map.entry("lfm2", new GgufLfm2()),
                            Map.entry("llama", new GgufLlama()),
                            Map.entry("mamba", new GgufMamba()),
                            Map.entry("mamba2", new GgufMamba2()),
                            Map.entry("nemotron_h", new GgufNemotronH()),
                            Map.entry("nemotron_h_moe", new GgufNemotronH()),
                            Map.entry("qwen3next", new GgufQwen3Next()),
                            Map.entry("rwkv6", new GgufRwkv6()),
                            Map.entry("rwkv7", new GgufRwkv7())));

    /** The architectures that are read, by llama.cpp's names. */
    static Set<String> architectures() {
        return new TreeSet<>(ARCHITECTURES.keySet());
    }

    @Override
    public boolean recognises(Path path) {
        return String.valueOf(path.getFileName()).endsWith(".gguf") && !Files.isDirectory(path);
    }

    @Override
    public boolean hasWeights(Path path) {
        return true;
    }

    @Override
    public Config config(Path path) {
        try (Arena arena = Arena.ofConfined()) {
            return read(GgufFile.map(path, arena), new TreeMap<>());
        }
    }

    @Override
    public Checkpoint open(Path path) {
        return StoredCheckpoint.create(
                path.toString(),
                path.toAbsolutePath().getParent(),
                arena -> {
                    Map<String, StoredTensor> tensors = new TreeMap<>();
                    GgufFile file = GgufFile.map(path, arena);
                    Config config = read(file, tensors);
                    return new StoredCheckpoint.Content(
                            config, tensors, EmbeddedTokenizer.find(file.metadata()));
                });
    }

    /** The settings of {@code file}; its tensors are added to {@code tensors}. */
    static Config read(GgufFile file, Map<String, StoredTensor> tensors) {
        GgufMetadata metadata = file.metadata();
        if (metadata.findWhole("split.count").orElse(1) > 1) {
            throw metadata.refuse(
                    "split.count", "1; join the parts with llama.cpp's llama-gguf-split --merge");
        }
        GgufArchitecture architecture = ARCHITECTURES.get(metadata.architecture());
        if (architecture == null) {
            throw metadata.refuse("general.architecture", "one of " + architectures());
        }
        GgufSettings settings = new GgufSettings(metadata);
        if (settings.whole("block_count") > file.tensors().size()) {
            throw settings.refuse(
                    "block_count", "at most the number of tensors, " + file.tensors().size());
        }
        GgufNames names = new GgufNames(file);
        settings.set("vocab_size", names.rows("token_embd.weight"));
        settings.set("tie_word_embeddings", !names.has("output.weight"));
        specials(metadata, settings);
        architecture.settings(settings, names);
        architecture.tensors(settings, names);
        tensors.putAll(names.finish());
        return settings.config();
    }

    private static void specials(GgufMetadata metadata, GgufSettings settings) {
        metadata.findWhole("tokenizer.ggml.bos_token_id")
                .ifPresent(id -> settings.set("bos_token_id", id));
        metadata.findWhole("tokenizer.ggml.eos_token_id")
                .ifPresent(id -> settings.set("eos_token_id", id));
        metadata.findWhole("tokenizer.ggml.padding_token_id")
                .ifPresent(id -> settings.set("pad_token_id", id));
    }
}
