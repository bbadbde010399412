package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.StateTiles.COLUMNS;
import static dev.eddy.kernels.cpu.StateTiles.ROW;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Op.CellScan.CellKind;
import dev.eddy.kernels.program.UnaryFunction;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * The gated cells, element by element: the entries that have one absorb it together, so that they
 * share the recurrent product. First their h are packed, then each tile of channels is multiplied,
 * gate by gate, and goes through the gates.
 */
final class CellStages {
    private static final RowOp[] NONE = {};

    /** Nanoseconds a number that is packed, and what a channel's gates take. */
    private static final double PACK = 0.5;

    private static final double GATES = 3;

    private CellStages() {}

    /**
     * What the operator reads and writes.
     *
     * @param bias address of [G H], 0 for none
     * @param hidden H
     * @param state h, and c of an LSTM
     * @param gates the recurrent matrix of each gate, [H, H]
     * @param products where each gate's products go, a row an entry
     * @param h where the entries' h come together
     * @param form how they are packed, into {@code packed}
     */
    record Arguments(
            CellKind kind,
            Place x,
            long bias,
            Place out,
            int hidden,
            StateTiles state,
            List<Panels> gates,
            List<Place> products,
            Place h,
            RowForm form,
            PackedRows packed) {}

    /** What masked entries yield: zeros. A unit is an entry. */
    static final class Mask extends Stage {
        private final Arguments a;

        Mask(Arguments arguments) {
            super(NONE);
            a = arguments;
        }

        @Override
        int units(Batch batch) {
            return batch.entries();
        }

        @Override
        long cost(Batch batch) {
            return 0;
        }

        @Override
        void run(Batch batch, Worker worker, int from, int to) {
            for (int entry = from; entry < to; entry++) {
                if (batch.absorbed(entry) == 0) {
                    int row = batch.offset(entry);
                    Masking.zero(a.out(), row, batch.length(entry), 0, a.hidden());
                }
            }
        }
    }

    /** Packs the h of the entries that have another element. A unit is some of them. */
    static final class Pack extends Stage {
        private final Arguments a;

        Pack(Arguments arguments) {
            super(NONE);
            a = arguments;
        }

        @Override
        int units(Batch batch) {
            return Math.ceilDiv(batch.active(), RowStage.TILE);
        }

        @Override
        long cost(Batch batch) {
            return (long) (PACK * batch.active() * a.hidden());
        }

        @Override
        void run(Batch batch, Worker worker, int from, int to) {
            int end = Math.min(to * RowStage.TILE, batch.active());
            for (int i = from * RowStage.TILE; i < end; i++) {
                long slot = batch.slot(batch.active(i));
                for (int tile = 0; tile < StateTiles.count(a.hidden()); tile++) {
                    long h = a.state().open(slot, tile, worker);
                    Elements.copy(h, a.h().at(i, tile * COLUMNS), COLUMNS);
                }
            }
            int first = from * RowStage.TILE;
            a.form().pack(a.h(), first, end, batch.active(), a.packed(), worker);
        }
    }

    /** The products and the gates. A unit is a tile of channels. */
    static final class Gates extends Stage {
        private final Arguments a;

        Gates(Arguments arguments) {
            super(NONE);
            a = arguments;
        }

        @Override
        int units(Batch batch) {
            return StateTiles.count(a.hidden());
        }

        @Override
        long cost(Batch batch) {
            int entries = batch.active();
            double product = a.gates().getFirst().cost(entries) * a.gates().size();
            return (long) ((product + GATES * entries * COLUMNS) * units(batch));
        }

        @Override
        void run(Batch batch, Worker worker, int from, int to) {
            for (int g = 0; g < a.gates().size(); g++) {
                Place products = a.products().get(g);
                a.gates().get(g).multiply(a.packed(), batch.active(), products, worker, from, to);
            }
            for (int tile = from; tile < to; tile++) {
                for (int i = 0; i < batch.active(); i++) {
                    int entry = batch.active(i);
                    long state = a.state().open(batch.slot(entry), tile, worker);
                    int row = batch.offset(entry) + batch.turn();
                    int column = tile * COLUMNS;
                    for (int g = 0; g < a.gates().size(); g++) {
                        recurrent(g, i, column, worker.passes + g * ROW);
                    }
                    switch (a.kind()) {
                        case LSTM -> lstm(state, row, column, worker);
                        case GRU -> gru(state, row, column, worker);
                    }
                    Elements.copy(state, a.out().at(row, column), COLUMNS);
                    a.state().close(batch.slot(entry), tile, worker);
                }
            }
        }

