package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.State;

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
        for (int e = 0; e < step.entries(); e++) {
            if (op.ring().role() == State.Role.HISTORY) {
                growingFir(op, e, out);
            } else {
                fir(op, e, out);
            }
        }
    }

    private void fir(Op.Fir op, int entry, float[] out) {
        float[] x = values.of(op.x());
        float[] taps = values.weight(op.taps());
        float[] bias = values.of(op.bias());
        int width = op.out().width();
        int order = op.taps().shape().size(1);
        float[] ring = arena.state(step.slot(entry), op.ring());
        for (int t = 0; t < step.absorbed(entry); t++) {
            int row = (step.offset(entry) + t) * width;
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

    private void growingFir(Op.Fir op, int entry, float[] out) {
        float[] taps = values.weight(op.taps());
        float[] bias = values.of(op.bias());
        int width = op.out().width();
        int order = op.taps().shape().size(1);
        ReferencePast past = ReferencePast.of(arena, step.slot(entry), op.ring());
        for (int t = 0; t < step.absorbed(entry); t++) {
            int row = step.offset(entry) + t;
            int position = Math.toIntExact(step.start(entry) + t);
            past.put(values.of(op.x()), row, position);
            for (int c = 0; c < width; c++) {
                out[row * width + c] = bias == null ? 0 : bias[c];
            }
            for (int p = 0; p <= position; p++) {
                float[] kept = past.array(p);
                int at = past.row(p);
                int tap = order - 1 - (position - p);
                for (int c = 0; c < width; c++) {
                    int i = row * width + c;
                    out[i] = Math.fma(taps[c * order + tap], kept[at + c], out[i]);
                }
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
        float[] a = values.weight(op.a());
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

    void recurrence(Op.Recurrence op, float[] out) {
        float[] a = values.of(op.a());
        float[] b = values.of(op.b());
        int width = op.out().width();
        for (int e = 0; e < step.entries(); e++) {
            float[] h = arena.state(step.slot(e), op.h());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = (step.offset(e) + t) * width;
                for (int c = 0; c < width; c++) {
                    h[c] = arena.round(op.h(), Math.fma(a[row + c], h[c], b[row + c]));
                    out[row + c] = h[c];
                }
            }
        }
    }

    void phase(Op.PhaseScan op, float[] out) {
        float[] x = values.of(op.x());
        int width = op.x().width();
        for (int e = 0; e < step.entries(); e++) {
            float[] phase = arena.state(step.slot(e), op.phase());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = step.offset(e) + t;
                for (int c = 0; c < width; c++) {
                    float moved = phase[c] + x[row * width + c];
                    phase[c] = moved - Functions.rint(moved);
                    out[row * 2 * width + c] = Functions.cosTurns(phase[c]);
                    out[(row * 2 + 1) * width + c] = Functions.sinTurns(phase[c]);
                }
            }
        }
    }

    void logMax(Op.LogMaxScan op, float[] out) {
        float[] f = values.of(op.f());
        float[] i = values.of(op.i());
        int heads = op.f().width();
        for (int e = 0; e < step.entries(); e++) {
            float[] m = arena.state(step.slot(e), op.m());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = step.offset(e) + t;
                for (int h = 0; h < heads; h++) {
                    float kept = f[row * heads + h] + m[h];
                    float input = i[row * heads + h];
                    m[h] = arena.round(op.m(), Functions.max(kept, input));
                    out[row * 3 * heads + h] = Functions.exp(kept - m[h]);
                    out[(row * 3 + 1) * heads + h] = Functions.exp(input - m[h]);
                    out[(row * 3 + 2) * heads + h] = m[h];
                }
            }
        }
    }

    void wkv(Op.WkvScan op, float[] out) {
        float[] k = values.of(op.k());
        float[] v = values.of(op.v());
        float[] w = values.weight(op.decay());
        float[] u = values.weight(op.bonus());
        int width = op.out().width();
        for (int e = 0; e < step.entries(); e++) {
            float[] state = arena.state(step.slot(e), op.state());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = (step.offset(e) + t) * width;
                for (int c = 0; c < width; c++) {
                    float a = state[c];
                    float b = state[width + c];
                    float p = b == 0 ? Float.NEGATIVE_INFINITY : state[2 * width + c];
                    float key = k[row + c];
                    float top = Functions.max(p, u[c] + key);
                    float past = Functions.exp(p - top);
                    float now = Functions.exp(u[c] + key - top);
                    out[row + c] = Math.fma(past, a, now * v[row + c]) / Math.fma(past, b, now);
                    float next = Functions.max(p + w[c], key);
                    past = Functions.exp(p + w[c] - next);
                    now = Functions.exp(key - next);
                    state[c] = arena.round(op.state(), Math.fma(past, a, now * v[row + c]));
                    state[width + c] = arena.round(op.state(), Math.fma(past, b, now));
                    state[2 * width + c] = arena.round(op.state(), next);
                }
            }
        }
    }

    void delay(Op.Delay op, float[] out) {
        float[] x = values.of(op.x());
        int width = op.out().width();
        for (int e = 0; e < step.entries(); e++) {
            float[] last = arena.state(step.slot(e), op.last());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = (step.offset(e) + t) * width;
                System.arraycopy(last, 0, out, row, width);
                System.arraycopy(x, row, last, 0, width);
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
