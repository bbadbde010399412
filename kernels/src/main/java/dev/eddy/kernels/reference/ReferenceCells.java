package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Op;

/** The gated non-linear cells: one recurrent product an element, then the gates. */
final class ReferenceCells {
    private final ReferenceArena arena;
    private final Step step;
    private final ReferenceInterpreter values;

    ReferenceCells(ReferenceArena arena, Step step, ReferenceInterpreter values) {
        this.arena = arena;
        this.step = step;
        this.values = values;
    }

    void cell(Op.CellScan op, float[] out) {
        float[] x = values.of(op.x());
        float[] bias = values.of(op.bias());
        int hidden = op.out().width();
        float[] recurrent = new float[op.x().width()];
        for (int e = 0; e < step.entries(); e++) {
            float[] state = arena.state(step.slot(e), op.state());
            for (int t = 0; t < step.absorbed(e); t++) {
                int row = step.offset(e) + t;
                values.product(op.recurrent(), 0, state, 0, recurrent);
                for (int i = 0; bias != null && i < recurrent.length; i++) {
                    recurrent[i] += bias[i];
                }
                for (int c = 0; c < hidden; c++) {
                    switch (op.kind()) {
                        case LSTM -> lstm(op, x, row * 4 * hidden + c, recurrent, state, c, hidden);
                        case GRU -> gru(op, x, row * 3 * hidden + c, recurrent, state, c, hidden);
                    }
                }
                System.arraycopy(state, 0, out, row * hidden, hidden);
            }
        }
    }

    private void lstm(
            Op.CellScan op, float[] x, int at, float[] r, float[] state, int c, int hidden) {
        float i = Functions.sigmoid(x[at] + r[c]);
        float f = Functions.sigmoid(x[at + hidden] + r[hidden + c]);
        float g = Functions.tanh(x[at + 2 * hidden] + r[2 * hidden + c]);
        float o = Functions.sigmoid(x[at + 3 * hidden] + r[3 * hidden + c]);
        float cell = arena.round(op.state(), Math.fma(f, state[hidden + c], i * g));
        state[hidden + c] = cell;
        state[c] = arena.round(op.state(), o * Functions.tanh(cell));
    }

    private void gru(
            Op.CellScan op, float[] x, int at, float[] r, float[] state, int c, int hidden) {
        float reset = Functions.sigmoid(x[at] + r[c]);
        float z = Functions.sigmoid(x[at + hidden] + r[hidden + c]);
        float n = Functions.tanh(Math.fma(reset, r[2 * hidden + c], x[at + 2 * hidden]));
        state[c] = arena.round(op.state(), Math.fma(z, state[c] - n, n));
    }
}
