package dev.eddy.kernels.cuda;

import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a {@link Schedule}. As many operators as are ready go into a launch together; the order of
 * a program does not change any operator's bits.
 */
final class Scheduler {
    /** Products that one launch may hold (matmul_f32.cu, matmul_bf16.cu). */
    private static final int MOST_PRODUCTS = 8;

    /** row_lists.cuh: most taps of a filter, modes of a channel of a diagonal recurrence. */
    private static final int MOST_TAPS = 8;

    private static final int DIAGONAL_MODES = 16;

    /** Columns of a tile of fragments, and outputs of a tile of weights. */
    private static final int TILE = 16;

    /** Launches of products that a later one may run ahead of. */
    private static final int MOST_AHEAD = 2;

    private final Program program;
    private final boolean tensorCores;
    private final StepKind kind;
    private final boolean fused;
    private final List<Schedule.Launch> launches = new ArrayList<>();
    private final boolean[] made;

    /** The launch that makes a value's fragments; {@link #NONE} as long as there is none. */
    private final int[] fragmentedBy;

    private static final int NONE = -1;

    /** Products wait for the level that needs them; null where each comes as soon as it can. */
    private final @Nullable ProductLevels levels;

    /** Where a product that is a part of another begins, by its result. */
    private final Map<Value, Integer> parts = new HashMap<>();

    /** The highest level of a product in a launch. */
    private int level;

    private final Set<Integer> signalling = new HashSet<>();

    private final Views views;

    private Scheduler(Program program, boolean tensorCores, StepKind kind, boolean fused) {
        this.program = program;
        this.fused = fused;
        this.tensorCores = tensorCores;
        this.kind = kind;
        levels = tensorCores && kind.isSingle() ? ProductLevels.of(program, this::isLong) : null;
        made = new boolean[program.values()];
        fragmentedBy = new int[program.values()];
        Arrays.fill(fragmentedBy, NONE);
        views = new Views(program.values());
    }

    /**
     * Schedules a program.
     *
     * @param tensorCores whether matrix products read fragments in bfloat16
     * @param kind of the steps: where no entry has more than one element, some recurrences treat
     *     rows by themselves
     * @param fused whether delta rules do so, too, with what is done to their heads before and
     *     after, and pairs of modes: only kernels of their own can
     */
    static Schedule schedule(Program program, boolean tensorCores, StepKind kind, boolean fused) {
        return new Scheduler(program, tensorCores, kind, fused).run();
    }

    private Schedule run() {
        Set<Op> left = new LinkedHashSet<>();
        for (Op op : program.ops()) {
            List<Op.Columns> columns =
                    levels != null && op instanceof Op.MatMul matmul
                            ? levels.parts(matmul, TILE)
                            : List.of();
            for (Op.Columns part : columns) {
                Op.MatMul whole = (Op.MatMul) op;
                parts.put(part.out(), part.from());
                left.add(new Op.MatMul(whole.x(), whole.weight(), whole.bias(), part.out()));
            }
            if (op instanceof Op.Broadcast
                    || op instanceof Op.Frames
                    || op instanceof Op.Columns && !parts.containsKey(op.out())) {
                views.add(op);
            } else if (columns.isEmpty() && !(op instanceof Op.Columns)) {
                left.add(op);
            }
        }
        while (!left.isEmpty()) {
            int before = launches.size();
            for (Rows rows : Rows.values()) {
                takeProducts(left, rows);
            }
            if (launches.size() == before) {
                takeSingles(left);
            }
            if (launches.size() == before) { // as late as can be, so that many go together
                for (Rows rows : Rows.values()) {
                    takeRowOps(left, rows);
                }
            }
            if (launches.size() == before && !raiseLevel()) {
                throw new IllegalStateException("operators read values that nothing makes");
            }
        }
        return new Schedule(List.copyOf(launches), Set.copyOf(signalling), views, tensorCores);
    }

