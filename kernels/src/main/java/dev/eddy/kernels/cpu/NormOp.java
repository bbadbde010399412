package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;

/**
 * Normalises whole rows, or sums them up, each group of columns by itself.
 *
 * @param width columns
 * @param groups equal parts of them
 * @param scale address of [width], 0 for none
 * @param bias address of [width], 0 for none
 */
record NormOp(
        NormKind kind,
        Place x,
        Place out,
        int width,
        int groups,
        float epsilon,
        long scale,
        long bias)
        implements RowOp {
    @Override
    public void run(Batch batch, Worker worker, int fromRow, int toRow, int from, int to) {
        int group = width / groups;
        for (int row = fromRow; row < toRow; row++) {
            for (int column = 0; column < width; column += group) {
                normalise(x.at(row, column), out.at(row, column), group, worker);
            }
            long y = out.at(row, 0);
            if (scale != 0) {
                Elements.binary(BinaryFunction.MULTIPLY, y, scale, y, width);
            }
            if (bias != 0) {
                Elements.binary(BinaryFunction.ADD, y, bias, y, width);
            }
        }
    }

    private void normalise(long from, long to, int count, Worker worker) {
        switch (kind) {
            case RMS -> divide(from, 0, root(squares(from, count, worker) / count), to, count);
            case RMS_PLUS -> {
                float root = Functions.sqrt(squares(from, count, worker) / count);
                divide(from, 0, root + epsilon, to, count);
            }
            case LAYER -> {
                float mean = Reductions.sum(from, count, worker) / count;
                float square = Reductions.squares(from, count, mean, worker) / count;
                divide(from, mean, root(square), to, count);
            }
            case L2 -> divide(from, 0, root(squares(from, count, worker)), to, count);
            // Not a float more: the next row may be another thread's.
            case SUM -> Elements.fillOnly(Reductions.sum(from, count, worker), to, count);
        }
    }

    private static float squares(long from, int count, Worker worker) {
        return Reductions.squares(from, count, 0, worker);
    }

    private float root(float square) {
        return Functions.sqrt(square + epsilon);
    }

    private static void divide(long from, float shift, float divisor, long to, int count) {
        Elements.scale(from, shift, 1f / divisor, to, count);
    }
}
