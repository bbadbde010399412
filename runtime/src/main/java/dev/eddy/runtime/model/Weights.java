package dev.eddy.runtime.model;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Where an architecture's weights come from: a checkpoint, or a generator that needs none. */
public interface Weights {
    /**
     * The weight of that name, checked now and fetched later.
     *
     * @param name full name in the checkpoint
     * @param shape the shape that the architecture expects
     * @throws RuntimeException naming file, tensor, expected and found where it is missing or of
     *     another shape
     */
    Supplier<Tensor> get(String name, Shape shape);

    /** True if there is a weight of that name; a generator answers false. */
    boolean has(String name);

    /** The one whole number in the tensor of that name; none where there is no such tensor. */
    default OptionalLong integer(String name) {
        return OptionalLong.empty();
    }

    /**
     * The element type of the weight of that name and shape as it is stored; float32 where it is
     * made up.
     */
    default DType dtype(String name, Shape shape) {
        return DType.F32;
    }

    /** The stored extents of the weight of that name, if there is one; a generator has none. */
    default Optional<Shape> shape(String name) {
        return Optional.empty();
    }

    /** The weights whose names begin with {@code prefix}, by what follows it. */
    default Weights below(String prefix) {
        Weights all = this;
        return new Weights() {
            @Override
            public Supplier<Tensor> get(String name, Shape shape) {
                return all.get(prefix + name, shape);
            }

            @Override
            public boolean has(String name) {
                return all.has(prefix + name);
            }

            @Override
            public OptionalLong integer(String name) {
                return all.integer(prefix + name);
            }

            @Override
            public Optional<Shape> shape(String name) {
                return all.shape(prefix + name);
            }
        };
    }
}
