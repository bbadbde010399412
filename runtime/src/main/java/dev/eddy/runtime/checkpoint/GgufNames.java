package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Shape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tensors of a GGUF file on their way to the names that Eddy's architectures ask for, those of
 * Hugging Face. Tables say which becomes which, one line each:
 *
 * <pre>
 * blk.N.ssm_conv1d.weight   backbone.layers.N.mixer.conv1d.weight   taps
 * </pre>
 *
 * N stands for every layer; lines for tensors that the file lacks are passed over, so that one
 * table serves all variants of an architecture. The third word says how the layouts differ:
 *
 * <ul>
 *   <li>{@code flat}: one axis, whatever ggml has
 *   <li>{@code taps}: [channels, 1, order] of a depthwise convolution
 *   <li>{@code transposed}: the last two axes are exchanged
 *   <li>{@code queries}, {@code keys}: rows lie in ggml's order for interleaved rotary embedding
 *   <li>{@code experts}: one tensor for each expert, whose index replaces X
 * </ul>
 *
 * Tensors that no line names keep their own names.
 */
final class GgufNames {
    private static final Pattern LAYER = Pattern.compile("blk\\.(0|[1-9][0-9]{0,5})\\.(.+)");

    private final GgufMetadata metadata;
    private final Map<String, StoredTensor> left;
    private final Map<String, StoredTensor> named = new LinkedHashMap<>();

    GgufNames(GgufFile file) {
        this.metadata = file.metadata();
        this.left = new LinkedHashMap<>(file.tensors());
    }

    /** True if the file has a tensor of that name of ggml's. */
    boolean has(String name) {
        return left.containsKey(name);
    }

    /** The extents of a tensor that nobody has taken yet. */
    Shape shape(String name) {
        return Optional.ofNullable(left.get(name))
                .map(StoredTensor::shape)
                .orElseThrow(() ->
                        CheckpointException.unexpected(
                                metadata.source(), "tensor " + name, "one", "none"));
    }

    /** The tensor of that name, which no longer keeps it. */
    Optional<StoredTensor> take(String name) {
        return Optional.ofNullable(left.remove(name))
                .map(stored ->
                        new StoredTensor(
                                metadata.source() + " (" + name + ")",
                                stored.dtype(),
                                stored.shape(),
                                stored.maker()));
    }

    /** Gives a tensor, made under that name, to the checkpoint. */
    void put(String name, StoredTensor stored) {
        if (named.put(name, stored) != null) {
            throw CheckpointException.unexpected(
                    stored.source(), "tensor " + name, "one source", "two");
        }
    }

    /** Renames by a table. */
    void table(String table) {
        Map<String, String[]> lines = new HashMap<>();
        for (String line : table.strip().split("\n")) {
            String[] words = line.strip().split("\\s+");
            lines.put(words[0], words);
        }
        for (String name : List.copyOf(left.keySet())) {
            Matcher layer = LAYER.matcher(name);
            boolean inLayer = layer.matches();
            String[] words = lines.get(inLayer ? "blk.N." + layer.group(2) : name);
            if (words != null) {
                String index = inLayer ? layer.group(1) : "0";
                rename(
                        name,
                        words[1].replace(".N.", "." + index + "."),
                        words.length > 2 ? words[2] : "",
                        Integer.parseInt(index));
            }
        }
    }

    /** All tensors under their new names. */
    Map<String, StoredTensor> finish() {
        List.copyOf(left.keySet()).forEach(name -> take(name).ifPresent(rest -> put(name, rest)));
        return named;
    }

    private void rename(String from, String to, String how, int index) {
        take(from)
                .ifPresent(stored -> {
                    switch (how) {
                        case "" -> put(to, Relayout.reshaped(to, stored, stored.shape()));
                        case "flat" -> put(to, flat(to, stored));
                        case "taps" -> put(to, taps(to, stored));
                        case "transposed" -> put(to, Relayout.transposed(to, stored));
                        case "queries" -> put(to, rotary(to, stored, "head_count", index));
                        case "keys" -> put(to, rotary(to, stored, "head_count_kv", index));
                        case "experts" -> experts(to, stored);
                        default -> throw new IllegalArgumentException(how);
                    }
                });
    }

    private static StoredTensor flat(String name, StoredTensor stored) {
        return Relayout.reshaped(name, stored, Shape.of(stored.shape().elements()));
    }

    private static StoredTensor taps(String name, StoredTensor stored) {
        long order = stored.shape().rank() == 0 ? 0 : stored.shape().dim(-1);
        long channels = order == 0 ? 0 : stored.shape().elements() / order;
        return Relayout.reshaped(name, stored, Shape.of(channels, 1, order));
    }

    private void experts(String to, StoredTensor stored) {
        if (stored.shape().rank() != 3 || stored.bytes() == 0) {
            throw CheckpointException.unexpected(
                    stored.source(), "experts", "[experts, out, in], none 0", stored.shape());
        }
        for (int expert = 0; expert < stored.shape().dim(0); expert++) {
            String name = to.replace(".X.", "." + expert + ".");
            StoredTensor part = Relayout.part(name, stored, expert, 1);
            put(
                    name,
                    Relayout.reshaped(
                            name, part, Shape.of(stored.shape().dim(1), stored.shape().dim(2))));
        }
    }

    /**
     * Hugging Face rotates element i of a head together with element i + size / 2; ggml's files of
     * these architectures have the two side by side.
     */
    private StoredTensor rotary(String name, StoredTensor stored, String heads, int index) {
        String key = metadata.architecture() + ".attention." + heads;
        String known = metadata.has(key) ? key : metadata.architecture() + ".attention.head_count";
        long count = metadata.wholeAt(known, index);
        long rows = stored.shape().rank() == 0 ? 1 : stored.shape().dim(0);
        if (count < 1 || rows % count != 0 || rows / count % 2 != 0) {
            throw CheckpointException.unexpected(
                    stored.source(),
                    "key " + known,
                    "a number of heads of even size in " + rows + " rows",
                    count);
        }
        int size = (int) (rows / count);
        return Relayout.reordered(
                name,
                stored,
                row -> row - row % size + row % (size / 2) * 2 + row % size / (size / 2));
    }
}
