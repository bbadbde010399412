package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.function.IntToDoubleFunction;

/** Vectors that no checkpoint holds: fixed decays, ones, coefficients. */
public final class Constants {
    private Constants() {}

    /**
     * A vector [width] of {@code value.applyAsDouble(i)}, made once a program.
     *
     * @param name what it is, different for different values of one width
     */
    public static Weight vector(ModelBuilder m, String name, int width, IntToDoubleFunction value) {
        return m.derived(
                name + " x " + width,
                Shape.of(width),
                _ -> {
                    float[] values = new float[width];
                    for (int i = 0; i < width; i++) {
                        values[i] = (float) value.applyAsDouble(i);
                    }
                    return values;
                });
    }

    /** One in every row: [R, width]. */
    public static Value ones(ModelBuilder m, int width) {
        return m.ops().broadcast(vector(m, "one", width, _ -> 1));
    }
}
