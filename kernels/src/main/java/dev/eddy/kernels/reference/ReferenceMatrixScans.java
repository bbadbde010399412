package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Op;
import org.jspecify.annotations.Nullable;

/**
 * The matrix states, element by element: decay and write, then read; or read with a bonus, then
 * write.
 */
final class ReferenceMatrixScans {
    private final ReferenceArena arena;
    private final Step step;
    private final ReferenceInterpreter values;

    ReferenceMatrixScans(ReferenceArena arena, Step step, ReferenceInterpreter values) {
        this.arena = arena;
        this.step = step;
        this.values = values;
    }

    void matrix(Op.MatrixScan op, float[] out) {
        for (int e = 0; e < step.entries(); e++) {
            float[] s = arena.state(step.slot(e), op.s());
            for (int t = 0; t < step.absorbed(e); t++) {
                for (int h = 0; h < op.heads(); h++) {
                    matrix(op, s, step.offset(e) + t, h, out);
                }
            }
        }
    }

    private void matrix(Op.MatrixScan op, float[] s, int row, int head, float[] out) {
        float[] q = values.of(op.q());
        float[] k = values.of(op.k());
        float[] v = values.of(op.v());
        float[] decay = values.of(op.decay());
        float[] bonus = values.of(op.bonus());
        float[] k2 = op.second() == null ? null : values.of(op.second().k());
        float[] v2 = op.second() == null ? null : values.of(op.second().v());
        int keys = op.k().width() / op.groups();
        int columns = op.v().width() / op.heads();
        int key = row * op.k().width() + head * op.groups() / op.heads() * keys;
        int value = row * op.v().width() + head * columns;
        for (int i = 0; i < keys; i++) {
            for (int j = 0; j < columns; j++) {
                int at = (head * keys + i) * columns + j;
                float old = s[at];
                float w =
                        decay[
                                row * op.decay().width()
                                        + decayAt(op.axis(), head, i, j, keys, columns)];
                float next = Math.fma(w, old, k[key + i] * v[value + j]);
                next = k2 == null || v2 == null ? next : Math.fma(k2[key + i], v2[value + j], next);
                s[at] = arena.round(op.s(), next);
                float read = read(bonus, head * keys + i, k[key + i], v[value + j], old, s[at]);
                out[value + j] = Math.fma(q[key + i], read, out[value + j]);
            }
        }
    }

    private static float read(
            float @Nullable [] bonus, int at, float k, float v, float before, float after) {
        return bonus == null ? after : Math.fma(bonus[at] * k, v, before);
    }

    private static int decayAt(
            Op.MatrixScan.DecayAxis axis, int head, int i, int j, int keys, int columns) {
        return switch (axis) {
            case HEAD -> head;
            case KEY -> head * keys + i;
            case VALUE -> head * columns + j;
        };
    }

    void delta(Op.DeltaScan op, float[] out) {
        int keys = op.k().width() / op.heads();
        int columns = op.v().width() / op.heads();
        for (int e = 0; e < step.entries(); e++) {
            float[] s = arena.state(step.slot(e), op.s());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = step.offset(e) + t;
                for (int h = 0; h < op.heads(); h++) {
                    delta(op, s, row, h, keys, columns, out);
                }
            }
        }
    }

    private void delta(
            Op.DeltaScan op, float[] s, int row, int head, int keys, int columns, float[] out) {
        float[] q = values.of(op.q());
        float[] k = values.of(op.k());
        float[] v = values.of(op.v());
        float[] decay = values.of(op.decay());
        float[] a = values.of(op.a());
        float[] b = values.of(op.b());
        int key = row * op.k().width() + head * keys;
        int value = row * op.v().width() + head * columns;
        boolean perHead = op.decay().width() == op.heads();
        for (int j = 0; j < columns; j++) {
            float p = 0;
            for (int i = 0; i < keys; i++) {
                p = Math.fma(a[key + i], s[(head * keys + i) * columns + j], p);
            }
            float y = 0;
            for (int i = 0; i < keys; i++) {
                int at = (head * keys + i) * columns + j;
                float w = decay[row * op.decay().width() + (perHead ? head : head * keys + i)];
                float write = Math.fma(b[key + i], p, k[key + i] * v[value + j]);
                s[at] = arena.round(op.s(), Math.fma(w, s[at], write));
                y = Math.fma(q[key + i], s[at], y);
            }
            out[value + j] = y;
        }
    }
}