    private void takeRowOps(Set<Op> left, Rows rows) {
        List<Schedule.Step> steps = new ArrayList<>();
        Set<Value> kept = new HashSet<>(); // by recurrences, and what is made of them
        boolean scatters = false;
        for (Op op : List.copyOf(left)) {
            // A row is split over blocks for the recurrences' sake, which these do not allow.
            boolean apart =
                    Schedule.keepsState(op)
                            ? scatters
                            : !kept.isEmpty() && Schedule.scatters(op) || readsFurtherIn(op, kept);
            apart |= Heads.part(op, steps, views);
            if (op.out().rows() == rows && isRowOp(op) && isReady(op) && !apart) {
                if (Schedule.keepsState(op)
                        || op.inputs().stream().map(views::root).anyMatch(kept::contains)) {
                    kept.add(op.out());
                }
                scatters |= Schedule.scatters(op);
                steps.add(new Schedule.Step.Apply(op));
                made[op.out().id()] = true;
                left.remove(op);
            }
        }
        if (tensorCores) {
            for (Op op : left) {
                if (op instanceof Op.MatMul matmul
                        && matmul.x().rows() == rows
                        && isMade(matmul.x())
                        && fragmentedBy[matmul.x().id()] == NONE) {
                    steps.add(new Schedule.Step.ToFragments(matmul.x()));
                    fragmentedBy[matmul.x().id()] = launches.size();
                }
            }
        }
        if (!steps.isEmpty()) {
            launches.add(new Schedule.Launch.RowOps(rows, List.copyOf(steps)));
        }
    }

    /** Whether an operator reads columns that another block of a split row has. */
    private boolean readsFurtherIn(Op op, Set<Value> of) {
        return op.inputs().stream()
                .anyMatch(input ->
                        of.contains(views.root(input))
                                && views.root(input).width() > RowStage.SPAN
                                && views.isFurtherIn(input));
    }

    private void takeProducts(Set<Op> left, Rows rows) {
        List<Op.MatMul> ready = new ArrayList<>();
        for (Op op : left) {
            if (op instanceof Op.MatMul matmul
                    && op.out().rows() == rows
                    && isReady(op)
                    && levelOf(matmul) <= level + 1) {
                ready.add(matmul);
            }
        }
        left.removeAll(ready);
        List<Schedule.Product> products = new ArrayList<>();
        for (Op.MatMul op : ready) {
            level = Math.max(level, levelOf(op));
            if (products.size() == MOST_PRODUCTS) {
                launches.add(new Schedule.Launch.Products(rows, List.copyOf(products)));
                products.clear();
            }
            Op.Unary after = tensorCores ? onlyReader(op.out(), left) : null;
            if (after != null) {
                left.remove(after);
            }
            Value out = after == null ? op.out() : after.out();
            made[out.id()] = true;
            products.add(
                    new Schedule.Product(
                            op,
                            parts.getOrDefault(op.out(), 0),
                            after,
                            tensorCores ? nextFragments(out, left) : null,
                            since(op)));
        }
        if (!products.isEmpty()) {
            launches.add(new Schedule.Launch.Products(rows, List.copyOf(products)));
        }
    }

    /** Goes on to products of the next level, if there are any; nobody is left for this one. */
    private boolean raiseLevel() {
        level++;
        return levels != null && level < levels.highest();
    }

    /** The level for which a product waits. */
    private int levelOf(Op.MatMul op) {
        return levels == null ? 0 : levels.of(op.x(), op.out());
    }

    /**
     * The launch of products from which on a product of the launch that comes now may run: one
     * before which its operand was made, if there is such a one not long ago, else its own. Of the
     * same rows: a step without any of others leaves theirs out, and nobody would raise its signal.
     */
    private int since(Op.MatMul op) {
        int since = launches.size();
        int first = levels == null ? since : fragmentedBy[op.x().id()] + 1;
        int ahead = 0;
        for (int i = since - 1; i >= first && ahead < MOST_AHEAD; i--) {
            if (launches.get(i) instanceof Schedule.Launch.Products(Rows rows, var _)
                    && rows == op.out().rows()) {
                since = i;
                ahead++;
            }
        }
        if (ahead > 0) {
            signalling.add(since);
        }
        return since;
    }

    /** The unary operator that alone reads a value, and all of it; null where there is none. */
    private Op.@Nullable Unary onlyReader(Value value, Set<Op> left) {
        Op.@Nullable Unary only = null;
        for (Op op : left) {
            if (op.inputs().stream().anyMatch(input -> views.root(input).equals(value))) {
                if (only != null || !(op instanceof Op.Unary unary && unary.x().equals(value))) {
                    return null;
                }
                only = unary;
            }
        }
        return views.root(program.output().value()).equals(value) ? null : only;
    }

