package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/** A norm of whole rows, with weights of a name. */
@FunctionalInterface
public interface Norm {
    /** x [R, D] normed by the weights that {@code local} names; [R, D]. */
    Value apply(ModelBuilder m, String local, Value x);
}
