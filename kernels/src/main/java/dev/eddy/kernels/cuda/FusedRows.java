package dev.eddy.kernels.cuda;

import static dev.eddy.kernels.cuda.FusedPhase.QUAD;

import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A launch of operators on rows as a kernel of its own would do it: in phases between which a
 * block's threads meet. In a phase every thread has four neighbouring columns at a time and takes
 * them through its operators in registers. What this says depends on how operators hang together
 * alone, not on widths or addresses, so that all layers and sizes of an architecture share kernels
 * ({@link FusedSource}); {@link FusedStage} gives one its numbers.
 */
final class FusedRows {
    /** Columns of a group that neighbouring threads of a warp sum up, at most. */
    private static final int SMALL_GROUP = 128;

    /** Columns of a tile of fragments. */
    private static final int TILE = 16;

    /** An operator that no phase does, or does not do with such widths. */
    private static final class NotFused extends RuntimeException {
        NotFused() {
            super(null, null, false, false);
        }
    }

    private final Schedule schedule;
    private final Scratch scratch;
    private final StateLayout states;
    private final List<FusedPhase> phases = new ArrayList<>();
    private final Map<Value, Integer> phaseOf = new HashMap<>();
    private final Set<Value> held = new HashSet<>();
    private final Set<Value> rounded = new HashSet<>();
    private final Set<Integer> whole;
    private boolean splits = true;

    private FusedRows(CudaPlan.Route route, StateLayout states, List<Schedule.Step> steps) {
        schedule = route.schedule();
        scratch = route.scratch();
        this.states = states;
        whole = schedule.wholeValues(steps, FusedRows::isAcross);
        for (Schedule.Step step : steps) {
            switch (step) {
                case Schedule.Step.Apply(Op op) -> add(op);
                case Schedule.Step.ToFragments(Value x) -> toFragments(x);
            }
        }
        require(!hasDelta() || isByHead());
    }

    /** A launch's phases; empty where it has operators that none does. */
    static Optional<FusedRows> of(
            CudaPlan.Route route, StateLayout states, List<Schedule.Step> steps) {
        try {
            return Optional.of(new FusedRows(route, states, steps));
        } catch (NotFused e) {
            return Optional.empty();
        }
    }

    List<FusedPhase> phases() {
        return phases;
    }

    Schedule schedule() {
        return schedule;
    }

    /** Whether a row may be split over blocks. */
    boolean splits() {
        return splits;
    }

    /** The widest of the values of which every block makes all columns; 0 if there is none. */
    int widestWhole() {
        return phases.stream()
                .mapToInt(phase ->
                        phase instanceof FusedPhase.Columns(int width, boolean all, var _) && all
                                ? width
                                : 0)
                .max()
                .orElse(0);
    }

    /** Whether a value is left in shared memory for later phases. */
    boolean isHeld(Value value) {
        return held.contains(value);
    }

    /** Whether a value of this launch is one of which every block has all columns. */
    boolean isWhole(Value value) {
        return whole.contains(value.id());
    }

    /** Whether an accumulator is kept in bfloat16. */
    boolean isBf16(State accumulator) {
        return states.fields().get(accumulator.id()).dtype() == DType.BF16;
    }

    /** Whether columns have modes. */
    boolean hasModes() {
        return phases.stream()
                .anyMatch(phase ->
                        phase instanceof FusedPhase.Columns columns
                                && columns.steps().stream()
                                        .anyMatch(FusedPhase.Step.Modal.class::isInstance));
    }

    /** Whether several threads share a column. */
    boolean sharesColumns() {
        return phases.stream().anyMatch(FusedPhase.Scan.class::isInstance);
    }

    /** Whether other launches read a value. */
    boolean outlives(Value value) {
        return scratch.outlives(value);
    }

    /** Whether the next product reads a value's fragments. */
    boolean isRounded(Value value) {
        return rounded.contains(value);
    }

    /** Whether an operator reads other columns of an input than those it makes. */
    private static boolean isAcross(Op op, Value input) {
        return switch (op) {
            case Op.Norm norm -> !isSmall(norm);
            case Op.Binary binary -> input.width() != binary.out().width();
            case Op.DiagonalScan scan -> input.equals(scan.b()) || input.equals(scan.c());
            default -> false;
        };
    }

    private static boolean isSmall(Op.Norm norm) {
        int size = norm.out().width() / norm.groups();
        return Integer.bitCount(size) == 1 && size >= 2 * QUAD && size <= SMALL_GROUP;
    }

