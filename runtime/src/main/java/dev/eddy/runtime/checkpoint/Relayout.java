package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Tensors put together from stored ones that another format lays out differently. Whole rows keep
 * their bytes, so quantised ones stay as they are; what must be copied is copied when asked for.
 */
final class Relayout {
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

    /** The last two axes exchanged, as float32. */
    static StoredTensor transposed(String name, StoredTensor stored) {
        long[] dims = dims(stored.shape());
        int rank = dims.length;
        int rows = stored.shape().size(-2);
        int columns = stored.shape().size(-1);
        dims[rank - 2] = columns;
        dims[rank - 1] = rows;
        Shape shape = Shape.of(dims);
        return new StoredTensor(
                stored.source(),
                DType.F32,
                shape,
                () -> {
                    float[] in = stored.tensor().toFloats();
                    float[] out = new float[in.length];
                    for (int i = 0; i < in.length; i++) {
                        int row = i / columns % rows;
                        int base = i - i % (rows * columns);
                        out[base + i % columns * rows + row] = in[i];
                    }
                    return Tensor.ofFloats(name, shape, out);
                });
    }

    private static long[] dims(Shape shape) {
        long[] dims = new long[shape.rank()];
        Arrays.setAll(dims, shape::dim);
        return dims;
    }
}
