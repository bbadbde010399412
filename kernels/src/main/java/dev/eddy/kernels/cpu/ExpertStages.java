package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.Vectors.FLOATS;
import static dev.eddy.kernels.cpu.Vectors.L;
import static jdk.incubator.vector.FloatVector.broadcast;
import static jdk.incubator.vector.FloatVector.fromMemorySegment;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.UnaryFunction;
import java.util.Arrays;
import java.util.List;
import jdk.incubator.vector.FloatVector;

/**
 * A mixture of experts: the batch's choices ordered by expert, so that the rows that share one
 * share its products; then each row's results summed in its own order.
 */
final class ExpertStages {
    private static final RowOp[] NONE = {};

    /** Rows that are multiplied at once. */
    static final int TILE = 64;

    /** Parts of an expert's matrix, for different threads. */
    private static final int PARTS = 4;

    /** Nanoseconds a number that is moved, and one that goes through an activation. */
    private static final double MOVE = 0.2;

    private static final double ACTIVATE = 1;

    private ExpertStages() {}

    /** The choices of a batch by expert: the same expert's lie side by side, in order of rows. */
    static final class Group extends Stage {
        private final Place routes;
        private final Rows rows;
        private final int count;
        private final int[] starts;
        private final int[] choices;
        private final int[] places;

        /**
         * @param count choices of a row
         * @param maxRows most rows
         */
        Group(Place routes, Rows rows, int count, int experts, int maxRows) {
            super(NONE);
            this.routes = routes;
            this.rows = rows;
            this.count = count;
            starts = new int[experts + 1];
            choices = new int[Math.multiplyExact(maxRows, count)];
            places = new int[choices.length];
        }

        /** Choices of all rows. */
        int all(Batch batch) {
            return batch.rows(rows) * count;
        }

        /** Experts there are. */
        int experts() {
            return starts.length - 1;
        }

        /** Place of an expert's first choice. */
        int start(int expert) {
            return starts[expert];
        }

        /** The row whose choice is at a place. */
        int row(int place) {
            return choices[place] / count;
        }

        /** Where a row's choice is. */
        int place(int row, int choice) {
            return places[row * count + choice];
        }

        @Override
        int units(Batch batch) {
            return 1;
        }

        @Override
        long cost(Batch batch) {
            return 0;
        }

        private int expert(int row, int choice) {
            return (int) OffHeap.get(routes.at(row, choice));
        }

        @Override
        void run(Batch batch, Worker worker, int from, int to) {
            int end = batch.rows(rows);
            Arrays.fill(starts, 0);
            for (int row = 0; row < end; row++) {
                for (int i = 0; i < count; i++) {
                    starts[expert(row, i)]++;
                }
            }
            for (int e = 1; e < starts.length; e++) {
                starts[e] += starts[e - 1];
            }
            // From the last choice down, each start moves from its expert's end to its beginning.
            for (int row = end - 1; row >= 0; row--) {
                for (int i = count - 1; i >= 0; i--) {
                    int place = --starts[expert(row, i)];
                    choices[place] = row * count + i;
                    places[row * count + i] = place;
                }
            }
        }
    }

    /**
     * What a product of every expert reads and writes.
     *
     * @param byRow whether its rows are those of the choices' rows, not those of their places
     * @param width columns of {@code x}
     * @param columns columns of {@code out}, whose rows are places
     * @param gathered where each worker brings rows together
     * @param packed where it packs them
     * @param made where it multiplies them
     */
    record Arguments(
            Group group,
            boolean byRow,
            Place x,
            int width,
            List<Panels> experts,
            Place out,
            int columns,
            List<Place> gathered,
            RowForm form,
            List<PackedRows> packed,
            List<Place> made) {}

    /** A product: a unit is a part of one expert's matrix. */
    static final class Product extends Stage {
        private final Arguments a;

        Product(Arguments arguments) {
            super(NONE);
            a = arguments;
        }

        @Override
        int units(Batch batch) {
            return a.group().experts() * PARTS;
        }

