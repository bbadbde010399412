package dev.eddy.runtime.tokenizer;

import dev.eddy.runtime.checkpoint.Config;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SequencedSet;
import java.util.function.Function;

/**
 * The ids that mean something to the engine rather than to the reader.
 *
 * @param bos begins a text, where the model was trained so
 * @param eos each of these ends a text
 * @param pad fills what is not there
 */
public record SpecialIds(OptionalInt bos, List<Integer> eos, OptionalInt pad) {
    public SpecialIds {
        eos = List.copyOf(eos);
    }

    /** No special ids. */
    public static SpecialIds none() {
        return new SpecialIds(OptionalInt.empty(), List.of(), OptionalInt.empty());
    }

    /** True if {@code id} ends a text. */
    public boolean isEos(int id) {
        return eos.contains(id);
    }

    /**
     * Collects them from settings that name ids (generation_config.json before config.json) and
     * from settings that name tokens (tokenizer_config.json before special_tokens_map.json). The
     * first that has one decides, but whatever ends a text by any of the two kinds ends it.
     *
     * @param byId settings with {@code bos_token_id}, {@code eos_token_id}, {@code pad_token_id};
     *     most telling first
     * @param byName settings with {@code bos_token}, {@code eos_token}, {@code pad_token}; most
     *     telling first
     * @param idOf the id of a token's spelling
     */
    static SpecialIds of(
            List<Config> byId, List<Config> byName, Function<String, OptionalInt> idOf) {
        List<Integer> bos = firstIds(byId, "bos_token_id");
        bos.addAll(firstTokens(byName, "bos_token", idOf));
        List<Integer> pad = firstIds(byId, "pad_token_id");
        pad.addAll(firstTokens(byName, "pad_token", idOf));
        SequencedSet<Integer> eos = new LinkedHashSet<>(firstIds(byId, "eos_token_id"));
        eos.addAll(firstTokens(byName, "eos_token", idOf));
        return new SpecialIds(first(bos), List.copyOf(eos), first(pad));
    }

    private static OptionalInt first(List<Integer> ids) {
        return ids.isEmpty() ? OptionalInt.empty() : OptionalInt.of(ids.getFirst());
    }

    /** Negative ids mean none, as some checkpoints write it. */
    private static List<Integer> firstIds(List<Config> settings, String key) {
        for (Config config : settings) {
            if (config.has(key)) {
                return new ArrayList<>(config.intsOf(key).stream().filter(id -> id >= 0).toList());
            }
        }
        return new ArrayList<>();
    }

    private static List<Integer> firstTokens(
            List<Config> settings, String key, Function<String, OptionalInt> idOf) {
        for (Config config : settings) {
            if (config.has(key)) {
                OptionalInt id = idOf.apply(spelling(config, key));
                return id.isPresent() ? List.of(id.getAsInt()) : List.of();
            }
        }
        return List.of();
    }

    /** A token written as a string, or as an object with its content. */
    static String spelling(Config config, String key) {
        return config.isObject(key) ? config.at(key).stringOf("content") : config.stringOf(key);
    }
}
