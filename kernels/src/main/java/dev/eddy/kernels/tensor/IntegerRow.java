package dev.eddy.kernels.tensor;

import dev.eddy.kernels.numerics.Integers;
import java.lang.foreign.MemorySegment;

/**
 * One row of a weight matrix as integers with scales, read from a tensor: rounded where the tensor
 * holds real numbers, as they are where it holds blocks of the same type. Reused row by row.
 */
public final class IntegerRow {
    /** Elements of a block of ggml's that has steps for its scales. */
    public static final int SUPER = 256;

    private final MatrixType type;
    private final int k;
    private final float[] row;

    /** The integers [K], padded with zeros; without {@link MatrixType#hasLeasts leasts} signed. */
    public final int[] q;

    /**
     * Scales by group, or the one of the row; exact in float32. They are those of {@link #halves}
     * times {@link #steps} where the type has steps.
     */
    public final float[] scales;

    /** Leasts by group, or empty. */
    public final float[] leasts;

    /** The float16 bits of the scales by group, or by block where the type has steps. */
    public final short[] halves;

    /** The float16 bits of the leasts by block. */
    public final short[] leastHalves;

    /** Steps of the scales by group. */
    public final byte[] steps;

    /** Steps of the leasts by group. */
    public final byte[] leastSteps;

    /**
     * @param type a type of integers
     * @param k elements of a row
     */
    public IntegerRow(MatrixType type, int k) {
        this.type = type;
        this.k = k;
        row = new float[k];
        int padded = Math.ceilDiv(k, type.unit()) * type.unit();
        q = new int[padded];
        int groups = Math.ceilDiv(padded, type.group());
        scales = new float[type.hasRowScale() ? 1 : groups];
        leasts = new float[type.hasLeasts() ? groups : 0];
        steps = new byte[type.unit() == SUPER ? groups : 0];
        leastSteps = new byte[leasts.length];
        halves = new short[type.unit() == SUPER ? padded / SUPER : groups];
        leastHalves = new short[type.hasLeasts() ? padded / SUPER : 0];
    }

    /**
     * Reads row {@code index} of a tensor of rows of K elements.
     *
     * @throws IllegalArgumentException if the tensor's blocks are of another type
     */
    public void read(Tensor tensor, long index) {
        switch (type) {
            case INT8 -> {
                tensor.copyFloats(index * k, row, 0, k);
                int largest = Integers.largest(row, 0, k);
                float inverse = Integers.inverse(largest);
                scales[0] = Integers.scale(largest);
                for (int i = 0; i < k; i++) {
                    q[i] = Integers.round(row[i], inverse);
                }
            }
            case INT4 -> {
                tensor.copyFloats(index * k, row, 0, k);
                for (int g = 0; g < scales.length; g++) {
                    int from = g * type.group();
                    halves[g] = FourBits.scale(row, from, Math.min(type.group(), k - from));
                    scales[g] = FourBits.round(row, from, halves[g], q, type.group());
                }
            }
            case Q8_0, Q4_0, Q4_K, Q6_K -> {
                if (!tensor.dtype().name().equals(type.name())) {
                    throw new IllegalArgumentException(
                            "tensor "
                                    + tensor.name()
                                    + " holds "
                                    + tensor.dtype()
                                    + ", not "
                                    + type);
                }
                blocks(tensor.data(), index * k / tensor.dtype().blockElements(), tensor.dtype());
            }
            case F32, BF16, FP8 ->
                    throw new IllegalArgumentException(type + " is no type of integers");
        }
    }

    private void blocks(MemorySegment data, long first, DType dtype) {
        for (int block = 0; block * dtype.blockElements() < k; block++) {
            long at = (first + block) * dtype.blockBytes();
            int from = block * dtype.blockElements();
            switch (dtype) {
                case Q8_0 -> Blocks.q8Integers(data, at, q, from);
                case Q4_0 -> Blocks.q4Integers(data, at, q, from);
                case Q4_K -> Blocks.q4kIntegers(data, at, q, from);
                case Q6_K -> Blocks.q6kIntegers(data, at, q, from);
                default -> throw new IllegalArgumentException(dtype + " has no integers");
            }
            switch (dtype) {
                case Q4_K -> superBlock(data, at, block, 8);
                case Q6_K -> superBlock(data, at, block, 16);
                default -> {
                    halves[block] = Blocks.bits(data, at);
                    scales[block] = Blocks.half(data, at);
                }
            }
        }
    }

    private void superBlock(MemorySegment data, long at, int block, int groups) {
        long scale = at + (type == MatrixType.Q6_K ? 208 : 0);
        halves[block] = Blocks.bits(data, scale);
        float d = Blocks.half(data, scale);
        for (int i = 0; i < groups; i++) {
            int g = block * groups + i;
            steps[g] =
                    (byte)
                            (type == MatrixType.Q6_K
                                    ? Blocks.unsigned(data, at + 192 + i)
                                    : Blocks.scale(data, at + 4, i));
            scales[g] = d * steps[g];
            if (type.hasLeasts()) {
                leastSteps[g] = (byte) Blocks.least(data, at + 4, i);
                leasts[g] = Blocks.half(data, at + 2) * leastSteps[g];
            }
        }
        if (type.hasLeasts()) {
            leastHalves[block] = Blocks.bits(data, at + 2);
        }
    }
}
