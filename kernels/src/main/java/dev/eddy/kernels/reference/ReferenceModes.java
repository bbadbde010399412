package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Op;

/** The recurrence with constant poles: real, complex, or complex with a low-rank feedback. */
final class ReferenceModes {
    private final ReferenceArena arena;
    private final Step step;
    private final ReferenceInterpreter values;

    ReferenceModes(ReferenceArena arena, Step step, ReferenceInterpreter values) {
        this.arena = arena;
        this.step = step;
        this.values = values;
    }

    void modal(Op.ModalScan op, float[] out) {
        float[] x = values.of(op.x());
        int channels = op.out().width();
        for (int e = 0; e < step.entries(); e++) {
            float[] h = arena.state(step.slot(e), op.h());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = (step.offset(e) + t) * channels;
                for (int d = 0; d < channels; d++) {
                    float input = x[row + d];
                    out[row + d] =
                            op.poles().shape().rank() == 2
                                    ? real(op, h, d, input)
                                    : complex(op, h, d, input);
                }
            }
        }
    }

    private float real(Op.ModalScan op, float[] h, int channel, float x) {
        float[] poles = values.weight(op.poles());
        float[] residues = values.weight(op.residues());
        int modes = op.poles().shape().size(1);
        float y = 0;
        for (int i = channel * modes; i < (channel + 1) * modes; i++) {
            h[i] = arena.round(op.h(), Math.fma(poles[i], h[i], x));
            y = Math.fma(residues[i], h[i], y);
        }
        return y;
    }

    private float complex(Op.ModalScan op, float[] h, int channel, float x) {
        float[] poles = values.weight(op.poles());
        float[] residues = values.weight(op.residues());
        int width = 2 * op.poles().shape().size(1);
        int from = channel * width;
        Op.ModalScan.Feedback feedback = op.feedback();
        float f = feedback == null ? 0 : dot(values.weight(feedback.read()), h, from, width);
        for (int i = from; i < from + width; i += 2) {
            float re = h[i];
            float im = h[i + 1];
            float inner;
            float outer;
            if (feedback == null) {
                inner = Math.fma(-poles[i + 1], im, x);
                outer = poles[i + 1] * re;
            } else {
                float[] input = values.weight(feedback.input());
                float[] write = values.weight(feedback.write());
                inner = Math.fma(-poles[i + 1], im, Math.fma(write[i], f, input[i] * x));
                outer = Math.fma(poles[i + 1], re, Math.fma(write[i + 1], f, input[i + 1] * x));
            }
            h[i] = arena.round(op.h(), Math.fma(poles[i], re, inner));
            h[i + 1] = arena.round(op.h(), Math.fma(poles[i], im, outer));
        }
        return dot(residues, h, from, width);
    }

    /** Real part of the sum over modes of a h: an FMA chain from zero. */
    private static float dot(float[] a, float[] h, int from, int width) {
        float y = 0;
        for (int i = from; i < from + width; i += 2) {
            y = Math.fma(a[i], h[i], y);
            y = Math.fma(-a[i + 1], h[i + 1], y);
        }
        return y;
    }
}
