package dev.eddy.kernels.reference;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Lanes;
import dev.eddy.kernels.program.Op;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The norms: reductions in lanes and a tree, one reciprocal a group, then scale and bias. */
final class ReferenceNorms {
    private ReferenceNorms() {}

    /** Normalises x [R, W] into out. */
    static void norm(
            Op.Norm op, float[] x, float @Nullable [] scale, float @Nullable [] bias, float[] out) {
        int width = op.out().width();
        int group = width / op.groups();
        for (int from = 0; from < out.length; from += group) {
            normalise(op, x, from, group, out);
            for (int i = from; i < from + group; i++) {
                float y = scale == null ? out[i] : out[i] * scale[i % width];
                out[i] = bias == null ? y : y + bias[i % width];
            }
        }
    }

    /** One group of {@code count} columns, before scale and bias. */
    private static void normalise(Op.Norm op, float[] x, int from, int count, float[] out) {
        float epsilon = op.epsilon();
        switch (op.kind()) {
            case RMS -> {
                float root = Functions.sqrt(Lanes.squares(x, from, count, 0) / count + epsilon);
                divide(x, from, count, 0, root, out);
            }
            case RMS_PLUS -> {
                float root = Functions.sqrt(Lanes.squares(x, from, count, 0) / count);
                divide(x, from, count, 0, root + epsilon, out);
            }
            case LAYER -> {
                float mean = Lanes.sum(x, from, count) / count;
                float square = Lanes.squares(x, from, count, mean) / count;
                divide(x, from, count, mean, Functions.sqrt(square + epsilon), out);
            }
            case L2 -> {
                float root = Functions.sqrt(Lanes.squares(x, from, count, 0) + epsilon);
                divide(x, from, count, 0, root, out);
            }
            case SUM -> Arrays.fill(out, from, from + count, Lanes.sum(x, from, count));
        }
    }

    private static void divide(
            float[] x, int from, int count, float shift, float divisor, float[] out) {
        float factor = 1f / divisor;
        for (int i = from; i < from + count; i++) {
            out[i] = (x[i] - shift) * factor;
        }
    }
}
