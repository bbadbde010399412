package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;

/**
 * Normalises whole rows, each group of columns by itself.
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
                normalise(x.at(row, column), out.at(row, column), group, worker.lanes);
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

    private void normalise(long from, long to, int count, float[] lanes) {
        float shift = 0;
        float square =
                switch (kind) {
                    case RMS, RMS_PLUS -> Reductions.squares(from, count, 0, lanes) / count;
                    case L2 -> Reductions.squares(from, count, 0, lanes);
                    case LAYER -> {
                        shift = Reductions.sum(from, count, lanes) / count;
                        yield Reductions.squares(from, count, shift, lanes) / count;
                    }
                };
        float root =
                kind == NormKind.RMS_PLUS
                        ? Functions.sqrt(square) + epsilon
                        : Functions.sqrt(square + epsilon);
        Elements.scale(from, shift, 1f / root, to, count);
    }
}
