package dev.eddy.runtime.app;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads settings under one key of a configuration, each within its limits. */
final class SettingsReader {
    private final Config config;
    private final String at;

    SettingsReader(Config config, String at) {
        this(at, config.getConfig(at));
    }

    private SettingsReader(String at, Config config) {
        this.at = at;
        this.config = config;
    }

    /** The objects of a list, each of which errors call by its place. */
    List<SettingsReader> objects(String key) {
        List<SettingsReader> objects = new ArrayList<>();
        for (Config object : read(key, config::getConfigList)) {
            objects.add(new SettingsReader(at + "." + key + "[" + objects.size() + "]", object));
        }
        return objects;
    }

    boolean has(String key) {
        return config.hasPath(key);
    }

    /** Refuses keys of an object that are none of these. */
    void refuseOthers(List<String> known) {
        for (String key : config.root().keySet()) {
            if (!known.contains(key)) {
                throw new SettingsException(
                        "%s.%s is no setting; the settings are %s: correct or remove it"
                                .formatted(at, key, known));
            }
        }
    }

    long whole(String key, long least, long most, String remedy) {
        return within(key, read(key, config::getLong), least, most, remedy);
    }

    /** Refuses keys that the reference does not know: most are misspelt. */
    static void refuseUnknown(Config given, Config reference, String at) {
        var known = new TreeSet<String>();
        reference.getConfig(at).entrySet().forEach(entry -> known.add(entry.getKey()));
        for (var entry : given.getConfig(at).entrySet()) {
            if (!known.contains(entry.getKey())) {
                throw new SettingsException(
                        "%s.%s (%s) is no setting; the settings are %s: correct or remove it"
                                .formatted(
                                        at,
                                        entry.getKey(),
                                        entry.getValue().origin().description(),
                                        known));
            }
        }
    }

    int integer(String key, int least, int most, String remedy) {
        return within(key, read(key, config::getInt), least, most, remedy);
    }

    int bytes(String key, int least, int most, String remedy) {
        return Math.toIntExact(
                within(key, read(key, config::getBytes), (long) least, (long) most, remedy));
    }

    long longBytes(String key, long least, long most, String remedy) {
        return within(key, read(key, config::getBytes), least, most, remedy);
    }

    List<String> texts(String key) {
        return read(key, config::getStringList);
    }

    String textOrEmpty(String key) {
        return read(key, config::getString);
    }

    <T> T choice(String key, Map<String, T> choices) {
        String value = read(key, config::getString);
        T chosen = choices.get(value.toLowerCase(Locale.ROOT));
        if (chosen == null) {
            throw new SettingsException(
                    "%s.%s is %s; it must be one of %s: see the comment on it in reference.conf"
                            .formatted(at, key, value, new TreeSet<>(choices.keySet())));
        }
        return chosen;
    }

    Duration duration(String key, Duration least, Duration most, String remedy) {
        return within(key, read(key, config::getDuration), least, most, remedy);
    }

    boolean flag(String key) {
        return read(key, config::getBoolean);
    }

    String text(String key, String remedy) {
        String value = read(key, config::getString);
        if (value.isBlank()) {
            throw new SettingsException("%s.%s is empty: %s".formatted(at, key, remedy));
        }
        return value;
    }

    private <T extends Comparable<T>> T within(
            String key, T value, T least, T most, String remedy) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new SettingsException(
                    "%s.%s is %s; it must be from %s to %s: %s"
                            .formatted(at, key, show(value), show(least), show(most), remedy));
        }
        return value;
    }

    private static Object show(Object value) {
        return value instanceof Duration duration ? duration.toMillis() + " ms" : value;
    }

    private <T> T read(String key, Function<String, T> getter) {
        try {
            return getter.apply(key);
        } catch (ConfigException e) {
            Object value = config.hasPath(key) ? config.getValue(key).unwrapped() : "nothing";
            throw new SettingsException(
                    "%s.%s is %s, which cannot be read (%s): see the comment on it in reference.conf"
                            .formatted(at, key, value, e.getMessage()));
        }
    }
}