    private static void require(boolean fused) {
        if (!fused) {
            throw new NotFused();
        }
    }

    private void add(Op op) {
        require(op.out().width() % QUAD == 0);
        if (Schedule.keepsState(op) && isWhole(op.out())) {
            splits = false; // a block would read what another has already replaced
        }
        switch (op) {
            case Op.Unary unary -> {
                int phase = columns(op, unary.x());
                put(
                        phase,
                        new FusedPhase.Step.Unary(
                                unary.function(), read(unary.x(), phase), op.out()));
            }
            case Op.Binary binary -> add(binary);
            case Op.Norm norm -> add(norm);
            case Op.Delay delay -> {
                int phase = columns(op, delay.x());
                FusedPhase.Input last =
                        far(new FusedPhase.Source.OfState(delay.last(), 0), op.out().width());
                put(
                        phase,
                        new FusedPhase.Step.Delay(
                                delay.last(), read(delay.x(), phase), last, op.out()));
            }
            case Op.Fir fir -> add(fir);
            case Op.ModalScan scan -> add(scan);
            case Op.DiagonalScan scan -> add(scan);
            case Op.DeltaScan scan -> add(scan);
            default -> throw new NotFused();
        }
    }

    private void add(Op.Binary op) {
        int width = op.out().width();
        switch (op.y()) {
            case Value value when value.width() == width -> {
                int phase = columns(op, op.x(), value);
                put(phase, op, read(op.x(), phase), read(value, phase));
            }
            case Value value -> {
                FusedPhase.Access access = access(op, value.width());
                int phase = Math.max(columns(op, op.x()), after(value));
                phase = columns(phase, width, isWhole(op.out()));
                put(phase, op, read(op.x(), phase), spread(value, access, width));
            }
            case Weight weight -> {
                int phase = columns(op, op.x());
                int narrow = Math.toIntExact(weight.elements());
                FusedPhase.Access access =
                        narrow == width ? FusedPhase.Access.COLUMNS : access(op, narrow);
                FusedPhase.Source source = new FusedPhase.Source.OfWeight(weight);
                FusedPhase.Input y =
                        new FusedPhase.Input.Far(
                                new FusedPhase.Read(source, access, width, narrow));
                put(phase, op, read(op.x(), phase), y);
            }
            case Operand.Scalar scalar -> {
                int phase = columns(op, op.x());
                put(phase, op, read(op.x(), phase), new FusedPhase.Input.Number(scalar.value()));
            }
        }
    }

    private void put(int phase, Op.Binary op, FusedPhase.Input x, FusedPhase.Input y) {
        put(phase, new FusedPhase.Step.Binary(op.function(), x, y, op.out()));
    }

    private static FusedPhase.Access access(Op.Binary op, int narrow) {
        int block = op.out().width() / narrow;
        if (op.spread() == Spread.BLOCKS || narrow == 1) {
            require(block % QUAD == 0);
            return FusedPhase.Access.BLOCKS;
        }
        require(narrow % QUAD == 0);
        return FusedPhase.Access.TILES;
    }

    private void add(Op.Norm op) {
        int width = op.out().width();
        int size = width / op.groups();
        require(size % QUAD == 0);
        FusedPhase.Input scale = op.scale() == null ? null : weight(op.scale(), width);
        FusedPhase.Input bias = op.bias() == null ? null : weight(op.bias(), width);
        if (isSmall(op)) {
            int phase = columns(op, op.x());
            FusedPhase.Input x = read(op.x(), phase);
            put(
                    phase,
                    new FusedPhase.Step.SmallNorm(
                            op.kind(), x, size, op.epsilon(), scale, bias, op.out()));
            return;
        }
        Value x = op.x();
        if (phaseOf.get(x) == null) {
            x = copied(op.x());
        }
        held.add(x);
        FusedPhase.Sums sums = new FusedPhase.Sums(op.kind(), x, op.groups(), op.epsilon());
        int groups = groups(after(x));
        ((FusedPhase.Groups) phases.get(groups)).sums().add(sums);
        int phase = columns(groups + 1, width, isWhole(op.out()));
        put(phase, new FusedPhase.Step.Norm(sums, read(x, phase), scale, bias, op.out()));
    }

