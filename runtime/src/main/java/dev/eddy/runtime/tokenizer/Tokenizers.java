package dev.eddy.runtime.tokenizer;

import dev.eddy.runtime.checkpoint.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * The way to a model's tokenizer: tokenizer.json where the directory has one, else the one that the
 * settings name under {@code eddy_tokenizer} ("bytes" or "bases"), else bases for a vocabulary of 5
 * and bytes for one of 256 to 512. Models of float frames have none: their elements are {@link
 * Frames}.
 */
public final class Tokenizers {
    /** The files beside a checkpoint that say how text becomes ids. */
    public static final List<String> FILES =
            List.of(
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "generation_config.json");

    private static final String KEY = "eddy_tokenizer";
    private static final long MAX_FILE = 256L << 20;
    private static final long MAX_SETTINGS = 16L << 20;

    private Tokenizers() {}

    /**
     * The tokenizer of the model in {@code directory}.
     *
     * @param config the model's config.json
     * @throws TokenizerException if there is none, or it cannot be used
     */
    public static Tokenizer of(Path directory, Config config) {
        return find(directory, config)
                .orElseThrow(() ->
                        new TokenizerException(
                                directory
                                        + ": has no tokenizer.json, and a vocabulary of "
                                        + config.intOf("vocab_size", 0)
                                        + " is neither bases (5) nor bytes (256 to 512)"
                                        + (Files.exists(directory.resolve("tokenizer.model"))
                                                        || Files.exists(
                                                                directory.resolve("vocab.json"))
                                                ? "; save it with transformers' AutoTokenizer(..., use_fast=True), which writes one"
                                                : "; put one there, or feed ids instead of text")));
    }

    /**
     * The tokenizer of the model in {@code directory}, or nothing where the model takes ids alone.
     *
     * @param config the model's config.json
     * @throws TokenizerException if there is one that cannot be used
     */
    public static Optional<Tokenizer> find(Path directory, Config config) {
        Path json = directory.resolve("tokenizer.json");
        if (!config.has(KEY) && Files.exists(json)) {
            return Optional.of(json(json, directory, config));
        }
        return withoutFile(directory, config);
    }

    /** The tokenizer that settings alone call for: bytes or bases. */
    private static Optional<Tokenizer> withoutFile(Path directory, Config config) {
        int vocabulary = config.intOf("vocab_size", 0);
        String guessed =
                vocabulary == BasesTokenizer.LETTERS.length()
                        ? "bases"
                        : vocabulary >= 256 && vocabulary <= 512 ? "bytes" : "none";
        SpecialIds specials =
                SpecialIds.of(byId(directory, config), List.of(), token -> OptionalInt.empty());
        return switch (config.oneOf(KEY, Set.of("bytes", "bases", "none"), guessed)) {
            case "bytes" -> Optional.of(new BytesTokenizer(specials));
            case "bases" -> Optional.of(new BasesTokenizer(specials));
            default -> Optional.empty();
        };
    }

    private static Tokenizer json(Path file, Path directory, Config config) {
        List<Config> byName = new ArrayList<>();
        settings(directory.resolve("tokenizer_config.json")).ifPresent(byName::add);
        settings(directory.resolve("special_tokens_map.json")).ifPresent(byName::add);
        TokenizerJson json =
                TokenizerJson.read(
                        file.toString(), bytes(file, MAX_FILE), specialSpellings(byName));
        SpecialIds specials =
                SpecialIds.of(
                        byId(directory, config),
                        byName,
                        token -> {
                            Integer id = json.ids().get(token);
                            return id == null ? OptionalInt.empty() : OptionalInt.of(id);
                        });
        return new JsonTokenizer(json, specials);
    }

    private static List<Config> byId(Path directory, Config config) {
        List<Config> byId = new ArrayList<>();
        settings(directory.resolve("generation_config.json")).ifPresent(byId::add);
        byId.add(config);
        return byId;
    }

    private static Set<String> specialSpellings(List<Config> byName) {
        Set<String> spellings = new HashSet<>();
        for (Config config : byName) {
            for (String role : List.of("bos", "eos", "pad", "cls", "sep", "mask")) {
                String key = role + "_token";
                if (config.isString(key) || config.isObject(key)) {
                    spellings.add(SpecialIds.spelling(config, key));
                }
            }
        }
        return spellings;
    }

    private static Optional<Config> settings(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        return Optional.of(Config.parse(file.toString(), bytes(file, MAX_SETTINGS)));
    }

    private static byte[] bytes(Path file, long most) {
        try {
            if (!Files.isRegularFile(file)) {
                throw new TokenizerException(file + ": is no regular file");
            }
            if (Files.size(file) > most) {
                throw new TokenizerException(
                        file + ": expected at most " + most + " bytes, found " + Files.size(file));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new TokenizerException(file + ": cannot be read: " + e.getMessage(), e);
        }
    }
}
