package dev.eddy.kernels.reference;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Lanes;
import dev.eddy.kernels.program.Op;
import org.jspecify.annotations.Nullable;

/**
 * The norms: reductions in sixteen lanes and a tree, one reciprocal a group, then scale and bias.
 */
final class ReferenceNorms {
    private ReferenceNorms() {}

    /** Normalises x [R, W] into out. */
    static void norm(
            Op.Norm op, float[] x, float @Nullable [] scale, float @Nullable [] bias, float[] out) {
        int width = op.out().width();
        int group = width / op.groups();
        for (int from = 0; from < out.length; from += group) {
            float shift = 0;
            float factor =
                    switch (op.kind()) {
                        case RMS ->
                                reciprocal(Lanes.squares(x, from, group, 0) / group, op.epsilon());
                        case RMS_PLUS ->
                                1f
                                        / (Functions.sqrt(Lanes.squares(x, from, group, 0) / group)
                                                + op.epsilon());
                        case L2 -> reciprocal(Lanes.squares(x, from, group, 0), op.epsilon());
                        case LAYER -> {
                            shift = Lanes.sum(x, from, group) / group;
                            yield reciprocal(
                                    Lanes.squares(x, from, group, shift) / group, op.epsilon());
                        }
                    };
            for (int i = from; i < from + group; i++) {
                float y = (x[i] - shift) * factor;
                y = scale == null ? y : y * scale[i % width];
                out[i] = bias == null ? y : y + bias[i % width];
            }
        }
    }

    private static float reciprocal(float square, float epsilon) {
        return 1f / Functions.sqrt(square + epsilon);
    }
}