    /** Brings all of what lies elsewhere into shared memory. */
    private Value copied(Value x) {
        require(x.width() % QUAD == 0 && phaseOf.get(schedule.views().root(x)) == null);
        int phase = columns(0, x.width(), true);
        whole.add(x.id());
        put(phase, new FusedPhase.Step.Copy(far(new FusedPhase.Source.Of(x), x.width()), x));
        return x;
    }

    private void add(Op.Fir op) {
        int order = op.taps().shape().size(1);
        int width = op.out().width();
        int phase = columns(op, op.x());
        List<FusedPhase.Input> taps = new ArrayList<>();
        List<FusedPhase.Input> window = new ArrayList<>();
        for (int j = 0; j < order; j++) {
            taps.add(far(new FusedPhase.Source.OfTaps(op.taps(), j), width));
            if (j < order - 1) {
                window.add(far(new FusedPhase.Source.OfState(op.ring(), j), width));
            }
        }
        FusedPhase.Input bias = op.bias() == null ? null : weight(op.bias(), width);
        put(
                phase,
                new FusedPhase.Step.Fir(
                        op.ring(), read(op.x(), phase), taps, window, bias, op.out()));
    }

    private void add(Op.ModalScan op) {
        require(Schedule.isPair(op) && !isBf16(op.h()) && !isWhole(op.out()));
        int width = op.out().width();
        int phase = columns(op, op.x());
        put(
                phase,
                new FusedPhase.Step.Modal(
                        op.h(),
                        read(op.x(), phase),
                        fours(new FusedPhase.Source.OfState(op.h(), 0), width),
                        fours(new FusedPhase.Source.OfWeight(op.poles()), width),
                        fours(new FusedPhase.Source.OfWeight(op.residues()), width),
                        op.out()));
    }

    /** Four numbers a column, of four columns. */
    private static List<FusedPhase.Input> fours(FusedPhase.Source source, int width) {
        return IntStream.range(0, QUAD)
                .mapToObj(i -> new FusedPhase.Read(source, FusedPhase.Access.FOURS, 4 * width, i))
                .<FusedPhase.Input>map(FusedPhase.Input.Far::new)
                .toList();
    }

    private void add(Op.DiagonalScan op) {
        require(phases.stream().noneMatch(FusedPhase.Scan.class::isInstance) && !isWhole(op.out()));
        int phase = 0;
        for (Value input : op.inputs()) {
            phase = Math.max(phase, after(input));
        }
        require(phase == phases.size());
        int width = op.out().width();
        phases.add(
                new FusedPhase.Scan(
                        op,
                        across(op.x(), width),
                        across(op.dt(), width),
                        across(op.b(), op.b().width()),
                        across(op.c(), op.c().width())));
        phaseOf.put(op.out(), phase);
        held.add(op.out());
    }

    private void add(Op.DeltaScan op) {
        require(!hasDelta());
        int width = op.out().width();
        int phase = 0;
        for (Value input : op.inputs()) {
            require(input.width() == width);
            if (maker(input) < 0) {
                int columns = columns(0, width, false);
                put(
                        columns,
                        new FusedPhase.Step.Copy(
                                far(new FusedPhase.Source.Of(input), width), input));
            }
            require(phaseOf.containsKey(input));
            held.add(input);
            phase = Math.max(phase, after(input));
        }
        require(phase == phases.size());
        phases.add(new FusedPhase.Delta(op));
        phaseOf.put(op.out(), phase);
        held.add(op.out());
    }

    /** Whether blocks have heads of a delta rule. */
    boolean hasDelta() {
        return phases.stream().anyMatch(FusedPhase.Delta.class::isInstance);
    }

    /** Whether blocks of a head each have all that their phases read. */
    private boolean isByHead() {
        return whole.isEmpty()
                && phases.stream().mapToInt(FusedRows::width).distinct().count() == 1;
    }

    private static int width(FusedPhase phase) {
        return switch (phase) {
            case FusedPhase.Columns columns -> columns.width();
            case FusedPhase.Groups _ -> 0;
            case FusedPhase.Scan(Op.DiagonalScan op, var _, var _, var _, var _) ->
                    op.out().width();
            case FusedPhase.Delta(Op.DeltaScan op) -> op.out().width();
        };
    }

    /** The widest of all phases. */
    int widest() {
        return phases.stream().mapToInt(FusedRows::width).max().orElse(1);
    }

