package dev.eddy.runtime.checkpoint;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No settings and no shard index, however broken, do more to their readers than be refused. The
 * bound on heap: 192 bytes for each byte of the file (an array of one-digit numbers is the worst),
 * and 2 MiB for the JSON parser; reading all keys in all ways is included.
 *
 * <p>Longer: {@code mvn -pl runtime -am verify -Dtest=ConfigFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Deddy.fuzz.seconds=3600}.
 */
final class ConfigFuzzTest {
    @TempDir private Path folder;

    @Test
    void config_mutatedFiles_areReadOrRefused() throws Exception {
        Path file = folder.resolve("config.json");
        new Fuzzer(2, 192, 2 << 20, ConfigFuzzTest::swapValues)
                .run(
                        "ConfigFuzzTest, config.json",
                        configs(),
                        (bytes, onDisk) -> {
                            Config config;
                            if (onDisk) {
                                Files.write(file, bytes);
                                config = Checkpoints.config(folder);
                            } else {
                                config = Config.parse("config.json", bytes);
                            }
                            readAll(config, 0);
                            if (config.canonical().isEmpty()) {
                                throw new AssertionError("no canonical form");
                            }
                        });
    }

    @Test
    void index_mutatedFiles_areReadOrRefused() throws Exception {
        Path golden = Goldens.directory("mamba");
        for (String shard : List.of("model-1.safetensors", "model-2.safetensors")) {
            Files.copy(
                    golden.resolve(
                            shard.contains("1") ? "model.safetensors" : "golden.safetensors"),
                    folder.resolve(shard));
        }
        Files.writeString(folder.resolve("config.json"), "{}");
        Path file = folder.resolve("model.safetensors.index.json");
        new Fuzzer(2, 192, 4 << 20, ConfigFuzzTest::swapValues)
                .run(
                        "ConfigFuzzTest, index",
                        indexes(),
                        (bytes, onDisk) -> {
                            Files.write(file, bytes);
                            Checkpoints.open(folder).close();
                        });
    }

    @Test
    void parse_denseFile_staysWithinTheBound() throws Exception {
        for (String item : List.of("1,", "[],", "{},", "\"\",", "[1],")) {
            String json = "{\"a\":[" + item.repeat(500_000 / item.length()) + "0]}";
            new Fuzzer(2, 192, 2 << 20)
                    .once(
                            json.getBytes(StandardCharsets.US_ASCII),
                            (bytes, onDisk) -> Config.parse("dense", bytes));
        }
    }

    /** Reads each key in several ways; each way either reads it or refuses it. */
    private static void readAll(Config config, int depth) {
        for (String key : config.keys()) {
            List<Consumer<Config>> ways =
                    List.of(
                            c -> c.intOf(key),
                            c -> c.positive(key),
                            c -> c.longOf(key),
                            c -> c.doubleOf(key),
                            c -> c.floatOf(key),
                            c -> c.boolOf(key),
                            c -> c.stringOf(key),
                            c -> c.intsOf(key),
                            c -> c.doublesOf(key),
                            c -> c.stringsOf(key),
                            c -> c.find(key).ifPresent(nested -> readAll(nested, depth + 1)),
                            c -> c.objectsOf(key).forEach(nested -> readAll(nested, depth + 1)));
            for (int way = depth < 2 ? config.keys().size() % 4 : ways.size();
                    way < ways.size();
                    way += 4) {
                try {
                    ways.get(way).accept(config);
                } catch (CheckpointException e) {
                    String named = CheckpointException.name(key);
                    named = named.substring(0, Math.min(60, named.length() - 1));
                    if (!String.valueOf(e.getMessage()).contains(named)) {
                        throw new AssertionError("a refusal that does not name " + named, e);
                    }
                }
            }
        }
    }

    /** Swaps two values behind colons. */
    private static byte[] swapValues(byte[] file, Random random) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int first = text.indexOf(':', random.nextInt(text.length() + 1));
        int second = text.indexOf(':', random.nextInt(text.length() + 1));
        if (first < 0 || second <= first) {
            return file;
        }
        String one = value(text, first);
        String other = value(text, second);
        if (first + 1 + one.length() > second) {
            return file;
        }
        return (text.substring(0, first + 1)
                        + other
                        + text.substring(first + 1 + one.length(), second + 1)
                        + one
                        + text.substring(second + 1 + other.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String value(String text, int colon) {
        int end = colon + 1;
        while (end < text.length() && ",}\n".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        return text.substring(colon + 1, end);
    }

    private static List<byte[]> configs() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("mamba", "falcon_mamba", "mamba2")) {
            seeds.add(Files.readAllBytes(Goldens.directory(name).resolve("config.json")));
        }
        seeds.add("{}".getBytes(StandardCharsets.US_ASCII));
        seeds.add(
                "{\"a\":[1,[2,{\"b\":null}],NaN,-Infinity],\"c\":{\"d\":{\"e\":\"\\u00e9\\ud83d\\ude00\"}},\"f\":1e-5}"
                        .getBytes(StandardCharsets.US_ASCII));
        return seeds;
    }

    private static List<byte[]> indexes() {
        StringBuilder index =
                new StringBuilder("{\"metadata\":{\"total_size\":1},\"weight_map\":{");
        try (Checkpoint one = Checkpoints.open(Goldens.directory("mamba"))) {
            one.names()
                    .forEach(name ->
                            index.append("\"")
                                    .append(name)
                                    .append("\":\"model-1.safetensors\",\n"));
        }
        index.append("\"tokens\":\"model-2.safetensors\"}}");
        return List.of(
                index.toString().getBytes(StandardCharsets.US_ASCII),
                "{\"weight_map\":{\"logits\":\"model-2.safetensors\"}}"
                        .getBytes(StandardCharsets.US_ASCII));
    }
}
