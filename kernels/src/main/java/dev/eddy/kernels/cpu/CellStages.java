package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.StateTiles.COLUMNS;
import static dev.eddy.kernels.cpu.StateTiles.ROW;
import static dev.eddy.kernels.cpu.VectorFunctions.sigmoid;
import static dev.eddy.kernels.cpu.VectorFunctions.tanh;
import static dev.eddy.kernels.cpu.Vectors.L;
import static dev.eddy.kernels.cpu.Vectors.kept;
import static dev.eddy.kernels.cpu.Vectors.load;
import static dev.eddy.kernels.cpu.Vectors.store;

import dev.eddy.kernels.program.Op.CellScan.CellKind;
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
                    for (int p = 0; p < COLUMNS; p += L) {
                        switch (a.kind()) {
                            case LSTM -> lstm(state + 4L * p, i, row, tile * COLUMNS + p);
                            case GRU -> gru(state + 4L * p, i, row, tile * COLUMNS + p);
                        }
                    }
                    a.state().close(batch.slot(entry), tile, worker);
                }
            }
        }

        private FloatVector recurrent(int gate, int i, int column) {
            FloatVector r = load(a.products().get(gate).at(i, column));
            long at = a.bias() + 4L * ((long) gate * a.hidden() + column);
            return a.bias() == 0 ? r : r.add(load(at));
        }

        private FloatVector input(int gate, int row, int column) {
            return load(a.x().at(row, gate * a.hidden() + column));
        }

        private void lstm(long state, int i, int row, int c) {
            FloatVector in = sigmoid(input(0, row, c).add(recurrent(0, i, c)));
            FloatVector forget = sigmoid(input(1, row, c).add(recurrent(1, i, c)));
            FloatVector now = tanh(input(2, row, c).add(recurrent(2, i, c)));
            FloatVector read = sigmoid(input(3, row, c).add(recurrent(3, i, c)));
            boolean halves = a.state().halves();
            FloatVector cell = kept(forget.fma(load(state + ROW), in.mul(now)), halves);
            FloatVector h = kept(read.mul(tanh(cell)), halves);
            store(cell, state + ROW);
            store(h, state);
            store(h, a.out().at(row, c));
        }

        private void gru(long state, int i, int row, int c) {
            FloatVector reset = sigmoid(input(0, row, c).add(recurrent(0, i, c)));
            FloatVector z = sigmoid(input(1, row, c).add(recurrent(1, i, c)));
            FloatVector now = tanh(reset.fma(recurrent(2, i, c), input(2, row, c)));
            FloatVector h = kept(z.fma(load(state).sub(now), now), a.state().halves());
            store(h, state);
            store(h, a.out().at(row, c));
        }
    }
}
