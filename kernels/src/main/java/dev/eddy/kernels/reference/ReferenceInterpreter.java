package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program's operators one after the other over one step: the definition of each operator's
 * bits.
 */
final class ReferenceInterpreter {
    private final Program program;
    private final ReferenceWeights weights;
    private final Step step;
    private final ReferenceArena arena;
    private final ReferenceScans scans;
    private final ReferenceMatrixScans matrices;
    private final ReferenceCells cells;
    private final ReferenceModes modes;
    private final float[][] values;

    ReferenceInterpreter(
            Program program, ReferenceWeights weights, ReferenceArena arena, Step step) {
        this.program = program;
        this.weights = weights;
        this.step = step;
        this.values = new float[program.values()][];
        this.arena = arena;
        this.scans = new ReferenceScans(arena, step, this);
        this.matrices = new ReferenceMatrixScans(arena, step, this);
        this.cells = new ReferenceCells(arena, step, this);
        this.modes = new ReferenceModes(arena, step, this);
    }

    /** Runs all operators; the output's rows [selected, width]. */
    float[] run() {
        for (Op op : program.ops()) {
            Value out = op.out();
            values[out.id()] = new float[rows(out) * out.width()];
            run(op, values[out.id()]);
        }
        return values[program.output().value().id()];
    }

    private void run(Op op, float[] out) {
        switch (op) {
            case Op.Embed embed -> embed(embed, out);
            case Op.Frames _ -> System.arraycopy(step.frames(), 0, out, 0, out.length);
            case Op.Columns columns -> columns(columns, out);
            case Op.MatMul matmul -> matmul(matmul, out);
            case Op.Unary unary -> unary(unary, out);
            case Op.Binary binary -> binary(binary, out);
            case Op.Norm norm ->
                    ReferenceNorms.norm(norm, of(norm.x()), of(norm.scale()), of(norm.bias()), out);
            case Op.Fir fir -> scans.fir(fir, out);
            case Op.DiagonalScan scan -> scans.diagonal(scan, out);
            case Op.MatrixScan scan -> matrices.matrix(scan, out);
            case Op.DeltaScan scan -> matrices.delta(scan, out);
            case Op.Recurrence scan -> scans.recurrence(scan, out);
            case Op.ModalScan scan -> modes.modal(scan, out);
            case Op.PhaseScan scan -> scans.phase(scan, out);
            case Op.LogMaxScan scan -> scans.logMax(scan, out);
            case Op.WkvScan scan -> scans.wkv(scan, out);
            case Op.CellScan scan -> cells.cell(scan, out);
            case Op.Delay delay -> scans.delay(delay, out);
            case Op.Attention attention ->
                    ReferenceAttention.attend(attention, arena, step, this, out);
            case Op.Rotate rotate ->
                    ReferenceRows.rotate(
                            rotate, step, of(rotate.x()), weight(rotate.frequencies()), out);
            case Op.Softmax softmax -> ReferenceRows.softmax(softmax, of(softmax.x()), out);
            case Op.Concat concat -> ReferenceRows.concat(concat, this, out);
            case Op.Outer outer -> ReferenceRows.outer(outer, of(outer.x()), of(outer.y()), out);
            case Op.Broadcast broadcast -> ReferenceRows.broadcast(weight(broadcast.weight()), out);
            case Op.Route route ->
                    ReferenceExperts.route(route, of(route.scores()), of(route.bias()), out);
            case Op.Experts experts -> ReferenceExperts.experts(experts, this, out);
            case Op.Select select -> scans.select(select, out);
        }
    }

    /** Rows that a value has in this step. */
    int rows(Value value) {
        return value.rows() == Rows.ALL ? step.rows() : step.selected();
    }

    float[] of(Value value) {
        return values[value.id()];
    }

    float @Nullable [] of(@Nullable Weight weight) {
        return weight == null ? null : weights.stored(weight);
    }

    /** A weight as stored. */
    float[] weight(Weight weight) {
        return weights.stored(weight);
    }

    private void embed(Op.Embed op, float[] out) {
        float[] table = weights.stored(op.table());
        int width = op.out().width();
        for (int r = 0; r < step.rows(); r++) {
            System.arraycopy(table, step.id(r) * width, out, r * width, width);
        }
    }

    private void columns(Op.Columns op, float[] out) {
        int width = op.out().width();
        for (int r = 0; r < rows(op.out()); r++) {
            System.arraycopy(of(op.x()), r * op.x().width() + op.from(), out, r * width, width);
        }
    }

    private void matmul(Op.MatMul op, float[] out) {
        float[] x = of(op.x());
        float[] bias = of(op.bias());
        float[] row = new float[op.out().width()];
        for (int r = 0; r < rows(op.out()); r++) {
            product(op.weight(), 0, x, r * op.x().width(), row);
            for (int n = 0; n < row.length; n++) {
                out[r * row.length + n] = bias == null ? row[n] : row[n] + bias[n];
            }
        }
    }

    /**
     * out[n] = row n of matrix {@code index} of a weight [out, in] or [count, out, in] times x[from
     * .. from + in - 1], as the weight's type says.
     */
    void product(Weight weight, int index, float[] x, int from, float[] out) {
        weights.matrix(weight).product(index, x, from, out);
    }

    private void unary(Op.Unary op, float[] out) {
        float[] x = of(op.x());
        for (int i = 0; i < out.length; i++) {
            out[i] = apply(op.function(), x[i]);
        }
    }

    /** f(x). */
    static float apply(UnaryFunction function, float x) {
        return switch (function) {
            case EXP -> Functions.exp(x);
            case SIGMOID -> Functions.sigmoid(x);
            case SILU -> Functions.silu(x);
            case SOFTPLUS -> Functions.softplus(x);
            case TANH -> Functions.tanh(x);
            case RELU -> Functions.relu(x);
            case RELU_SQUARED -> Functions.relu(x) * Functions.relu(x);
            case GELU -> Functions.gelu(x);
            case GELU_TANH -> Functions.geluTanh(x);
            case LOG_SIGMOID -> -Functions.softplus(-x);
            case ELU_PLUS_ONE -> Functions.eluPlusOne(x);
            case SQRT -> Functions.sqrt(x);
        };
    }

    private void binary(Op.Binary op, float[] out) {
        float[] x = of(op.x());
        int width = op.out().width();
        for (int r = 0; r < rows(op.out()); r++) {
            for (int c = 0; c < width; c++) {
                float a = x[r * width + c];
                float b = operand(op.y(), op.spread(), r, c, width);
                out[r * width + c] =
                        switch (op.function()) {
                            case ADD -> a + b;
                            case SUBTRACT -> a - b;
                            case MULTIPLY -> a * b;
                            case DIVIDE -> a / b;
                            case MAX -> Functions.max(a, b);
                            case MIN -> Functions.min(a, b);
                        };
            }
        }
    }

    private float operand(Operand y, Spread spread, int row, int column, int width) {
        return switch (y) {
            case Operand.Scalar scalar -> scalar.value();
            case Weight weight ->
                    weights.stored(weight)[spread(spread, column, width, (int) weight.elements())];
            case Value value ->
                    of(value)[row * value.width() + spread(spread, column, width, value.width())];
        };
    }

    private static int spread(Spread spread, int column, int wide, int narrow) {
        return switch (spread) {
            case BLOCKS -> column / (wide / narrow);
            case TILES -> column % narrow;
        };
    }
}
