package dev.eddy.kernels.program;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.function.Supplier;

/**
 * A symbolic weight: a checkpoint's tensor or one derived from it, fetched when a backend compiles
 * the program.
 *
 * @param id its index among the program's weights
 * @param name the name by which errors call it
 * @param shape extents, outermost first; a matrix is [out, in]
 * @param stored the element type of that tensor; F32 where it is only known when it is made
 * @param source makes the tensor; its shape has as many elements as {@code shape}
 */
public record Weight(int id, String name, Shape shape, DType stored, Supplier<Tensor> source)
        implements Operand {
    /** Number of elements. */
    public long elements() {
        return shape.elements();
    }
}