        @Override
        long cost(Batch batch) {
            double cost = 0;
            for (int e = 0; e < a.group().experts(); e++) {
                int rows = a.group().start(e + 1) - a.group().start(e);
                cost += rows == 0 ? 0 : a.experts().get(e).cost(rows);
            }
            return (long) (cost * Panels.count(a.columns()));
        }

        @Override
        void run(Batch batch, Worker worker, int from, int to) {
            int panels = Panels.count(a.columns());
            for (int unit = from; unit < to; unit++) {
                int expert = unit / PARTS;
                int part = unit % PARTS;
                int end = a.group().start(expert + 1);
                for (int at = a.group().start(expert); at < end; at += TILE) {
                    multiply(
                            worker,
                            expert,
                            at,
                            Math.min(TILE, end - at),
                            panels * part / PARTS,
                            panels * (part + 1) / PARTS);
                }
            }
        }

        private void multiply(Worker worker, int expert, int at, int rows, int from, int to) {
            if (from == to) {
                return;
            }
            Place gathered = a.gathered().get(worker.index());
            PackedRows packed = a.packed().get(worker.index());
            for (int i = 0; i < rows; i++) {
                int row = a.byRow() ? a.group().row(at + i) : at + i;
                OffHeap.copy(a.x().at(row, 0), gathered.at(i, 0), 4L * a.width());
            }
            a.form().pack(gathered, 0, rows, rows, packed, worker);
            Place made = a.made().get(worker.index());
            a.experts().get(expert).multiply(packed, rows, made, worker, from, to);
            int column = from * Panels.COLUMNS;
            for (int i = 0; i < rows; i++) {
                long bytes = 4L * (to - from) * Panels.COLUMNS;
                OffHeap.copy(made.at(i, column), a.out().at(at + i, column), bytes);
            }
        }
    }

    /** The activation between the products: a unit is a choice. */
    static final class Activate extends Stage {
        private final Group group;
        private final UnaryFunction function;
        private final boolean gated;
        private final Place up;
        private final Place out;
        private final int inner;

        /**
         * @param inner columns of {@code out}
         */
        Activate(
                Group group,
                UnaryFunction function,
                boolean gated,
                Place up,
                Place out,
                int inner) {
            super(NONE);
            this.group = group;
            this.function = function;
            this.gated = gated;
            this.up = up;
            this.out = out;
            this.inner = inner;
        }

        @Override
        int units(Batch batch) {
            return group.all(batch);
        }

        @Override
        long cost(Batch batch) {
            return (long) (ACTIVATE * group.all(batch) * inner);
        }

        @Override
        void run(Batch batch, Worker worker, int from, int to) {
            for (int place = from; place < to; place++) {
                long y = out.at(place, 0);
                VectorFunctions.apply(function, up.at(place, 0), y, inner, worker.tiles);
                if (gated) {
                    Elements.binary(BinaryFunction.MULTIPLY, y, up.at(place, inner), y, inner);
                }
            }
        }
    }

    /** The weighted sum of a row's results, in the order of its choices: a unit is a row. */
    static final class Sum extends Stage {
        private final Group group;
        private final Place routes;
        private final Place y;
        private final Place out;
        private final int width;

        Sum(Group group, Place routes, Place y, Place out, int width) {
            super(NONE);
            this.group = group;
            this.routes = routes;
            this.y = y;
            this.out = out;
            this.width = width;
        }

        @Override
        int units(Batch batch) {
            return batch.rows(group.rows);
        }

        @Override
        long cost(Batch batch) {
            return (long) (MOVE * group.all(batch) * width);
        }

        @Override
        void run(Batch batch, Worker worker, int from, int to) {
            for (int row = from; row < to; row++) {
                for (int column = 0; column < width; column += L) {
                    FloatVector sum = FloatVector.zero(FLOATS);
                    for (int i = 0; i < group.count; i++) {
                        FloatVector weight =
                                broadcast(FLOATS, ALL.get(FLOAT, routes.at(row, group.count + i)));
                        sum =
                                weight.fma(
                                        fromMemorySegment(
                                                FLOATS,
                                                ALL,
                                                y.at(group.place(row, i), column),
                                                ORDER),
                                        sum);
                    }
                    sum.intoMemorySegment(ALL, out.at(row, column), ORDER);
                }
            }
        }
    }
}