    /** What products read of a value, whole tiles of it from its start on or further in. */
    private @Nullable Value nextFragments(Value value, Set<Op> left) {
        for (Op op : left) {
            if (op instanceof Op.MatMul matmul && views.root(matmul.x()).equals(value)) {
                boolean aligned =
                        matmul.x().equals(value)
                                || views.of(matmul.x()) instanceof Op.Columns columns
                                        && columns.x().equals(value)
                                        && columns.from() % TILE == 0;
                if (aligned && fragmentedBy[matmul.x().id()] == NONE) {
                    fragmentedBy[matmul.x().id()] = launches.size();
                    return matmul.x();
                }
            }
        }
        return null;
    }

    private void takeSingles(Set<Op> left) {
        for (Op op : List.copyOf(left)) {
            if (!(op instanceof Op.MatMul) && !isRowOp(op) && isReady(op)) {
                if (op instanceof Op.Rotate rotate) {
                    takeRotation(rotate);
                } else {
                    boolean rounds = canRound(op) && isFactor(op.out(), left);
                    if (rounds) {
                        fragmentedBy[op.out().id()] = launches.size();
                    }
                    launches.add(new Schedule.Launch.Single(op, rounds));
                }
                if (levels != null) {
                    level = Math.max(level, levels.passed(op));
                }
                made[op.out().id()] = true;
                left.remove(op);
            }
        }
    }

    /**
     * Whether others than those that read its result had better not wait for an operator: a
     * recurrence or attention with a launch of its own, in a step of one row.
     */
    private boolean isLong(Op op) {
        return kind == StepKind.ONE
                && !isRowOp(op)
                && (op instanceof Op.MatrixScan
                        || op instanceof Op.DeltaScan
                        || op instanceof Op.Recurrence
                        || op instanceof Op.Attention);
    }

    /** Whether an operator's launch can make the next product's operand: whole tiles of it. */
    private boolean canRound(Op op) {
        return tensorCores
                && kind.isSingle()
                && op instanceof Op.Attention
                && op.out().width() % TILE == 0;
    }

    private static boolean isFactor(Value value, Set<Op> left) {
        return left.stream()
                .anyMatch(op -> op instanceof Op.MatMul matmul && matmul.x().equals(value));
    }

    /** With the one before, where that is another that does not make what it reads. */
    private void takeRotation(Op.Rotate op) {
        if (!launches.isEmpty()
                && launches.getLast() instanceof Schedule.Launch.Rotations(List<Op.Rotate> before)
                && before.size() == 1
                && !views.root(op.x()).equals(before.getFirst().out())) {
            launches.set(
                    launches.size() - 1,
                    new Schedule.Launch.Rotations(List.of(before.getFirst(), op)));
        } else {
            launches.add(new Schedule.Launch.Rotations(List.of(op)));
        }
    }

    private boolean isReady(Op op) {
        return op.inputs().stream().allMatch(this::isMade)
                && !(tensorCores
                        && op instanceof Op.MatMul matmul
                        && fragmentedBy[matmul.x().id()] == NONE);
    }

    private boolean isMade(Value value) {
        Value root = views.root(value);
        return made[root.id()] || views.of(root) != null;
    }

    private boolean isRowOp(Op op) {
        return kind.isSingle() && isSteppedByRow(op)
                || op instanceof Op.Unary
                || op instanceof Op.Binary
                || op instanceof Op.Norm
                || op instanceof Op.Softmax
                || op instanceof Op.Concat
                || op instanceof Op.Outer;
    }

    /** Whether an element of an operator that keeps a state may be one row's affair. */
    private boolean isSteppedByRow(Op op) {
        return switch (op) {
            case Op.Delay _ -> true;
            case Op.Fir fir ->
                    fir.ring().role() != State.Role.HISTORY
                            && fir.taps().shape().size(1) > 1
                            && fir.taps().shape().size(1) <= MOST_TAPS;
            case Op.DiagonalScan scan -> scan.b().width() == DIAGONAL_MODES;
            case Op.DeltaScan scan -> fused && Heads.areFused(scan);
            case Op.ModalScan scan -> fused && Schedule.isPair(scan);
            default -> false;
        };
    }
}
