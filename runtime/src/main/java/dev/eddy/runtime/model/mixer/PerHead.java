package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Products of each head's columns with a matrix of their own: a block-diagonal matrix. */
public final class PerHead {
    private PerHead() {}

    /**
     * x [R, H K], head h times {@code matrix.apply(h)} [N, K], plus bias [N]; out [R, H N].
     *
     * @param bias the same for all heads, or none
     */
    public static Value matmul(
            ModelBuilder m, Value x, int heads, IntFunction<Weight> matrix, @Nullable Weight bias) {
        ProgramBuilder p = m.ops();
        int width = x.width() / heads;
        Value[] parts = new Value[heads];
        for (int h = 0; h < heads; h++) {
            parts[h] = p.matmul(p.columns(x, h * width, width), matrix.apply(h), bias);
        }
        return heads == 1 ? parts[0] : p.concat(parts);
    }
}
