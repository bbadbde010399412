package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which steps of a launch of operators on rows are one: a function whose result only another one
 * reads, and fragments of what is made here. Bits stay, since every function rounds its own result.
 */
final class Fusions {
    /** Columns of a tile of fragments. */
    private static final int TILE = 16;

    private final Map<Value, Op> before = new HashMap<>();
    private final Set<Value> inner = new HashSet<>();
    private final Set<Value> fragmented = new HashSet<>();

    private Fusions() {}

    static Fusions of(Layout layout, List<Schedule.Step> steps) {
        Fusions fusions = new Fusions();
        Map<Value, Op> makers = new HashMap<>();
        Map<Value, Integer> readers = new HashMap<>();
        for (Schedule.Step step : steps) {
            switch (step) {
                case Schedule.Step.Apply(Op op) -> {
                    makers.put(op.out(), op);
                    for (Value input : op.inputs()) {
                        readers.merge(layout.schedule().views().root(input), 1, Integer::sum);
                    }
                }
                case Schedule.Step.ToFragments(Value x) -> {
                    readers.merge(layout.schedule().views().root(x), 1, Integer::sum);
                    Op maker = makers.get(x);
                    if (maker != null && givesColumns(maker) && x.width() % TILE == 0) {
                        fusions.fragmented.add(x);
                    }
                }
            }
        }
        for (Schedule.Step step : steps) {
            if (step instanceof Schedule.Step.Apply(Op op) && isMap(op)) {
                for (Value input : op.inputs()) {
                    Op maker = makers.get(input);
                    if (maker != null
                            && isMap(maker)
                            && readers.getOrDefault(input, 0) == 1
                            && !layout.scratch().outlives(input)
                            && !fusions.before.containsKey(input)
                            && takes(op, input)
                            && !fusions.before.containsKey(op.out())) {
                        fusions.before.put(op.out(), maker);
                        fusions.inner.add(input);
                    }
                }
            }
        }
        return fusions;
    }

    private static boolean isMap(Op op) {
        return op instanceof Op.Unary || op instanceof Op.Binary;
    }

    /** Whether the thread that has columns makes them, four at a time. */
    private static boolean givesColumns(Op op) {
        return isMap(op)
                || op instanceof Op.Norm norm && norm.out().width() / norm.groups() % 4 == 0
                || op instanceof Op.Delay
                || op instanceof Op.Fir;
    }

    /** Whether a function may take an operand from the one before, and columns beside it. */
    private static boolean takes(Op op, Value input) {
        if (!(op instanceof Op.Binary binary)) {
            return true;
        }
        boolean commutes =
                binary.function() == BinaryFunction.ADD
                        || binary.function() == BinaryFunction.MULTIPLY;
        return op.inputs().stream().allMatch(x -> x.width() == op.out().width())
                && (!(binary.y() instanceof Weight weight) || weight.elements() == op.out().width())
                && (binary.x().equals(input) && !input.equals(binary.y())
                        || commutes && !binary.x().equals(input));
    }

    /** The function whose result an operator takes from its thread; null for none. */
    @Nullable Op before(Op op) {
        return before.get(op.out());
    }

    /** Whether a value's fragments are written by the operator that makes it. */
    boolean givesFragments(Value value) {
        return fragmented.contains(value);
    }

    /** Whether another step does what a step says. */
    boolean isDoneElsewhere(Schedule.Step step) {
        return switch (step) {
            case Schedule.Step.Apply(Op op) -> inner.contains(op.out());
            case Schedule.Step.ToFragments(Value x) -> fragmented.contains(x);
        };
    }
}
