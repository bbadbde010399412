package dev.eddy.kernels.tensor;

import dev.eddy.kernels.numerics.E4m3;
import dev.eddy.kernels.numerics.Integers;

/**
 * One row of a weight matrix rounded to {@link E4m3} with one scale, its largest size / 448. Reused
 * row by row.
 */
public final class E4m3Row {
    private final float[] row;

    /** The codes [K]: an element is about scale times what its code denotes. */
    public final byte[] codes;

    /**
     * @param k elements of a row
     */
    public E4m3Row(int k) {
        row = new float[k];
        codes = new byte[k];
    }

    /**
     * Reads row {@code index} of a tensor of rows of K elements.
     *
     * @return the scale; 0 where no element reaches {@link Integers#LEAST_BITS}
     * @throws IllegalArgumentException if an element is not finite
     */
    public float read(Tensor tensor, long index) {
        int k = row.length;
        tensor.copyFloats(index * k, row, 0, k);
        int largest = Integers.largest(row, 0, k);
        float size = Float.intBitsToFloat(largest);
        if (!Float.isFinite(size)) {
            throw new IllegalArgumentException(
                    "row %d of tensor %s has an element that is not finite (%s): fp8 weights have a"
                                    .formatted(index, tensor.name(), size)
                            + " scale by the largest; f32 and bf16 weights take it as it is");
        }
        float scale = largest < Integers.LEAST_BITS ? 0 : size / E4m3.MOST;
        for (int i = 0; i < k; i++) {
            codes[i] = scale == 0 ? 0 : E4m3.of(row[i] / scale);
        }
        return scale;
    }
}
