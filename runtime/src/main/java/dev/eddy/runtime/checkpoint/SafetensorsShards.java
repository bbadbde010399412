package dev.eddy.runtime.checkpoint;

import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Safetensors files that share one index: {@code model.safetensors.index.json} maps each tensor's
 * name to the file that holds it. Shards lie beside the index; a shard's tensors that the index
 * does not list are taken too, as transformers does, unless another shard has one of that name.
 */
final class SafetensorsShards {
    private static final long MAX_INDEX = 64L << 20;

    /** Characters; file systems take no longer ones. */
    private static final int LONGEST_NAME = 255;

    private SafetensorsShards() {}

    /**
     * The tensors of all shards, alive as long as {@code arena}.
     *
     * @throws CheckpointException if the index or a shard is malformed, a shard is missing or
     *     outside the index's directory, or index and shards disagree
     */
    static Map<String, StoredTensor> map(Path index, Arena arena) {
        Config weights = MappedFile.config(index, MAX_INDEX).at("weight_map");
        Map<String, Map<String, StoredTensor>> shards = new LinkedHashMap<>();
        Map<String, StoredTensor> tensors = new LinkedHashMap<>();
        for (String name : weights.keys()) {
            String shard = plainName(weights, name);
            Map<String, StoredTensor> content = shards.get(shard);
            if (content == null) {
                content = SafetensorsFile.map(index.resolveSibling(shard), arena);
                shards.put(shard, content);
                content.forEach((tensor, stored) -> add(index, tensors, tensor, stored));
            }
            if (!content.containsKey(name)) {
                throw new CheckpointException(
                        index
                                + ": tensor "
                                + CheckpointException.quote(name)
                                + ": the index says that "
                                + shard
                                + " holds it, and it does not; get both files again");
            }
        }
        return tensors;
    }

    private static void add(
            Path index, Map<String, StoredTensor> tensors, String name, StoredTensor stored) {
        StoredTensor other = tensors.putIfAbsent(name, stored);
        if (other != null) {
            throw CheckpointException.unexpected(
                    index,
                    "tensor " + CheckpointException.quote(name),
                    "one shard that holds it",
                    other.source() + " and " + stored.source());
        }
    }

    private static String plainName(Config weights, String tensor) {
        String shard = weights.stringOf(tensor);
        boolean plain =
                shard.length() <= LONGEST_NAME
                        && shard.endsWith(".safetensors")
                        && shard.chars()
                                .noneMatch(c ->
                                        c == '/' || c == '\\' || c == ':' || c <= ' ' || c > '~')
                        && !shard.startsWith(".");
        if (!plain) {
            throw weights.refuse(
                    tensor,
                    "the plain name of a .safetensors file beside the index, of at most "
                            + LONGEST_NAME
                            + " characters");
        }
        return shard;
    }
}
