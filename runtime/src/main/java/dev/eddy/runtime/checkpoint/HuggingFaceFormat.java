package dev.eddy.runtime.checkpoint;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Hugging Face's layout: config.json beside model.safetensors, beside model.safetensors.index.json
 * and its shards, or beside the one .pth, .pt or .bin file of the directory. A single .safetensors
 * file of another name, or config.json itself, stands for the directory around it.
 */
final class HuggingFaceFormat implements CheckpointFormat {
    private static final long MAX_CONFIG = 4L << 20;
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String INDEX = "model.safetensors.index.json";

    @Override
    public boolean recognises(Path path) {
        return Files.isDirectory(path) || isSafetensors(path) || isConfig(path);
    }

    @Override
    public boolean hasWeights(Path path) {
        return isSafetensors(path)
                || Files.exists(directory(path).resolve(WEIGHTS))
                || Files.exists(directory(path).resolve(INDEX))
                || weightFiles(directory(path)).stream().anyMatch(f -> f.matches(PthFormat.NAMES));
    }

    @Override
    public Config config(Path path) {
        return MappedFile.config(directory(path).resolve(CONFIG), MAX_CONFIG);
    }

    @Override
    public Checkpoint open(Path path) {
        return StoredCheckpoint.create(
                path.toString(), directory(path), config(path), arena -> tensors(path, arena));
    }

    private static Map<String, StoredTensor> tensors(Path path, Arena arena) {
        if (isSafetensors(path)) {
            return SafetensorsFile.map(path, arena);
        }
        Path directory = directory(path);
        Path weights = directory.resolve(WEIGHTS);
        return Files.exists(weights)
                ? SafetensorsFile.map(weights, arena)
                : shards(directory, arena);
    }

    /** The config.json beside a file of weights, where there is one. */
    static Optional<Config> configBeside(Path path) {
        Path config = directory(path).resolve(CONFIG);
        return Files.exists(config)
                ? Optional.of(MappedFile.config(config, MAX_CONFIG))
                : Optional.empty();
    }

    private static Map<String, StoredTensor> shards(Path directory, Arena arena) {
        Path index = directory.resolve(INDEX);
        if (Files.exists(index)) {
            return SafetensorsShards.map(index, arena);
        }
        List<String> files = weightFiles(directory);
        if (files.size() == 1 && files.getFirst().matches(PthFormat.NAMES)) {
            return PthFile.map(directory.resolve(files.getFirst()), arena);
        }
        throw new CheckpointException(
                directory + ": has neither " + WEIGHTS + " nor " + INDEX + "; " + remedy(files));
    }

    private static String remedy(List<String> files) {
        if (files.isEmpty()) {
            return "there are no weights in it";
        }
        List<String> safe =
                files.stream()
                        .filter(f -> f.matches(".*\\.(safetensors|gguf|pth|pt|bin)"))
                        .toList();
        return safe.isEmpty()
                ? "save the weights as safetensors (it holds "
                        + files
                        + ", which Eddy does not read)"
                : "open one of its files by name: " + safe;
    }

    private static List<String> weightFiles(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(name -> name.matches(".*\\.(safetensors|bin|pth|pt|gguf|h5|msgpack)"))
                    .sorted()
                    .limit(20)
                    .toList();
        } catch (IOException e) {
            throw new CheckpointException(directory + ": cannot be listed: " + e.getMessage(), e);
        }
    }

    private static Path directory(Path path) {
        if (Files.isDirectory(path)) {
            return path;
        }
        Path parent = path.toAbsolutePath().getParent();
        return parent == null ? path : parent;
    }

    private static boolean isSafetensors(Path path) {
        return String.valueOf(path.getFileName()).endsWith(".safetensors")
                && !Files.isDirectory(path);
    }

    private static boolean isConfig(Path path) {
        return String.valueOf(path.getFileName()).equals(CONFIG) && !Files.isDirectory(path);
    }
}
