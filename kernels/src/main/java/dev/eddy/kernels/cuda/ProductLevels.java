package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * When a program's matrix products are needed. A value's level is how many products follow one
 * another on the longest way to it. A product may wait for the level at which somebody needs its
 * result (scheduling as late as possible): with others of that level its weights come while these
 * wait for one another. One with fewer outputs than columns does not wait: it has too few weights,
 * and takes too long where few blocks have all of its depth. Long operators, launches of their own
 * that stream nothing, have a level as well, and one more after it: that of products that need not
 * be there before.
 */
final class ProductLevels {
    private static final int UNREAD = Integer.MAX_VALUE;

    private final Program program;
    private final Map<Value, List<Op>> readers = new HashMap<>();
    private final int[] made;
    private final int[] needed;

    private ProductLevels(Program program, Predicate<Op> isLong) {
        this.program = program;
        made = new int[program.values()];
        needed = new int[program.values()];
        Arrays.fill(needed, UNREAD);
        for (Op op : program.ops()) {
            int own = op instanceof Op.MatMul ? 1 : isLong.test(op) ? 2 : 0;
            made[op.out().id()] = ready(op) + own;
            op.inputs().forEach(x -> readers.computeIfAbsent(x, _ -> new ArrayList<>()).add(op));
        }
        need(program.output().value(), made[program.output().value().id()]);
        for (Op op : program.ops().reversed()) {
            Value out = op.out();
            if (needed[out.id()] == UNREAD) {
                needed[out.id()] = made[out.id()];
            }
            int ready = ready(op);
            for (Value x : op.inputs()) {
                need(x, made[out.id()] > ready ? ready : needed[out.id()]);
            }
        }
    }

    /** The level at which an operator has all that it reads. */
    private int ready(Op op) {
        return op.inputs().stream().mapToInt(x -> made[x.id()]).max().orElse(0);
    }

    private void need(Value value, int level) {
        needed[value.id()] = Math.min(needed[value.id()], level);
    }

    /**
     * Of a program.
     *
     * @param isLong whether an operator has levels of its own
     */
    static ProductLevels of(Program program, Predicate<Op> isLong) {
        return new ProductLevels(program, isLong);
    }

    /** The level that has passed when an operator other than a product is launched. */
    int passed(Op op) {
        int made = this.made[op.out().id()];
        return made > ready(op) ? made - 1 : 0;
    }

    /** The highest level. */
    int highest() {
        return Arrays.stream(made).max().orElse(0);
    }

    /** The level for which a product of {@code x} waits, or a part of one. */
    int of(Value x, Value out) {
        return out.width() < x.width() ? made[x.id()] + 1 : needed[out.id()];
    }

    /**
     * The columns of a product that are needed at different levels, if nobody reads any others and
     * they begin at multiples of {@code tile}; else none. Each can be made by itself.
     */
    List<Op.Columns> parts(Op.MatMul op, int tile) {
        List<Op.Columns> parts = new ArrayList<>();
        for (Op reader : readers.getOrDefault(op.out(), List.of())) {
            if (!(reader instanceof Op.Columns columns) || columns.from() % tile != 0) {
                return List.of();
            }
            parts.add(columns);
        }
        boolean given = program.output().value().equals(op.out());
        long levels = parts.stream().mapToInt(part -> of(op.x(), part.out())).distinct().count();
        return given || levels < 2 ? List.of() : parts;
    }
}
