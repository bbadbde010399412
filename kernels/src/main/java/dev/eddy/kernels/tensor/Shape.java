package dev.eddy.kernels.tensor;

import java.util.Arrays;
import java.util.stream.Collectors;

/** The extents of a tensor, outermost first. Immutable; a scalar has rank 0 and one element. */
public final class Shape {
    private final long[] dims;

    private Shape(long[] dims) {
        this.dims = dims;
    }

    /**
     * A shape of the given extents.
     *
     * @throws IllegalArgumentException if an extent is negative
     */
    public static Shape of(long... dims) {
        for (long dim : dims) {
            if (dim < 0) {
                throw new IllegalArgumentException(
                        "negative extent in shape " + Arrays.toString(dims));
            }
        }
        return new Shape(dims.clone());
    }

    /** Number of axes. */
    public int rank() {
        return dims.length;
    }

    /** Extent of one axis; negative axes count from the last. */
    public long dim(int axis) {
        return dims[axis < 0 ? dims.length + axis : axis];
    }

    /** Extent of one axis as an int; negative axes count from the last. */
    public int size(int axis) {
        return Math.toIntExact(dim(axis));
    }

    /**
     * Product of all extents.
     *
     * @throws ArithmeticException if it overflows a long
     */
    public long elements() {
        long n = 1;
        for (long dim : dims) {
            n = Math.multiplyExact(n, dim);
        }
        return n;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /** As the papers and checkpoints print it: {@code [768, 4]}. */
    @Override
    public String toString() {
        return Arrays.stream(dims)
                .mapToObj(Long::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
