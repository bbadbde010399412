package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A model's weights and settings, as {@link Checkpoints} finds them: a {@link Config} and named
 * tensors whose bytes stay where they are. Tensors live until the checkpoint is closed. Safe for
 * use by several threads.
 */
public abstract sealed class Checkpoint implements AutoCloseable
        permits StoredCheckpoint, RandomCheckpoint {
    private static final DType[] REALS =
            Arrays.stream(DType.values()).filter(DType::isReal).toArray(DType[]::new);

    private final Config config;
    private final Set<String> used = ConcurrentHashMap.newKeySet();
    private volatile @Nullable String digest;

    Checkpoint(Config config) {
        this.config = config;
    }

    /** The settings. */
    public final Config config() {
        return config;
    }

    /**
     * The directory that holds it, where a tokenizer may lie beside it; none for one made in
     * memory.
     */
    public abstract Optional<Path> directory();

    /**
     * The tokenizer that lies in the same file as the tensors; where there is none, its files lie
     * in {@link #directory}.
     *
     * @throws CheckpointException if it is malformed
     */
    public Optional<EmbeddedTokenizer> tokenizer() {
        return Optional.empty();
    }

    /** All tensors' names, in order; none where tensors are made as they are asked for. */
    public abstract List<String> names();

    /** Bytes of all tensors. */
    public abstract long bytes();

    /**
     * True if the file has such a tensor; always false where tensors are made as they are asked
     * for.
     */
    public abstract boolean has(String name);

    /**
     * A weight: a tensor of exactly {@code shape} whose elements are real numbers, quantised or
     * not.
     *
     * @throws CheckpointException if there is none of that name, or of another shape or type
     */
    public final Tensor require(String name, Shape shape) {
        return defer(name, shape).get();
    }

    /**
     * A tensor of exactly {@code shape} and one of the {@code allowed} element types.
     *
     * @throws CheckpointException if there is none of that name, or of another shape or type
     */
    public final Tensor require(String name, Shape shape, DType... allowed) {
        return defer(name, shape, allowed).get();
    }

    /**
     * A weight as {@link #require} gives it, checked now. Where the file stores it in another
     * layout it is put together at each call of the supplier, in memory that lives as long as the
     * tensor is reachable.
     *
     * @throws CheckpointException if there is none of that name, or of another shape or type
     */
    public final Supplier<Tensor> defer(String name, Shape shape) {
        return defer(name, shape, REALS);
    }

    /**
     * The element type in which a weight is stored.
     *
     * @throws CheckpointException if there is none of that name
     */
    public final DType dtype(String name, Shape shape) {
        return lookUp(name, shape, REALS).dtype();
    }

    private Supplier<Tensor> defer(String name, Shape shape, DType... allowed) {
        StoredTensor stored = lookUp(name, shape, allowed);
        String found = stored.dtype() + " " + stored.shape();
        if (!stored.shape().equals(shape)) {
            throw CheckpointException.unexpected(
                    stored.source(), "tensor " + name, "shape " + shape, found);
        }
        if (!Arrays.asList(allowed).contains(stored.dtype())) {
            throw CheckpointException.unexpected(
                    stored.source(),
                    "tensor " + name,
                    "element type "
                            + (allowed.length == 1
                                    ? allowed[0]
                                    : "out of " + Arrays.toString(allowed)),
                    found);
        }
        used.add(name);
        return stored.maker();
    }

    /**
     * A tensor of whatever shape and type, which counts as used; nothing where there is none of
     * that name.
     */
    public final Optional<Tensor> find(String name) {
        Optional<Tensor> tensor = stored(name);
        tensor.ifPresent(found -> used.add(name));
        return tensor;
    }

    /**
     * Names of the tensors that nobody has asked for, in order: of use once a model has been built.
     */
    public final List<String> unused() {
        return names().stream().filter(name -> !used.contains(name)).toList();
    }

    /**
     * SHA-256 over the settings and every tensor's name, type, shape and bytes, as 64 hexadecimal
     * digits; the same for the same content in whatever files. Reads all bytes the first time.
     */
    public final String digest() {
        String known = digest;
        if (known == null) {
            known = computeDigest();
            digest = known;
        }
        return known;
    }

    /** Releases the files. Every tensor of this checkpoint becomes unusable. */
    @Override
    public abstract void close();

    abstract StoredTensor lookUp(String name, Shape shape, DType[] allowed);

    abstract Optional<Tensor> stored(String name);

    abstract String computeDigest();
}
