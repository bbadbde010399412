package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A checkpoint without a file: every tensor that is asked for exists, in the shape asked for,
 * filled with small numbers that depend on its name and the seed alone. For benchmarks and for
 * sizing; a model must decide by its settings what it asks for, since {@link #has} is always false.
 */
final class RandomCheckpoint extends Checkpoint {
    private static final float SPREAD = 0.05f;
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final DType dtype;
    private final long seed;
    private final Arena arena = Arena.ofShared();
    private final Map<String, StoredTensor> made = new ConcurrentHashMap<>();

    /**
     * @param dtype F32 or BF16
     */
    RandomCheckpoint(Config config, DType dtype, long seed) {
        super(config);
        if (dtype != DType.F32 && dtype != DType.BF16) {
            throw new IllegalArgumentException(
                    "random weights are made in F32 or BF16, not " + dtype);
        }
        this.dtype = dtype;
        this.seed = seed;
    }

    @Override
    public Optional<Path> directory() {
        return Optional.empty();
    }

    @Override
    public List<String> names() {
        return List.of();
    }

    @Override
    public long bytes() {
        return made.values().stream().mapToLong(StoredTensor::bytes).sum();
    }

    @Override
    public boolean has(String name) {
        return false;
    }

    @Override
    StoredTensor lookUp(String name, Shape shape, DType[] allowed) {
        return made.computeIfAbsent(
                name, key -> new StoredTensor("random weights", make(key, shape)));
    }

    @Override
    Optional<Tensor> stored(String name) {
        return Optional.empty();
    }

    @Override
    String computeDigest() {
        ContentDigest digest = new ContentDigest(config());
        digest.add("random weights " + dtype);
        digest.add(seed);
        return digest.hex();
    }

    @Override
    public void close() {
        arena.close();
    }

    private Tensor make(String name, Shape shape) {
        long elements = shape.elements();
        MemorySegment data = arena.allocate(dtype.bytes(elements), Long.BYTES);
        SplittableRandom random = new SplittableRandom(seed * 31 + name.hashCode());
        for (long i = 0; i < elements; i++) {
            float value = ((random.nextInt() >> 8) * 0x1p-23f) * SPREAD;
            if (dtype == DType.F32) {
                data.setAtIndex(FLOAT, i, value);
            } else {
                data.setAtIndex(SHORT, i, Halves.toBf16(value));
            }
        }
        return new Tensor(name, dtype, shape, data);
    }
}
