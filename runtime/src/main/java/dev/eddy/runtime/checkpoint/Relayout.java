package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Tensors put together from stored ones that another format lays out differently. Whole rows keep
 * their bytes, so quantised ones stay as they are; what must be copied is copied when asked for.
 */
final class Relayout {
    private static final ValueLayout.OfDouble DOUBLE =
            ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Relayout() {}

    /** The same bytes under another name and shape; rows of quantised types keep their width. */
    static StoredTensor reshaped(String name, StoredTensor stored, Shape shape) {
        return new StoredTensor(
                stored.source(),
                stored.dtype(),
                shape,
                () -> new Tensor(name, stored.dtype(), shape, stored.tensor().data()));
    }

    /** Parts {@code from .. from + count - 1} along the outermost axis; no copy. */
    static StoredTensor part(String name, StoredTensor stored, long from, long count) {
        long[] dims = dims(stored.shape());
        long bytes = dims[0] == 0 ? 0 : stored.bytes() / dims[0];
        dims[0] = count;
        Shape shape = Shape.of(dims);
        return new StoredTensor(
                stored.source(),
                stored.dtype(),
                shape,
                () ->
                        new Tensor(
                                name,
                                stored.dtype(),
                                shape,
                                stored.tensor().data().asSlice(from * bytes, count * bytes)));
    }

    /**
     * Parts along the outermost axis in another order: part i is the stored one {@code from(i)}.
     */
    static StoredTensor reordered(String name, StoredTensor stored, IntUnaryOperator from) {
        return new StoredTensor(
                stored.source(),
                stored.dtype(),
                stored.shape(),
                () -> {
                    MemorySegment in = stored.tensor().data();
                    MemorySegment out = Arena.ofAuto().allocate(in.byteSize(), Long.BYTES);
                    int rows = stored.shape().size(0);
                    long bytes = rows == 0 ? 0 : in.byteSize() / rows;
                    for (int i = 0; i < rows; i++) {
                        MemorySegment.copy(in, from.applyAsInt(i) * bytes, out, i * bytes, bytes);
                    }
                    return new Tensor(name, stored.dtype(), stored.shape(), out);
                });
    }

    /**
     * Tensors one after the other along the outermost axis; as float32 where their types differ.
     */
    static StoredTensor joined(String name, List<StoredTensor> parts) {
        StoredTensor first = parts.getFirst();
        boolean same = parts.stream().allMatch(part -> part.dtype() == first.dtype());
        DType dtype = same ? first.dtype() : DType.F32;
        long[] dims = dims(first.shape());
        dims[0] = parts.stream().mapToLong(part -> part.shape().dim(0)).sum();
        Shape shape = Shape.of(dims);
        return new StoredTensor(
                first.source(),
                dtype,
                shape,
                () -> Tensor.join(name, shape, parts.stream().map(StoredTensor::tensor).toList()));
    }

    /**
     * Every element times 2^{@code exponent}: exact but where a 16-bit type overflows. Blocks of
     * quantised types take the factor in their scales.
     *
     * @param exponent from 0 to 30
     */
    static StoredTensor scaled(String name, StoredTensor stored, int exponent) {
        return new StoredTensor(
                stored.source(),
                stored.dtype(),
                stored.shape(),
                () -> {
                    MemorySegment in = stored.tensor().data();
                    MemorySegment out = Arena.ofAuto().allocate(in.byteSize(), Long.BYTES);
                    out.copyFrom(in);
                    Scales scales = Scales.of(stored.dtype());
                    for (long at = 0; at < out.byteSize(); at += stored.dtype().blockBytes()) {
                        scales.multiply(out, at, 1 << exponent);
                    }
                    return new Tensor(name, stored.dtype(), stored.shape(), out);
                });
    }

    /** Where a block has the numbers to which all its elements are proportional. */
    private record Scales(int offset, int count, DType dtype) {
        static Scales of(DType dtype) {
            return switch (dtype) {
                case F64, F32, F16, BF16 -> new Scales(0, 1, dtype);
                case Q4_0, Q5_0, Q8_0 -> new Scales(0, 1, DType.F16);
                case Q4_K, Q5_K -> new Scales(0, 2, DType.F16);
                case Q6_K -> new Scales(dtype.blockBytes() - Short.BYTES, 1, DType.F16);
                case I64, I32, I16, I8, U8, BOOL ->
                        throw new IllegalArgumentException(dtype + " is no weight's type");
            };
        }

        void multiply(MemorySegment data, long block, float factor) {
            for (int i = 0; i < count; i++) {
                long at = block + offset + (long) i * dtype.blockBytes();
                switch (dtype) {
                    case F64 -> data.set(DOUBLE, at, data.get(DOUBLE, at) * factor);
                    case F32 -> data.set(FLOAT, at, data.get(FLOAT, at) * factor);
                    case F16 -> {
                        float value = Float.float16ToFloat(data.get(SHORT, at)) * factor;
                        data.set(SHORT, at, Float.floatToFloat16(value));
                    }
                    case BF16 -> {
                        float value = Float.intBitsToFloat(data.get(SHORT, at) << 16) * factor;
                        data.set(SHORT, at, (short) (Float.floatToRawIntBits(value) >>> 16));
                    }
                    case I64, I32, I16, I8, U8, BOOL, Q4_0, Q5_0, Q8_0, Q4_K, Q5_K, Q6_K ->
                            throw new IllegalStateException(dtype + " is no scale's type");
                }
            }
        }
    }

    private static long[] dims(Shape shape) {
        long[] dims = new long[shape.rank()];
        Arrays.setAll(dims, shape::dim);
        return dims;
    }
}
