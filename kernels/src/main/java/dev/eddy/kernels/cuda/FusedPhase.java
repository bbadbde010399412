package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a block's threads do between two meetings in a launch of {@link FusedRows}. */
sealed interface FusedPhase {
    /** Neighbouring columns that a thread has at a time. */
    int QUAD = 4;

    /**
     * Columns by themselves.
     *
     * @param whole whether every block makes all columns of a row
     */
    record Columns(int width, boolean whole, List<Step> steps) implements FusedPhase {}

    /** Sums of whole groups. */
    record Groups(List<Sums> sums) implements FusedPhase {}

    /** Mamba's recurrence. */
    record Scan(Op.DiagonalScan op, Input x, Input dt, Input b, Input c) implements FusedPhase {}

    /** A delta rule's matrix state; what it reads is held by the block that has its head. */
    record Delta(Op.DeltaScan op) implements FusedPhase {}

    /** How columns are found in what is read. */
    enum Access {
        COLUMNS,
        BLOCKS,
        TILES,
        /** Four numbers of a column's own: of the first of four neighbours, the second, ... */
        FOURS
    }

    /** What is read of other launches, of weights and of states. */
    sealed interface Source {
        /** A value, or columns of it. */
        record Of(Value value) implements Source {}

        /** A weight. */
        record OfWeight(Weight weight) implements Source {}

        /** A row of a filter's taps [K, C]. */
        record OfTaps(Weight taps, int row) implements Source {}

        /** A row of a state. */
        record OfState(State state, int row) implements Source {}
    }

    /**
     * Something to read, four columns at a time.
     *
     * @param width columns of what it is read for
     * @param narrow columns that it has: fewer where several share one, or where it recurs; of
     *     {@code FOURS} which of the neighbours
     */
    record Read(Source source, Access access, int width, int narrow) {
        /** Whether no launch of a step writes it before this one. */
        boolean isEarly(Schedule schedule) {
            return switch (source) {
                case Source.Of(Value value) ->
                        schedule.views().of(schedule.views().root(value)) instanceof Op.Broadcast;
                default -> true;
            };
        }
    }

    /** An operand of a step. */
    sealed interface Input {
        /** What an earlier step of the phase made. */
        record Made(Value value) implements Input {}

        /**
         * What a phase before has left in shared memory.
         *
         * @param from columns further in
         * @param width columns that it has or, of {@code BLOCKS} and {@code TILES}, the divisor
         */
        record Kept(Value value, int from, Access access, int width) implements Input {}

        /** What is read from device memory. */
        record Far(Read read) implements Input {}

        record Number(float value) implements Input {}
    }

    /** What is done with four columns. */
    sealed interface Step {
        /** The value made; null for none. */
        @Nullable Value out();

        record Unary(UnaryFunction function, Input x, Value out) implements Step {}

        record Binary(BinaryFunction function, Input x, Input y, Value out) implements Step {}

        /**
         * A norm of groups that a warp's neighbours have.
         *
         * @param size columns of a group
         */
        record SmallNorm(
                NormKind kind,
                Input x,
                int size,
                float epsilon,
                @Nullable Input scale,
                @Nullable Input bias,
                Value out)
                implements Step {}

        /** A norm whose sums an earlier phase has found. */
        record Norm(Sums sums, Input x, @Nullable Input scale, @Nullable Input bias, Value out)
                implements Step {}

        record Delay(State state, Input x, Input last, Value out) implements Step {}

        record Fir(
                State state,
                Input x,
                List<Input> taps,
                List<Input> window,
                @Nullable Input bias,
                Value out)
                implements Step {}

        /** Two complex modes a column: of each of four columns their state, poles and residues. */
        record Modal(
                State state,
                Input x,
                List<Input> held,
                List<Input> poles,
                List<Input> residues,
                Value out)
                implements Step {}

        /** Nothing: what lies elsewhere becomes a value of the phase. */
        record Copy(Input x, Value out) implements Step {}

        /** Rounds what is made elsewhere for the next product. */
        record Fragments(Input x, Value of) implements Step {
            @Override
            public @Nullable Value out() {
                return null;
            }
        }
    }

    /** What a norm's groups are shifted by and multiplied with. */
    record Sums(NormKind kind, Value x, int groups, float epsilon) {}
}