    private void toFragments(Value x) {
        require(x.width() % TILE == 0);
        Integer maker = phaseOf.get(x);
        if (maker != null && phases.get(maker) instanceof FusedPhase.Columns) {
            rounded.add(x);
            return;
        }
        int phase = columns(after(x), x.width(), false);
        put(phase, new FusedPhase.Step.Fragments(read(x, phase), x));
    }

    private void put(int phase, FusedPhase.Step step) {
        ((FusedPhase.Columns) phases.get(phase)).steps().add(step);
        if (step.out() != null) {
            phaseOf.put(step.out(), phase);
        }
    }

    /** The phase for an operator that reads the same columns of these values. */
    private int columns(Op op, Value... inputs) {
        boolean all = isWhole(op.out());
        int from = 0;
        for (Value input : inputs) {
            from =
                    Math.max(
                            from,
                            canJoin(input, op.out().width(), all) ? maker(input) : after(input));
        }
        return columns(from, op.out().width(), all);
    }

    /** The first phase from one on that has such columns; a new one if there is none. */
    private int columns(int from, int width, boolean all) {
        for (int i = from; i < phases.size(); i++) {
            if (phases.get(i)
                            instanceof
                            FusedPhase.Columns(int w, boolean wholeOnes, List<FusedPhase.Step> _)
                    && w == width
                    && wholeOnes == all) {
                return i;
            }
        }
        phases.add(new FusedPhase.Columns(width, all, new ArrayList<>()));
        return phases.size() - 1;
    }

    private int groups(int from) {
        for (int i = from; i < phases.size(); i++) {
            if (phases.get(i) instanceof FusedPhase.Groups) {
                return i;
            }
        }
        phases.add(new FusedPhase.Groups(new ArrayList<>()));
        return phases.size() - 1;
    }

    private int maker(Value value) {
        return phaseOf.getOrDefault(schedule.views().root(value), -1);
    }

    /** The first phase that may read any columns of a value. */
    private int after(Value value) {
        return maker(value) + 1;
    }

    private boolean canJoin(Value value, int width, boolean all) {
        int maker = maker(value);
        return maker < 0
                || !schedule.views().isFurtherIn(value)
                        && schedule.views().root(value).width() == width
                        && phases.get(maker)
                                instanceof FusedPhase.Columns(int w, boolean wholeOnes, var _)
                        && w == width
                        && wholeOnes == all;
    }

    /** How a step of a phase reads the same columns of a value. */
    private FusedPhase.Input read(Value value, int phase) {
        int maker = maker(value);
        if (maker < 0) {
            return far(new FusedPhase.Source.Of(value), value.width());
        }
        if (maker == phase) {
            return new FusedPhase.Input.Made(schedule.views().root(value));
        }
        return kept(value, FusedPhase.Access.COLUMNS, value.width());
    }

    private boolean isInQuads(Value value) {
        return schedule.views().offset(value) % QUAD == 0
                && schedule.views().root(value).width() % QUAD == 0;
    }

    private FusedPhase.Input spread(Value value, FusedPhase.Access access, int width) {
        require(access == FusedPhase.Access.BLOCKS || isInQuads(value));
        return maker(value) < 0
                ? new FusedPhase.Input.Far(
                        new FusedPhase.Read(
                                new FusedPhase.Source.Of(value), access, width, value.width()))
                : kept(value, access, width);
    }

    private FusedPhase.Input across(Value value, int width) {
        return maker(value) < 0
                ? far(new FusedPhase.Source.Of(value), width)
                : kept(value, FusedPhase.Access.COLUMNS, width);
    }

    private FusedPhase.Input kept(Value value, FusedPhase.Access access, int width) {
        Value root = schedule.views().root(value);
        int from = schedule.views().offset(value);
        require(access == FusedPhase.Access.BLOCKS || from % QUAD == 0);
        held.add(root);
        int divisor =
                switch (access) {
                    case COLUMNS, FOURS -> width;
                    case BLOCKS -> width / value.width();
                    case TILES -> value.width();
                };
        return new FusedPhase.Input.Kept(root, from, access, divisor);
    }

    private FusedPhase.Input weight(Weight weight, int width) {
        return far(new FusedPhase.Source.OfWeight(weight), width);
    }

    private FusedPhase.Input far(FusedPhase.Source source, int width) {
        require(!(source instanceof FusedPhase.Source.Of(Value value)) || isInQuads(value));
        return new FusedPhase.Input.Far(
                new FusedPhase.Read(source, FusedPhase.Access.COLUMNS, width, width));
    }
}
