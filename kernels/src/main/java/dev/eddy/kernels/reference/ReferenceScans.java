package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Op;
import java.util.Objects;

/**
 * The operators with state: each walks an entry's elements in time order, one element like a
 * thousand.
 */
final class ReferenceScans {
    private final ReferenceArena arena;
    private final Step step;
    private final ReferenceInterpreter values;

    ReferenceScans(ReferenceArena arena, Step step, ReferenceInterpreter values) {
        this.arena = arena;
        this.step = step;
        this.values = values;
    }

    void fir(Op.Fir op, float[] out) {
        float[] x = values.of(op.x());
        float[] taps = Objects.requireNonNull(values.of(op.taps()));
        float[] bias = values.of(op.bias());
        int width = op.out().width();
        int order = op.taps().shape().size(1);
        for (int e = 0; e < step.entries(); e++) {
            float[] ring = arena.state(step.slot(e), op.ring());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = (step.offset(e) + t) * width;
                for (int c = 0; c < width; c++) {
                    float acc = bias == null ? 0 : bias[c];
                    for (int j = 0; j < order - 1; j++) {
                        acc = Math.fma(taps[c * order + j], ring[j * width + c], acc);
                    }
                    out[row + c] = Math.fma(taps[c * order + order - 1], x[row + c], acc);
                }
                push(ring, x, row, width);
            }
        }
    }

    /** Drops the oldest row of a window [K, W] and appends the one at {@code row}. */
    private static void push(float[] window, float[] x, int row, int width) {
        if (window.length > 0) {
            System.arraycopy(window, width, window, 0, window.length - width);
            System.arraycopy(x, row, window, window.length - width, width);
        }
    }

    void diagonal(Op.DiagonalScan op, float[] out) {
        float[] x = values.of(op.x());
        float[] dt = values.of(op.dt());
        float[] a = Objects.requireNonNull(values.of(op.a()));
        float[] b = values.of(op.b());
        float[] c = values.of(op.c());
        int channels = op.out().width();
        int modes = op.b().width();
        for (int e = 0; e < step.entries(); e++) {
            float[] h = arena.state(step.slot(e), op.h());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = step.offset(e) + t;
                for (int d = 0; d < channels; d++) {
                    float step = dt[row * channels + d];
                    float input = step * x[row * channels + d];
                    float y = 0;
                    for (int n = 0; n < modes; n++) {
                        int i = d * modes + n;
                        float decay = Functions.exp(step * a[i]);
                        h[i] =
                                arena.round(
                                        op.h(), Math.fma(decay, h[i], input * b[row * modes + n]));
                        y = Math.fma(h[i], c[row * modes + n], y);
                    }
                    out[row * channels + d] = y;
                }
            }
        }
    }

    void matrix(Op.MatrixScan op, float[] out) {
        float[] q = values.of(op.q());
        float[] k = values.of(op.k());
        float[] v = values.of(op.v());
        float[] decay = values.of(op.decay());
        int heads = op.heads();
        int keys = op.k().width() / op.groups();
        int columns = op.v().width() / heads;
        int decays = op.decay().width() / heads;
        for (int e = 0; e < step.entries(); e++) {
            float[] s = arena.state(step.slot(e), op.s());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = step.offset(e) + t;
                for (int h = 0; h < heads; h++) {
                    int key = row * op.k().width() + h * op.groups() / heads * keys;
                    int value = row * op.v().width() + h * columns;
                    for (int i = 0; i < keys; i++) {
                        float w = decay[(row * heads + h) * decays + (decays == 1 ? 0 : i)];
                        for (int j = 0; j < columns; j++) {
                            int at = (h * keys + i) * columns + j;
                            s[at] =
                                    arena.round(
                                            op.s(), Math.fma(w, s[at], k[key + i] * v[value + j]));
                            out[value + j] = Math.fma(q[key + i], s[at], out[value + j]);
                        }
                    }
                }
            }
        }
    }

    void select(Op.Select op, float[] out) {
        float[] x = values.of(op.x());
        int width = op.out().width();
        for (int s = 0; s < step.selected(); s++) {
            int source = step.sourceRow(s);
            if (source == Step.CARRY) {
                float[] carry = arena.state(step.slot(step.sourceEntry(s)), op.carry());
                System.arraycopy(carry, 0, out, s * width, width);
            } else {
                System.arraycopy(x, source * width, out, s * width, width);
            }
        }
        for (int e = 0; e < step.entries(); e++) {
            if (step.absorbed(e) > 0) {
                int last = step.offset(e) + step.length(e) - 1;
                System.arraycopy(x, last * width, arena.state(step.slot(e), op.carry()), 0, width);
            }
        }
    }
}
