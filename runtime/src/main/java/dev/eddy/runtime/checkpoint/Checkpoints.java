package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Tensor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The way in: opens whatever kind of checkpoint a path holds. A new kind is one {@link
 * CheckpointFormat} and one line in {@link #FORMATS}.
 */
public final class Checkpoints {
    private static final List<CheckpointFormat> FORMATS =
            List.of(new GgufFormat(), new PthFormat(), new HuggingFaceFormat());

    private static final String KINDS =
            "a directory with config.json and model.safetensors, a .safetensors or .pth file with"
                    + " config.json beside it, a .gguf file, or RWKV's official .pth file";

    private Checkpoints() {}

    /**
     * Opens a checkpoint: a Hugging Face directory, a .safetensors file with config.json beside it,
     * a .gguf file, or a file of torch.save (.pth, .pt, .bin), of which only tensors are read. Its
     * files are mapped and their headers checked; weights are not read.
     *
     * @throws CheckpointException if it is missing, broken, inconsistent or of an unknown kind
     */
    public static Checkpoint open(Path path) {
        return format(path).open(path);
    }

    /**
     * The settings alone: weights need not be there.
     *
     * @throws CheckpointException if they are missing or malformed, or the path is of an unknown
     *     kind
     */
    public static Config config(Path path) {
        return format(path).config(path);
    }

    /**
     * True if a path holds weights, and not settings alone.
     *
     * @throws CheckpointException if the path is of an unknown kind
     */
    public static boolean hasWeights(Path path) {
        return format(path).hasWeights(path);
    }

    /**
     * A checkpoint without a file: whatever tensor is asked for exists, with small numbers that
     * depend on its name and the seed alone.
     *
     * @param dtype F32 or BF16
     */
    public static Checkpoint random(Config config, DType dtype, long seed) {
        return new RandomCheckpoint(config, dtype, seed);
    }

    /**
     * A checkpoint of tensors in memory, which the caller keeps alive.
     *
     * @param source the name by which errors call it
     * @throws CheckpointException if two tensors have one name
     */
    public static Checkpoint of(String source, Config config, Collection<Tensor> tensors) {
        Map<String, StoredTensor> byName = new LinkedHashMap<>();
        for (Tensor tensor : tensors) {
            if (byName.put(tensor.name(), new StoredTensor(source, tensor)) != null) {
                throw CheckpointException.unexpected(
                        source, "tensor " + tensor.name(), "one", "two");
            }
        }
        return StoredCheckpoint.create(source, null, config, arena -> byName);
    }

    /**
     * The tensors of one safetensors file, whatever it holds: token ids, reference logits. Settings
     * are empty.
     *
     * @throws CheckpointException if it is missing, broken or inconsistent
     */
    public static Checkpoint tensors(Path file) {
        Config none = Config.parse(file.toString(), "{}");
        Path directory = file.toAbsolutePath().getParent();
        return StoredCheckpoint.create(
                file.toString(), directory, none, arena -> SafetensorsFile.map(file, arena));
    }

    private static CheckpointFormat format(Path path) {
        if (!Files.exists(path)) {
            throw new CheckpointException(path + ": does not exist; expected " + KINDS);
        }
        for (CheckpointFormat format : FORMATS) {
            if (format.recognises(path)) {
                return format;
            }
        }
        throw new CheckpointException(
                path + ": no kind of checkpoint that Eddy reads; expected " + KINDS);
    }
}
