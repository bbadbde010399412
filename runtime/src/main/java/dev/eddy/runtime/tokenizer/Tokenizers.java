package dev.eddy.runtime.tokenizer;

import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.checkpoint.EmbeddedTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The way to a model's tokenizer: the one in a GGUF file; tokenizer.json where the directory has
 * one; for RWKV models rwkv_vocab*.txt; else the one that the settings name under {@code
 * eddy_tokenizer} ("bytes" or "bases"), else bases for a vocabulary of 5 and bytes for one of 256
 * to 512. Models of float frames have none: their elements are {@link Frames}.
 */
public final class Tokenizers {
    private static final List<String> FILES =
            List.of(
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "generation_config.json");

    private static final String KEY = "eddy_tokenizer";

    /** Files of the tokenizers library: today's name, and that beside RWKV's Pile models. */
    private static final List<String> JSON = List.of("tokenizer.json", "20B_tokenizer.json");

    private static final long MAX_FILE = 256L << 20;
    private static final long MAX_SETTINGS = 16L << 20;

    private Tokenizers() {}

    /** Copies the files that say how text becomes ids from beside one checkpoint to another. */
    public static void copyFiles(Path from, Path to) throws IOException {
        for (String file : FILES) {
            if (Files.exists(from.resolve(file))) {
                Files.copy(from.resolve(file), to.resolve(file));
            }
        }
    }

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
        if (config.has(KEY)) {
            return withoutFile(directory, config);
        }
        for (String name : JSON) {
            if (Files.exists(directory.resolve(name))) {
                return Optional.of(json(directory.resolve(name), directory, config));
            }
        }
        Optional<Path> world = isRwkv(config) ? worldFile(directory) : Optional.empty();
        return world.isPresent()
                ? world.map(file -> world(file, directory, config))
                : withoutFile(directory, config);
    }

    /**
     * The tokenizer that lies in the same file as a model's tensors.
     *
     * @throws TokenizerException if it is of a kind that Eddy does not read, or malformed
     */
    public static Tokenizer of(EmbeddedTokenizer embedded) {
        return Embedded.open(embedded);
    }

    private static boolean isRwkv(Config config) {
        return config.stringOf("model_type", "").startsWith("rwkv");
    }

    /** The one vocabulary of the World models in a directory. */
    private static Optional<Path> worldFile(Path directory) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> found =
                    files.filter(file ->
                                    file.getFileName().toString().matches("rwkv_vocab.*\\.txt"))
                            .sorted()
                            .toList();
            if (found.size() > 1) {
                throw new TokenizerException(
                        directory + ": expected one rwkv_vocab*.txt, found " + found);
            }
            return found.stream().findFirst();
        } catch (IOException e) {
            throw new TokenizerException(directory + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /** World models end a text by id 0, which no text has, where their settings name no other. */
    private static Tokenizer world(Path file, Path directory, Config config) {
        SpecialIds named =
                SpecialIds.of(byId(directory, config), List.of(), token -> OptionalInt.empty());
        return new WorldTokenizer(
                file.toString(),
                WorldVocabulary.read(file.toString(), bytes(file, MAX_FILE)),
                named.eos().isEmpty()
                        ? new SpecialIds(named.bos(), List.of(0), named.pad())
                        : named);
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
