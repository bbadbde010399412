package dev.eddy.runtime.checkpoint;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The keys and values of a GGUF file, read by type; every refusal names the file, the key, what was
 * expected and what was found. Values stay in the mapped file until asked for.
 */
final class GgufMetadata {
    private final String source;
    private final MemorySegment file;
    private final Map<String, GgufValue> values;

    GgufMetadata(String source, MemorySegment file, Map<String, GgufValue> values) {
        this.source = source;
        this.file = file;
        this.values = values;
    }

    String source() {
        return source;
    }

    boolean has(String key) {
        return values.containsKey(key);
    }

    /** {@code general.architecture}: what other keys begin with. */
    String architecture() {
        return text("general.architecture");
    }

    String text(String key) {
        GgufValue value = required(key);
        if (value.array() || value.kind() != GgufValue.Kind.STRING) {
            throw refuse(key, "a string", value);
        }
        return value.text(file);
    }

    Optional<String> findText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    long whole(String key) {
        GgufValue value = required(key);
        if (value.array() || !value.isWhole()) {
            throw refuse(key, "a whole number", value);
        }
        return value.whole(file, 0);
    }

    OptionalLong findWhole(String key) {
        return has(key) ? OptionalLong.of(whole(key)) : OptionalLong.empty();
    }

    double real(String key) {
        GgufValue value = required(key);
        if (value.array()
                || value.kind() == GgufValue.Kind.STRING
                || value.kind() == GgufValue.Kind.BOOL) {
            throw refuse(key, "a number", value);
        }
        return value.real(file, 0);
    }

    OptionalDouble findReal(String key) {
        return has(key) ? OptionalDouble.of(real(key)) : OptionalDouble.empty();
    }

    boolean truth(String key, boolean fallback) {
        GgufValue value = values.get(key);
        if (value == null) {
            return fallback;
        }
        if (value.array() || value.kind() != GgufValue.Kind.BOOL) {
            throw refuse(key, "true or false", value);
        }
        return value.whole(file, 0) == 1;
    }

    /** Layer {@code index}'s number; one number stands for all layers. */
    long wholeAt(String key, int index) {
        GgufValue value = required(key);
        if (!value.isWhole() || value.array() && value.count() <= index) {
            throw refuse(key, "a whole number, or one for each layer up to " + index, value);
        }
        return value.whole(file, value.array() ? index : 0);
    }

    /** All items of an array of whole numbers, each within an int's range. */
    int[] ints(String key) {
        GgufValue value = required(key);
        if (!value.array() || !value.isWhole() || value.count() > Integer.MAX_VALUE / 8) {
            throw refuse(key, "an array of whole numbers", value);
        }
        int[] numbers = new int[(int) value.count()];
        for (int i = 0; i < numbers.length; i++) {
            long number = value.whole(file, i);
            if (number != (int) number) {
                throw refuse(key, "numbers of 32 bits", value);
            }
            numbers[i] = (int) number;
        }
        return numbers;
    }

    /** All items of an array of numbers. */
    float[] floats(String key) {
        GgufValue value = required(key);
        boolean numbers = value.isWhole() || value.kind() == GgufValue.Kind.F32;
        if (!value.array() || !numbers || value.count() > Integer.MAX_VALUE / 8) {
            throw refuse(key, "an array of float32", value);
        }
        float[] floats = new float[(int) value.count()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) value.real(file, i);
        }
        return floats;
    }

    /** All items of an array of strings, as bytes. */
    List<byte[]> strings(String key) {
        GgufValue value = required(key);
        if (!value.array() || value.kind() != GgufValue.Kind.STRING) {
            throw refuse(key, "an array of strings", value);
        }
        List<byte[]> strings = new ArrayList<>();
        long at = value.from();
        while (at < value.end()) {
            byte[] bytes = GgufValue.bytes(file, at);
            strings.add(bytes);
            at += Long.BYTES + bytes.length;
        }
        return strings;
    }

    CheckpointException refuse(String key, Object expected) {
        return refuse(key, expected, values.get(key));
    }

    private CheckpointException refuse(String key, Object expected, @Nullable GgufValue found) {
        return CheckpointException.unexpected(
                source, "key " + key, expected, found == null ? "none" : found.describe(file));
    }

    private GgufValue required(String key) {
        GgufValue value = values.get(key);
        if (value == null) {
            List<String> alike =
                    values.keySet().stream()
                            .filter(other -> !other.startsWith("tokenizer."))
                            .limit(40)
                            .toList();
            throw CheckpointException.unexpected(
                    source, "key " + key, "a value", "none; the file has " + alike);
        }
        return value;
    }

    @Override
    public String toString() {
        return source + " " + Arrays.toString(values.keySet().toArray());
    }
}
