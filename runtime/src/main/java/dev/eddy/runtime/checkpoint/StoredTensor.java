package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.function.Supplier;

/**
 * A tensor that a checkpoint has: its type and shape are known, its bytes are there or are made
 * from others when asked for.
 *
 * @param source the file that holds it, for error messages
 * @param maker gives the tensor, of that type and shape
 */
record StoredTensor(String source, DType dtype, Shape shape, Supplier<Tensor> maker) {
    /** A tensor whose bytes are there. */
    StoredTensor(String source, Tensor tensor) {
        this(source, tensor.dtype(), tensor.shape(), () -> tensor);
    }

    Tensor tensor() {
        return maker.get();
    }

    long bytes() {
        return dtype.bytes(shape.elements());
    }
}
