package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program's operators one after the other over one step: the definition of each operator's
 * bits.
 */
final class ReferenceInterpreter {
    private final Program program;
    private final ReferenceWeights weights;
    private final Step step;
    private final ReferenceScans scans;
    private final float[][] values;

    ReferenceInterpreter(
            Program program, ReferenceWeights weights, ReferenceArena arena, Step step) {
        this.program = program;
        this.weights = weights;
        this.step = step;
        this.values = new float[program.values()][];
        this.scans = new ReferenceScans(arena, step, this);
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
            case Op.MatrixScan scan -> scans.matrix(scan, out);
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

    /** out[r, n] = FMA chain over k of x[r, k] w[k, n], from zero; then the bias. */
    private void matmul(Op.MatMul op, float[] out) {
        float[] x = of(op.x());
        float[] w = weights.matrix(op.weight());
        float[] bias = of(op.bias());
        int width = op.out().width();
        int depth = op.x().width();
        float[] acc = new float[width];
        for (int r = 0; r < rows(op.out()); r++) {
            Arrays.fill(acc, 0);
            for (int k = 0; k < depth; k++) {
                float xk = x[r * depth + k];
                int row = k * width;
                for (int n = 0; n < width; n++) {
                    acc[n] = Math.fma(xk, w[row + n], acc[n]);
                }
            }
            for (int n = 0; n < width; n++) {
                out[r * width + n] = bias == null ? acc[n] : acc[n] + bias[n];
            }
        }
    }

    private void unary(Op.Unary op, float[] out) {
        float[] x = of(op.x());
        for (int i = 0; i < out.length; i++) {
            out[i] =
                    switch (op.function()) {
                        case EXP -> Functions.exp(x[i]);
                        case SIGMOID -> Functions.sigmoid(x[i]);
                        case SILU -> Functions.silu(x[i]);
                        case SOFTPLUS -> Functions.softplus(x[i]);
                        case TANH -> Functions.tanh(x[i]);
                        case RELU -> Functions.relu(x[i]);
                        case RELU_SQUARED -> Functions.relu(x[i]) * Functions.relu(x[i]);
                    };
        }
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
