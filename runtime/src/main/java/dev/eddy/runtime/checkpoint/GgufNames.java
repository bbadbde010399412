package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
 *   <li>{@code row}: one row [1, n]; {@code deep}: [1, 1, n]
 *   <li>{@code taps}: [channels, 1, order] of a depthwise convolution
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

    /** True if layer {@code layer} has a tensor of that name below {@code blk.N.}. */
    boolean has(int layer, String local) {
        return has("blk." + layer + "." + local);
    }

    /** True if any layer has a tensor of that name below {@code blk.N.}. */
    boolean anyHas(String local) {
        return left.keySet().stream()
                .map(LAYER::matcher)
                .anyMatch(name -> name.matches() && name.group(2).equals(local));
    }

    /** The extents of a tensor that nobody has taken yet. */
    Shape shape(String name) {
        return Optional.ofNullable(left.get(name))
                .map(StoredTensor::shape)
                .orElseThrow(() ->
                        CheckpointException.unexpected(
                                metadata.source(), "tensor " + name, "one", "none"));
    }

    /** The outermost extent of a tensor that nobody has taken yet. */
    long rows(String name) {
        Shape shape = shape(name);
        if (shape.rank() == 0) {
            throw CheckpointException.unexpected(
                    metadata.source(), "tensor " + name, "one axis or more", shape);
        }
        return shape.dim(0);
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

    /** The tensor of that name below {@code blk.N.}, which no longer keeps it. */
    Optional<StoredTensor> take(int layer, String local) {
        return take("blk." + layer + "." + local);
    }

    /** Puts another tensor in the place of a layer's of that name, where there is one. */
    void change(int layer, String local, UnaryOperator<StoredTensor> change) {
        take(layer, local)
                .ifPresent(stored -> left.put("blk." + layer + "." + local, change.apply(stored)));
    }

    /** Gives a tensor to the checkpoint under that name. */
    void put(String name, StoredTensor stored) {
        StoredTensor renamed = Relayout.reshaped(name, stored, stored.shape());
        if (named.put(name, renamed) != null) {
            throw CheckpointException.unexpected(
                    stored.source(), "tensor " + name, "one source", "two");
        }
    }

    /** The same with other extents, which must hold as many elements. */
    void put(String name, StoredTensor stored, long... dims) {
        Shape shape = Shape.of(dims);
        if (shape.elements() != stored.shape().elements()) {
            throw CheckpointException.unexpected(
                    stored.source(), "extents", "the elements of " + shape, stored.shape());
        }
        put(name, Relayout.reshaped(name, stored, shape));
    }

    /** Renames by a table. */
    void table(String table) {
        Map<String, String[]> lines = new HashMap<>();
        for (String line : table.strip().split("\n")) {
            String[] words = line.strip().split("\\s+");
            lines.put(words[0], words);
        }
        for (String name : List.copyOf(left.keySet())) {
            if (!name.startsWith("blk.")) {
                rename(name, lines.get(name), "0");
                continue;
            }
            Matcher layer = LAYER.matcher(name);
            if (layer.matches()) {
                rename(name, lines.get("blk.N." + layer.group(2)), layer.group(1));
            }
        }
    }

    /** All tensors under their new names. */
    Map<String, StoredTensor> finish() {
        List.copyOf(left.keySet()).forEach(name -> take(name).ifPresent(rest -> put(name, rest)));
        return named;
    }

    /** Renames by a line of a table, or not at all. */
    private void rename(String from, String @Nullable [] line, String layer) {
        if (line == null) {
            return;
        }
        String to = line[1].replace(".N.", "." + layer + ".");
        int index = Integer.parseInt(layer);
        take(from)
                .ifPresent(stored -> {
                    switch (line.length > 2 ? line[2] : "") {
                        case "" -> put(to, stored);
                        case "flat" -> put(to, stored, stored.shape().elements());
                        case "row" -> put(to, stored, 1, stored.shape().elements());
                        case "deep" -> put(to, stored, 1, 1, stored.shape().elements());
                        case "taps" -> put(to, taps(to, stored));
                        case "queries" -> put(to, rotary(to, stored, "head_count", index));
                        case "keys" -> put(to, rotary(to, stored, "head_count_kv", index));
                        case "experts" -> experts(to, stored);
                        default -> throw new IllegalArgumentException(line[2]);
                    }
                });
    }

    private static StoredTensor taps(String name, StoredTensor stored) {
        long order = stored.shape().rank() == 0 ? 0 : stored.shape().dim(-1);
        long channels = order == 0 ? 0 : stored.shape().elements() / order;
        return Relayout.reshaped(name, stored, Shape.of(channels, 1, order));
    }

    private void experts(String to, StoredTensor stored) {
        List<StoredTensor> parts = matrices(stored);
        for (int expert = 0; expert < parts.size(); expert++) {
            put(to.replace(".X.", "." + expert + "."), parts.get(expert));
        }
    }

    /** The matrices [rows, columns] of a tensor [count, rows, columns]. */
    static List<StoredTensor> matrices(StoredTensor stored) {
        Shape shape = stored.shape();
        if (shape.rank() != 3 || stored.bytes() == 0) {
            throw CheckpointException.unexpected(
                    stored.source(), "extents", "[count, rows, columns], none 0", shape);
        }
        Shape matrix = Shape.of(shape.dim(1), shape.dim(2));
        List<StoredTensor> matrices = new ArrayList<>();
        for (int i = 0; i < shape.dim(0); i++) {
            matrices.add(Relayout.reshaped("part", Relayout.part("part", stored, i, 1), matrix));
        }
        return matrices;
    }

    /** The same where there must be {@code count} of them. */
    static List<StoredTensor> matrices(StoredTensor stored, int count) {
        if (stored.shape().rank() != 3 || stored.shape().dim(0) != count) {
            throw CheckpointException.unexpected(
                    stored.source(), "extents", count + " matrices", stored.shape());
        }
        return matrices(stored);
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
