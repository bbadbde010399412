package dev.eddy.runtime.model;

import dev.eddy.kernels.numerics.Philox;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Weights made up for speed measurements and tests: uniform, of variance 1 / (last extent) in
 * matrices and around 1 in vectors, the same for the same name and seed on every machine.
 */
public final class RandomWeights implements Weights {
    private static final float SQRT_THREE = 1.7320508f;

    /** Elements that one thread makes at a time; a multiple of 4. */
    private static final int PIECE = 1 << 16;

    private final long seed;

    public RandomWeights(long seed) {
        this.seed = seed;
    }

    @Override
    public Supplier<Tensor> get(String name, Shape shape) {
        return () -> Tensor.ofFloats(name, shape, values(name, shape));
    }

    @Override
    public boolean has(String name) {
        return false;
    }

    private float[] values(String name, Shape shape) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        boolean vector = shape.rank() < 2;
        float centre = vector ? 1 : 0;
        float reach = vector ? 0.5f : SQRT_THREE / (float) Math.sqrt(shape.dim(-1));
        int key = name.hashCode();
        IntStream.range(0, Math.ceilDiv(values.length, PIECE))
                .parallel()
                .forEach(piece -> fill(values, piece * PIECE, key, centre, reach));
        return values;
    }

    /** Fills a piece of a tensor: a number depends on its place alone. */
    private void fill(float[] values, int from, int key, float centre, float reach) {
        for (int i = from; i < Math.min(from + PIECE, values.length); i += 4) {
            int[] words = Philox.block(i, 0, 0, key, (int) seed, (int) (seed >>> 32));
            for (int j = 0; j < Math.min(4, values.length - i); j++) {
                values[i + j] = centre + reach * (2 * Philox.uniform(words[j]) - 1);
            }
        }
    }
}