        /** A gate's product and bias. */
        private void recurrent(int gate, int i, int column, long to) {
            long product = a.products().get(gate).at(i, column);
            if (a.bias() == 0) {
                Elements.copy(product, to, COLUMNS);
            } else {
                long bias = a.bias() + 4L * ((long) gate * a.hidden() + column);
                Elements.binary(BinaryFunction.ADD, product, bias, to, COLUMNS);
            }
        }

        private long input(int gate, int row, int column) {
            return a.x().at(row, gate * a.hidden() + column);
        }

        /** gate = f(input + gate) */
        private void open(
                UnaryFunction function, int gate, int row, int column, long at, Worker worker) {
            Elements.binary(BinaryFunction.ADD, input(gate, row, column), at, at, COLUMNS);
            VectorFunctions.apply(function, at, at, COLUMNS, worker.tiles);
        }

        private void lstm(long state, int row, int column, Worker worker) {
            long in = worker.passes;
            long forget = in + ROW;
            long now = forget + ROW;
            long read = now + ROW;
            open(UnaryFunction.SIGMOID, 0, row, column, in, worker);
            open(UnaryFunction.SIGMOID, 1, row, column, forget, worker);
            open(UnaryFunction.TANH, 2, row, column, now, worker);
            open(UnaryFunction.SIGMOID, 3, row, column, read, worker);
            cell(in, forget, now, state + ROW);
            round(state + ROW);
            VectorFunctions.apply(UnaryFunction.TANH, state + ROW, now, COLUMNS, worker.tiles);
            Elements.binary(BinaryFunction.MULTIPLY, read, now, state, COLUMNS);
            round(state);
        }

        private static void cell(long in, long forget, long now, long cell) {
            for (long p = 0; p < ROW; p += 4L * L) {
                FloatVector write =
                        fromMemorySegment(FLOATS, ALL, in + p, ORDER)
                                .mul(fromMemorySegment(FLOATS, ALL, now + p, ORDER));
                fromMemorySegment(FLOATS, ALL, forget + p, ORDER)
                        .fma(fromMemorySegment(FLOATS, ALL, cell + p, ORDER), write)
                        .intoMemorySegment(ALL, cell + p, ORDER);
            }
        }

        private void gru(long state, int row, int column, Worker worker) {
            long reset = worker.passes;
            long z = reset + ROW;
            long now = z + ROW;
            open(UnaryFunction.SIGMOID, 0, row, column, reset, worker);
            open(UnaryFunction.SIGMOID, 1, row, column, z, worker);
            candidate(reset, input(2, row, column), now);
            VectorFunctions.apply(UnaryFunction.TANH, now, now, COLUMNS, worker.tiles);
            mix(z, now, state);
            round(state);
        }

        private static void candidate(long reset, long input, long now) {
            for (long p = 0; p < ROW; p += 4L * L) {
                fromMemorySegment(FLOATS, ALL, reset + p, ORDER)
                        .fma(
                                fromMemorySegment(FLOATS, ALL, now + p, ORDER),
                                fromMemorySegment(FLOATS, ALL, input + p, ORDER))
                        .intoMemorySegment(ALL, now + p, ORDER);
            }
        }

        private static void mix(long z, long now, long h) {
            for (long p = 0; p < ROW; p += 4L * L) {
                FloatVector next = fromMemorySegment(FLOATS, ALL, now + p, ORDER);
                fromMemorySegment(FLOATS, ALL, z + p, ORDER)
                        .fma(fromMemorySegment(FLOATS, ALL, h + p, ORDER).sub(next), next)
                        .intoMemorySegment(ALL, h + p, ORDER);
            }
        }

        /** What the state keeps of 32 columns. */
        private void round(long at) {
            for (long p = 0; a.state().halves() && p < ROW; p += 4L * L) {
                VectorHalves.round(at + p);
            }
        }
    }
}
