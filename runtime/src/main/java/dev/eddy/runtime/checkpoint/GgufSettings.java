package dev.eddy.runtime.checkpoint;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A GGUF file's settings on their way to the keys that Eddy's architectures read, those of Hugging
 * Face's config.json. Keys of the file are given without the architecture's name before them.
 */
final class GgufSettings {
    private final GgufMetadata metadata;
    private final String prefix;
    private final LinkedHashMap<String, Json> fields = new LinkedHashMap<>();

    GgufSettings(GgufMetadata metadata) {
        this.metadata = metadata;
        this.prefix = metadata.architecture() + ".";
    }

    boolean has(String key) {
        return metadata.has(prefix + key);
    }

    /** A whole number from 0 to 2^31 - 1. */
    int whole(String key) {
        long value = metadata.whole(prefix + key);
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw refuse(key, "a whole number from 0 to 2^31 - 1");
        }
        return (int) value;
    }

    int whole(String key, int fallback) {
        return has(key) ? whole(key) : fallback;
    }

    double real(String key, double fallback) {
        return metadata.findReal(prefix + key).orElse(fallback);
    }

    String text(String key, String fallback) {
        return metadata.findText(prefix + key).orElse(fallback);
    }

    boolean truth(String key, boolean fallback) {
        return metadata.truth(prefix + key, fallback);
    }

    /** A number for each layer; one number stands for all. */
    List<Long> perLayer(String key) {
        return IntStream.range(0, whole("block_count"))
                .mapToObj(layer -> metadata.wholeAt(prefix + key, layer))
                .toList();
    }

    /** The quotient of two keys' values, which must be whole. */
    int quotient(String dividend, String divisor) {
        int by = whole(divisor);
        if (by == 0 || whole(dividend) % by != 0) {
            throw refuse(dividend, "a multiple of " + prefix + divisor + " " + by);
        }
        return whole(dividend) / by;
    }

    CheckpointException refuse(String key, Object expected) {
        return metadata.refuse(prefix + key, expected);
    }

    /** Copies whole numbers by a table, one line each: key of the file, key of config.json. */
    GgufSettings table(String table) {
        for (String line : table.strip().split("\n")) {
            String[] words = line.strip().split("\\s+");
            set(words[1], whole(words[0]));
        }
        return this;
    }

    GgufSettings set(String name, long value) {
        return put(name, new Json.Num(Long.toString(value)));
    }

    GgufSettings set(String name, double value) {
        return put(name, new Json.Num(Double.toString(value)));
    }

    GgufSettings set(String name, boolean value) {
        return put(name, new Json.Bool(value));
    }

    GgufSettings set(String name, String value) {
        return put(name, new Json.Str(value));
    }

    /** An array; each item a string, a bool or a number. */
    <T> GgufSettings set(String name, List<T> values, Function<T, Json> json) {
        return put(name, new Json.Arr(values.stream().map(json).toList()));
    }

    GgufSettings put(String name, Json value) {
        fields.put(name, value);
        return this;
    }

    /** An object to be put under a key: its own settings read the same file. */
    GgufSettings nested() {
        return new GgufSettings(metadata);
    }

    Json.Obj json() {
        return new Json.Obj(new LinkedHashMap<>(fields));
    }

    Config config() {
        return Config.of(metadata.source(), json());
    }
}
