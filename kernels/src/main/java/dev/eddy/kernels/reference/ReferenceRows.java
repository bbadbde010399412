package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Lanes;
import dev.eddy.kernels.numerics.Rotation;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Value;

/** The operators that rearrange or rescale rows without state. */
final class ReferenceRows {
    private ReferenceRows() {}

    static void softmax(Op.Softmax op, float[] x, float[] out) {
        int group = op.out().width() / op.groups();
        for (int from = 0; from < out.length; from += group) {
            float largest = Float.NEGATIVE_INFINITY;
            for (int i = from; i < from + group; i++) {
                largest = Functions.max(x[i], largest);
            }
            for (int i = from; i < from + group; i++) {
                out[i] = Functions.exp(x[i] - largest);
            }
            float sum = Lanes.sum(out, from, group);
            for (int i = from; i < from + group; i++) {
                out[i] /= sum;
            }
        }
    }

    static void concat(Op.Concat op, ReferenceInterpreter values, float[] out) {
        int group = op.out().width() / op.groups();
        int at = 0;
        for (Value part : op.parts()) {
            float[] x = values.of(part);
            int width = part.width() / op.groups();
            for (int g = 0; g < out.length / group; g++) {
                System.arraycopy(x, g * width, out, g * group + at, width);
            }
            at += width;
        }
    }

    static void outer(Op.Outer op, float[] x, float[] y, float[] out) {
        int n = op.x().width() / op.groups();
        int m = op.y().width() / op.groups();
        for (int i = 0; i < x.length; i++) {
            int group = i / n;
            for (int j = 0; j < m; j++) {
                out[i * m + j] = x[i] * y[group * m + j];
            }
        }
    }

    static void broadcast(float[] weight, float[] out) {
        for (int from = 0; from < out.length; from += weight.length) {
            System.arraycopy(weight, 0, out, from, weight.length);
        }
    }

    static void rotate(Op.Rotate op, Step step, float[] x, float[] frequencies, float[] out) {
        int width = op.out().width();
        int head = width / op.heads();
        int pairs = frequencies.length;
        Rotation rotation = new Rotation();
        System.arraycopy(x, 0, out, 0, out.length);
        for (int e = 0; e < step.entries(); e++) {
            for (int t = 0; t < step.length(e); t++) {
                for (int f = 0; f < pairs; f++) {
                    double angle = (step.start(e) + t) * (double) frequencies[f];
                    rotation.turn(angle);
                    float sin = (float) rotation.sine() * op.magnitude();
                    float cos = (float) rotation.cosine() * op.magnitude();
                    for (int h = 0; h < op.heads(); h++) {
                        int from = (step.offset(e) + t) * width + h * head;
                        int i = from + (op.interleaved() ? 2 * f : f);
                        int j = from + (op.interleaved() ? 2 * f + 1 : f + pairs);
                        out[i] = Math.fma(x[i], cos, -(x[j] * sin));
                        out[j] = Math.fma(x[i], sin, x[j] * cos);
                    }
                }
            }
        }
    }
}
