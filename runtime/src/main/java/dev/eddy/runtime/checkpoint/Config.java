package dev.eddy.runtime.checkpoint;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A checkpoint's settings: a JSON object read by key, type and range. Every refusal names the file,
 * the key's full path, what was expected and what was found. A key whose value is null counts as
 * absent, as transformers treats it.
 *
 * <p>Numbers may be written as JSON numbers, as the literals NaN, Infinity and -Infinity, and as
 * {@code {"__float__": "Infinity"}}, which transformers writes. A whole number may be written
 * {@code 2.0}.
 *
 * <p>Forms without a fallback require the key. Immutable.
 */
public final class Config {
    private final String source;
    private final String path;
    private final Json.Obj object;

    private Config(String source, String path, Json.Obj object) {
        this.source = source;
        this.path = path;
        this.object = object;
    }

    /**
     * Reads settings from JSON text.
     *
     * @param source the name by which errors call them
     * @throws CheckpointException if the text is not one JSON object
     */
    public static Config parse(String source, String json) {
        return parse(source, MemorySegment.ofArray(json.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Reads settings from the bytes of JSON text.
     *
     * @param source the name by which errors call them
     * @throws CheckpointException if they are not one JSON object in UTF-8
     */
    public static Config parse(String source, byte[] json) {
        return parse(source, MemorySegment.ofArray(json));
    }

    /** Reads settings from the bytes of JSON text. */
    static Config parse(String source, MemorySegment json) {
        Json value = Json.read(source, json);
        if (value instanceof Json.Obj object) {
            return new Config(source, "", object);
        }
        throw CheckpointException.unexpected(source, "settings", "a JSON object", value.describe());
    }

    /** Settings that another format's reader has put together. */
    static Config of(String source, Json.Obj settings) {
        return new Config(source, "", settings);
    }

    /** The file that errors name. */
    public String source() {
        return source;
    }

    /** All keys of this object, in the file's order. */
    public Set<String> keys() {
        return object.fields().keySet();
    }

    /** True if the key is there and not null. */
    public boolean has(String key) {
        return value(key) != null;
    }

    /** A whole number of an int's range. */
    public int intOf(String key) {
        return intIn(key, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    /** A whole number of an int's range, or {@code fallback} where the key is absent. */
    public int intOf(String key, int fallback) {
        return has(key) ? intOf(key) : fallback;
    }

    /** A whole number from {@code least} to {@code most}, both included. */
    public int intIn(String key, int least, int most) {
        return (int) toLong(named(key), required(key), least, most);
    }

    /**
     * A whole number from {@code least} to {@code most}, or {@code fallback} where the key is
     * absent.
     */
    public int intIn(String key, int least, int most, int fallback) {
        return has(key) ? intIn(key, least, most) : fallback;
    }

    /** A whole number of 1 or more: a size, a count. */
    public int positive(String key) {
        return intIn(key, 1, Integer.MAX_VALUE);
    }

    /** A whole number of 1 or more, or {@code fallback} where the key is absent. */
    public int positive(String key, int fallback) {
        return has(key) ? positive(key) : fallback;
    }

    /** A whole number of a long's range. */
    public long longOf(String key) {
        return toLong(named(key), required(key), Long.MIN_VALUE, Long.MAX_VALUE);
    }

    /** A number, which may be NaN or infinite. */
    public double doubleOf(String key) {
        return toDouble(named(key), required(key));
    }

    /** A number, which may be NaN or infinite, or {@code fallback} where the key is absent. */
    public double doubleOf(String key, double fallback) {
        return has(key) ? doubleOf(key) : fallback;
    }

    /** A number from {@code least} to {@code most}, both included; NaN is refused. */
    public double doubleIn(String key, double least, double most) {
        double value = doubleOf(key);
        if (!(value >= least && value <= most)) {
            throw unexpected(named(key), "a number from " + least + " to " + most, required(key));
        }
        return value;
    }

    /** A number from {@code least} to {@code most}, or {@code fallback} where the key is absent. */
    public double doubleIn(String key, double least, double most, double fallback) {
        return has(key) ? doubleIn(key, least, most) : fallback;
    }

    /** A finite number rounded to float: an epsilon, a scale. */
    public float floatOf(String key) {
        return (float) doubleIn(key, -Float.MAX_VALUE, Float.MAX_VALUE);
    }

    /** A finite number rounded to float, or {@code fallback} where the key is absent. */
    public float floatOf(String key, float fallback) {
        return has(key) ? floatOf(key) : fallback;
    }

    /** True or false. */
    public boolean boolOf(String key) {
        Json value = required(key);
        if (value instanceof Json.Bool bool) {
            return bool.value();
        }
        throw unexpected(named(key), "true or false", value);
    }

    /** True or false, or {@code fallback} where the key is absent. */
    public boolean boolOf(String key, boolean fallback) {
        return has(key) ? boolOf(key) : fallback;
    }

    /** A string. */
    public String stringOf(String key) {
        return toText(named(key), required(key));
    }

    /** A string, or {@code fallback} where the key is absent. */
    public String stringOf(String key, String fallback) {
        return has(key) ? stringOf(key) : fallback;
    }

    /** A string out of {@code allowed}. */
    public String oneOf(String key, Set<String> allowed) {
        String value = stringOf(key);
        if (!allowed.contains(value)) {
            throw unexpected(
                    named(key), "one of " + allowed.stream().sorted().toList(), required(key));
        }
        return value;
    }

    /** A string out of {@code allowed}, or {@code fallback} where the key is absent. */
    public String oneOf(String key, Set<String> allowed, String fallback) {
        return has(key) ? oneOf(key, allowed) : fallback;
    }

    /** A nested object. */
    public Config at(String key) {
        return toConfig(named(key), required(key));
    }

    /** A nested object, or nothing where the key is absent. */
    public Optional<Config> find(String key) {
        return has(key) ? Optional.of(at(key)) : Optional.empty();
    }

    /** An array of nested objects. */
    public List<Config> objectsOf(String key) {
        return items(key, this::toConfig);
    }

    /** An array of whole numbers of an int's range; one bare number counts as an array of one. */
    public List<Integer> intsOf(String key) {
        return items(
                key,
                (name, value) -> (int) toLong(name, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
    }

    /**
     * An array of numbers, which may be NaN or infinite; one bare number counts as an array of one.
     */
    public List<Double> doublesOf(String key) {
        return items(key, this::toDouble);
    }

    /** An array of strings; one bare string counts as an array of one. */
    public List<String> stringsOf(String key) {
        return items(key, this::toText);
    }

    /** True if the key holds a string. */
    public boolean isString(String key) {
        return value(key) instanceof Json.Str;
    }

    /** True if the key holds an object. */
    public boolean isObject(String key) {
        return value(key) instanceof Json.Obj;
    }

    /**
     * These settings with {@code key} set to a string: what a reader of another format adds to
     * those it finds.
     */
    public Config with(String key, String value) {
        return with(key, new Json.Str(value));
    }

    /** These settings with {@code key} set to a whole number. */
    public Config with(String key, long value) {
        return with(key, new Json.Num(Long.toString(value)));
    }

    private Config with(String key, Json value) {
        LinkedHashMap<String, Json> fields = new LinkedHashMap<>(object.fields());
        fields.put(key, value);
        return new Config(source, path, new Json.Obj(fields));
    }

    /**
     * A refusal of a key's value, for conditions that span several keys.
     *
     * @param expected what the value has to be
     */
    public CheckpointException refuse(String key, String expected) {
        Json value = value(key);
        return CheckpointException.unexpected(
                source,
                "key " + named(key),
                expected,
                value == null ? "no such key" : value.describe());
    }

    /** The settings as JSON of sorted keys and minimal text: equal settings give equal text. */
    public String canonical() {
        StringBuilder out = new StringBuilder();
        object.canonical(out);
        return out.toString();
    }

    @Override
    public String toString() {
        return source + (path.isEmpty() ? "" : " " + path.substring(0, path.length() - 1));
    }

    private String named(String key) {
        return path + CheckpointException.name(key);
    }

    private @Nullable Json value(String key) {
        Json value = object.fields().get(key);
        return value instanceof Json.Null ? null : value;
    }

    private Json required(String key) {
        Json value = value(key);
        if (value == null) {
            throw new CheckpointException(
                    source
                            + ": key "
                            + named(key)
                            + " is required and "
                            + (object.fields().containsKey(key) ? "null" : "missing"));
        }
        return value;
    }

    private CheckpointException unexpected(String named, String expected, Json found) {
        return CheckpointException.unexpected(source, "key " + named, expected, found.describe());
    }

    private long toLong(String named, Json value, long least, long most) {
        if (value instanceof Json.Num number) {
            OptionalLong whole = Numbers.toLong(number.literal());
            if (whole.isPresent() && whole.getAsLong() >= least && whole.getAsLong() <= most) {
                return whole.getAsLong();
            }
        }
        throw unexpected(named, "a whole number from " + least + " to " + most, value);
    }

    private double toDouble(String named, Json value) {
        Json inner =
                value instanceof Json.Obj wrapped && wrapped.fields().size() == 1
                        ? wrapped.fields().get("__float__")
                        : value;
        OptionalDouble number =
                switch (inner) {
                    case Json.Num literal -> Numbers.toDouble(literal.literal());
                    case Json.Str text when inner != value -> special(text.value());
                    case null, default -> OptionalDouble.empty();
                };
        return number.orElseThrow(
                () -> unexpected(named, "a number within a double's range", value));
    }

    private static OptionalDouble special(String text) {
        return switch (text) {
            case "NaN", "Infinity", "-Infinity" -> Numbers.toDouble(text);
            default -> OptionalDouble.empty();
        };
    }

    private String toText(String named, Json value) {
        if (value instanceof Json.Str text) {
            return text.value();
        }
        throw unexpected(named, "a string", value);
    }

    private Config toConfig(String named, Json value) {
        if (value instanceof Json.Obj nested) {
            return new Config(source, named + ".", nested);
        }
        throw unexpected(named, "an object", value);
    }

    private <T> List<T> items(String key, BiFunction<String, Json, T> read) {
        if (!(required(key) instanceof Json.Arr array)) {
            return List.of(read.apply(named(key), required(key)));
        }
        List<T> items = new ArrayList<>(array.items().size());
        for (Json item : array.items()) {
            items.add(read.apply(named(key) + "[" + items.size() + "]", item));
        }
        return List.copyOf(items);
    }
}
