package dev.eddy.kernels.tensor;

import dev.eddy.kernels.numerics.Halves;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.List;

/**
 * A handle on a named tensor's bytes, row-major and little-endian: mapped from a checkpoint, or
 * derived from one at load. It owns nothing; whoever made the segment decides how long it lives.
 *
 * @param name the name by which errors call it
 * @param dtype element type
 * @param shape extents, outermost first
 * @param data exactly {@code dtype.bytes(shape.elements())} bytes
 */
public record Tensor(String name, DType dtype, Shape shape, MemorySegment data) {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    public Tensor {
        if (dtype.isQuantised()
                && (shape.rank() == 0 || shape.dim(-1) % dtype.blockElements() != 0)) {
            throw new IllegalArgumentException(
                    "tensor "
                            + name
                            + " "
                            + dtype
                            + " "
                            + shape
                            + ": its rows are no multiple of "
                            + dtype.blockElements()
                            + " elements, a block");
        }
        long expected = dtype.bytes(shape.elements());
        if (data.byteSize() != expected) {
            throw new IllegalArgumentException(
                    "tensor "
                            + name
                            + " "
                            + dtype
                            + " "
                            + shape
                            + " takes "
                            + expected
                            + " bytes, its segment has "
                            + data.byteSize());
        }
    }

    /** A float32 tensor over a copy-free view of {@code values}. */
    public static Tensor ofFloats(String name, Shape shape, float[] values) {
        return new Tensor(name, DType.F32, shape, MemorySegment.ofArray(values));
    }

    /**
     * A copy of {@code parts} one after the other along the outermost axis: in their element type
     * where they share one, else in float32.
     *
     * @param shape extents of the result; as many elements as the parts together
     */
    public static Tensor join(String name, Shape shape, List<Tensor> parts) {
        long elements = parts.stream().mapToLong(part -> part.shape.elements()).sum();
        if (elements != shape.elements()) {
            throw new IllegalArgumentException(
                    "tensor "
                            + name
                            + " "
                            + shape
                            + " has "
                            + shape.elements()
                            + " elements, its parts have "
                            + elements);
        }
        DType shared = parts.getFirst().dtype;
        DType dtype = parts.stream().allMatch(part -> part.dtype == shared) ? shared : DType.F32;
        MemorySegment joined = Arena.ofAuto().allocate(dtype.bytes(elements), Long.BYTES);
        long at = 0;
        for (Tensor part : parts) {
            MemorySegment bytes =
                    part.dtype == dtype ? part.data : MemorySegment.ofArray(part.toFloats());
            MemorySegment.copy(bytes, 0, joined, at, bytes.byteSize());
            at += bytes.byteSize();
        }
        return new Tensor(name, dtype, shape, joined);
    }

    /**
     * Element {@code index} in row-major order as a float (float64 is rounded). Where the type is
     * quantised this decodes a whole block: use {@link #copyFloats} for more than one element.
     */
    public float get(long index) {
        return switch (dtype) {
            case F32 -> data.get(FLOAT, index * 4);
            case F64 -> (float) data.get(DOUBLE, index * 8);
            case F16 -> Halves.fromF16(data.get(SHORT, index * 2));
            case BF16 -> Halves.fromBf16(data.get(SHORT, index * 2));
            case I64, I32, I16, I8, U8, BOOL -> getLong(index);
            case Q4_0, Q5_0, Q8_0, Q4_K, Q5_K, Q6_K -> {
                float[] one = new float[1];
                copyFloats(index, one, 0, 1);
                yield one[0];
            }
        };
    }

    /**
     * Element {@code index} of an integer tensor.
     *
     * @throws IllegalStateException if the tensor holds no integers
     */
    public long getLong(long index) {
        return switch (dtype) {
            case I64 -> data.get(LONG, index * 8);
            case I32 -> data.get(INT, index * 4);
            case I16 -> data.get(SHORT, index * 2);
            case I8 -> data.get(ValueLayout.JAVA_BYTE, index);
            case U8, BOOL -> data.get(ValueLayout.JAVA_BYTE, index) & 0xff;
            case F64, F32, F16, BF16, Q4_0, Q5_0, Q8_0, Q4_K, Q5_K, Q6_K ->
                    throw new IllegalStateException(
                            "tensor " + name + " holds " + dtype + ", not integers");
        };
    }

    /** All elements as floats, in row-major order. */
    public float[] toFloats() {
        float[] values = new float[Math.toIntExact(shape.elements())];
        copyFloats(0, values, 0, values.length);
        return values;
    }

    /** Copies elements {@code from .. from + count - 1} into {@code target}, widened to float. */
    public void copyFloats(long from, float[] target, int offset, int count) {
        if (dtype == DType.F32) {
            MemorySegment.copy(data, FLOAT, from * 4, target, offset, count);
            return;
        }
        if (dtype.isQuantised()) {
            Blocks.copyFloats(dtype, data, from, target, offset, count);
            return;
        }
        for (int i = 0; i < count; i++) {
            target[offset + i] = get(from + i);
        }
    }
}
