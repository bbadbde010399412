package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.Shape;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A program's operators gathered into launches, each of which needs only what launches before it
 * made.
 *
 * @param launches in order
 * @param signalling launches of products that tell later ones that all before them is there
 * @param views values that no launch makes
 * @param tensorCores whether matrix products read fragments in bfloat16, and nothing else of their
 *     rows
 */
record Schedule(
        List<Schedule.Launch> launches, Set<Integer> signalling, Views views, boolean tensorCores) {

    /** What one launch does. */
    sealed interface Launch {
        /** Operators that treat rows by themselves, in order. */
        record RowOps(Rows rows, List<Step> steps) implements Launch {}

        /** Matrix products over rows of one kind. */
        record Products(Rows rows, List<Product> products) implements Launch {}

        /** Rotary positions of one value, or of two. */
        record Rotations(List<Op.Rotate> ops) implements Launch {}

        /**
         * Any other operator.
         *
         * @param rounds whether it makes fragments of its result, too
         */
        record Single(Op op, boolean rounds) implements Launch {}
    }

    /**
     * A matrix product and what is done with it at once.
     *
     * @param from the weight's first output of these
     * @param after what alone reads it; null for nothing
     * @param next the result, or columns of it, as products on tensor cores read it; null for none
     * @param since the launch of products from which on it may run, as all that it reads was made
     *     before that; its own where it waits for the one before
     */
    record Product(
            Op.MatMul op, int from, Op.@Nullable Unary after, @Nullable Value next, int since) {
        /** The result. */
        Value out() {
            return after == null ? op.out() : after.out();
        }
    }

    /** One thing that a block does with its row. */
    sealed interface Step {
        /** An operator. */
        record Apply(Op op) implements Step {}

        /** Rounds a value to bfloat16, as products on tensor cores read it. */
        record ToFragments(Value x) implements Step {}
    }

    /** Whether a launch of products tells later ones that all before it is there. */
    boolean signals(int launch) {
        return signalling.contains(launch);
    }

    /**
     * The values that a launch's steps make and of which a block needs all columns, by id: those
     * that a step reads further in or across columns, and what they are made of.
     *
     * @param across whether an operator reads other columns of an input than those it makes
     */
    Set<Integer> wholeValues(List<Step> steps, BiPredicate<Op, Value> across) {
        Set<Integer> here = new HashSet<>();
        for (Step step : steps) {
            if (step instanceof Step.Apply(Op op)) {
                here.add(op.out().id());
            }
        }
        Set<Integer> whole = new HashSet<>();
        for (Step step : steps.reversed()) {
            switch (step) {
                case Step.Apply(Op op) -> {
                    boolean all = whole.contains(op.out().id());
                    for (Value input : op.inputs()) {
                        if (all || views.isFurtherIn(input) || across.test(op, input)) {
                            whole.add(views.root(input).id());
                        }
                    }
                }
                case Step.ToFragments(Value x) -> {
                    if (views.isFurtherIn(x)) {
                        whole.add(views.root(x).id());
                    }
                }
            }
        }
        whole.retainAll(here);
        return whole;
    }

    /** Whether an operator on rows keeps a state. */
    static boolean keepsState(Op op) {
        return op instanceof Op.Delay
                || op instanceof Op.Fir
                || op instanceof Op.DiagonalScan
                || op instanceof Op.DeltaScan
                || op instanceof Op.ModalScan;
    }

    /** Whether a recurrence is two complex modes a column, and nothing else. */
    static boolean isPair(Op.ModalScan op) {
        Shape poles = op.poles().shape();
        return op.feedback() == null && poles.rank() == 3 && poles.size(1) == 2;
    }

    /** Whether a launch's steps have something among them that only kernels of their own do. */
    static boolean needsKernels(List<Step> steps) {
        return steps.stream()
                .anyMatch(step ->
                        step instanceof Step.Apply(Op op)
                                && (op instanceof Op.DeltaScan || op instanceof Op.ModalScan));
    }

    /** Whether an operator on rows moves columns about. */
    static boolean scatters(Op op) {
        return op instanceof Op.Softmax || op instanceof Op.Concat || op instanceof Op.Outer;
    }
}
