package dev.eddy.kernels.program;

import dev.eddy.kernels.program.Op.Binary;
import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Records a {@link Program}: one method an operator. Each checks that its arguments fit and throws
 * {@link ProgramException} naming the weight or the widths that do not. Not thread-safe.
 */
public final class ProgramBuilder {
    private final Program.Input input;
    private final List<Op> ops = new ArrayList<>();
    private final List<Weight> weights = new ArrayList<>();
    private final List<State> states = new ArrayList<>();
    private final Set<String> stateNames = new HashSet<>();
    private int values;
    private long limit = Program.ENDLESS;

    public ProgramBuilder(Program.Input input) {
        this.input = input;
    }

    /** Declares a weight; {@code source} runs when a backend compiles the program, not now. */
    public Weight weight(String name, Shape shape, Supplier<Tensor> source) {
        return weight(name, shape, DType.F32, source);
    }

    /** The same, with the element type of the tensor where it is known now. */
    public Weight weight(String name, Shape shape, DType stored, Supplier<Tensor> source) {
        Weight weight = new Weight(weights.size(), name, shape, stored, source);
        weights.add(weight);
        return weight;
    }

    /** Declares a piece of state, zero at position 0. */
    public State state(String name, State.Role role, Shape shape) {
        check(stateNames.add(name), "two states are called " + name);
        State state = new State(states.size(), name, role, shape);
        states.add(state);
        return state;
    }

    /** Ends every session of the program at this position, or an earlier one named before. */
    public void limit(long position) {
        check(position > 0, "a program cannot end at position " + position);
        limit = Math.min(limit, position);
    }

    /** {@link Op.Embed}: [R, W] rows of {@code table} [V, W] by id. */
    public Value embed(Weight table) {
        check(input instanceof Program.Input.Ids, "embed needs ids, this program absorbs frames");
        checkRank(table, 2);
        check(
                input instanceof Program.Input.Ids ids && table.shape().size(0) >= ids.vocabulary(),
                "embedding "
                        + table.name()
                        + " "
                        + table.shape()
                        + " has fewer rows than the vocabulary");
        return add(new Op.Embed(table, value(Rows.ALL, table.shape().size(1))));
    }

    /** {@link Op.Frames}: the batch's frames [R, W]. */
    public Value frames() {
        if (input instanceof Program.Input.Frames frames) {
            return add(new Op.Frames(value(Rows.ALL, frames.width())));
        }
        throw new ProgramException("frames needs float frames, this program absorbs ids");
    }

    /** {@link Op.Columns}: a view of {@code width} columns from {@code from}. */
    public Value columns(Value x, int from, int width) {
        check(
                from >= 0 && width > 0 && from + width <= x.width(),
                "columns " + from + " to " + (from + width) + " of a value of width " + x.width());
        return add(new Op.Columns(x, from, value(x.rows(), width)));
    }

    /** Views of consecutive columns; the widths must add up to the value's. */
    public Value[] split(Value x, int... widths) {
        Value[] parts = new Value[widths.length];
        int from = 0;
        for (int i = 0; i < widths.length; i++) {
            parts[i] = columns(x, from, widths[i]);
            from += widths[i];
        }
        check(from == x.width(), "split covers " + from + " of " + x.width() + " columns");
        return parts;
    }

    /** {@link Op.MatMul} without a bias: x [R, K] by weight [N, K]. */
    public Value matmul(Value x, Weight weight) {
        return matmul(x, weight, null);
    }

    /** {@link Op.MatMul}: x [R, K] by weight [N, K], plus bias [N] where there is one. */
    public Value matmul(Value x, Weight weight, @Nullable Weight bias) {
        checkRank(weight, 2);
        check(
                weight.shape().size(1) == x.width(),
                "matrix "
                        + weight.name()
                        + " "
                        + weight.shape()
                        + " does not fit a value of width "
                        + x.width());
        checkElements(bias, weight.shape().size(0));
        return add(new Op.MatMul(x, weight, bias, value(x.rows(), weight.shape().size(0))));
    }

    /** {@link Op.Unary}. */
    public Value unary(UnaryFunction function, Value x) {
        return add(new Op.Unary(function, x, value(x.rows(), x.width())));
    }

    /** {@link Op.Binary} of two values of one width, or of a value and a vector of its width. */
    public Value binary(BinaryFunction function, Value x, Operand y) {
        return binary(function, x, y, Spread.TILES);
    }

    /** {@link Op.Binary}: y of width w spread over x of width W, w dividing W. */
    public Value binary(BinaryFunction function, Value x, Operand y, Spread spread) {
        long width =
                switch (y) {
                    case Value v -> v.width();
                    case Weight w -> w.elements();
                    case Operand.Scalar _ -> 1;
                };
        check(
                width > 0 && x.width() % width == 0,
                function + ": width " + width + " does not divide " + x.width());
        check(
                !(y instanceof Value v) || v.rows() == x.rows(),
                function + ": one value has all rows, the other the selected ones");
        return add(new Binary(function, x, y, spread, value(x.rows(), x.width())));
    }

    /** x + y. */
    public Value add(Value x, Operand y) {
        return binary(BinaryFunction.ADD, x, y);
    }

    /** x y, elementwise. */
    public Value multiply(Value x, Operand y) {
        return binary(BinaryFunction.MULTIPLY, x, y);
    }

    /** {@link Op.Norm} over whole rows. */
    public Value norm(
            NormKind kind, Value x, float epsilon, @Nullable Weight scale, @Nullable Weight bias) {
        return norm(kind, x, 1, epsilon, scale, bias);
    }

    /** {@link Op.Norm}: each of {@code groups} equal parts of a row by itself. */
    public Value norm(
            NormKind kind,
            Value x,
            int groups,
            float epsilon,
            @Nullable Weight scale,
            @Nullable Weight bias) {
        check(
                groups > 0 && x.width() % groups == 0,
                groups + " groups do not divide width " + x.width());
        checkElements(scale, x.width());
        checkElements(bias, x.width());
        return add(new Op.Norm(kind, x, groups, epsilon, scale, bias, value(x.rows(), x.width())));
    }

    /** The sum of each of {@code groups} equal parts of a row, in each of the part's columns. */
    public Value sums(Value x, int groups) {
        return norm(NormKind.SUM, x, groups, 0, null, null);
    }

    /** {@link Op.Fir}; declares its ring as {@code name}. */
    public Value fir(String name, Value x, Weight taps, @Nullable Weight bias) {
        checkFir(x, taps, bias);
        Shape shape = Shape.of(taps.shape().size(1) - 1, x.width());
        State ring = state(name, State.Role.WINDOW, shape);
        return add(new Op.Fir(x, taps, bias, ring, value(x.rows(), x.width())));
    }

    /**
     * {@link Op.Fir} whose state grows with the session, which ends when it has absorbed as many
     * elements as there are taps; declares its history as {@code name}.
     */
    public Value growingFir(String name, Value x, Weight taps, @Nullable Weight bias) {
        checkFir(x, taps, bias);
        int order = taps.shape().size(1);
        limit(order);
        State history = state(name, State.Role.HISTORY, Shape.of(order, x.width()));
        return add(new Op.Fir(x, taps, bias, history, value(x.rows(), x.width())));
    }

    private static void checkFir(Value x, Weight taps, @Nullable Weight bias) {
        checkRank(taps, 2);
        checkAllRows(x);
        check(
                taps.shape().size(0) == x.width() && taps.shape().size(1) >= 1,
                "taps "
                        + taps.name()
                        + " "
                        + taps.shape()
                        + " do not fit a value of width "
                        + x.width());
        checkElements(bias, x.width());
    }

    /** {@link Op.DiagonalScan}; declares its state [D, N] as {@code name}. */
    public Value diagonalScan(String name, Value x, Value dt, Weight a, Value b, Value c) {
        checkRank(a, 2);
        checkAllRows(x, dt, b, c);
        int channels = a.shape().size(0);
        int modes = a.shape().size(1);
        check(
                x.width() == channels
                        && dt.width() == channels
                        && b.width() == modes
                        && c.width() == modes,
                "diagonal scan: a "
                        + a.shape()
                        + ", x "
                        + x.width()
                        + ", dt "
                        + dt.width()
                        + ", b "
                        + b.width()
                        + ", c "
                        + c.width());
        State h = state(name, State.Role.ACCUMULATOR, Shape.of(channels, modes));
        return add(new Op.DiagonalScan(x, dt, a, b, c, h, value(Rows.ALL, channels)));
    }

    /** {@link Op.MatrixScan} with a decay a head or a key channel, one write, read after it. */
    public Value matrixScan(
            String name, Value q, Value k, Value v, Value decay, int heads, int groups) {
        DecayAxis axis = decay.width() == heads ? DecayAxis.HEAD : DecayAxis.KEY;
        return matrixScan(name, q, k, v, decay, axis, null, null, heads, groups);
    }

    /** {@link Op.MatrixScan}; declares its state [H, K, V] as {@code name}. */
    public Value matrixScan(
            String name,
            Value q,
            Value k,
            Value v,
            Value decay,
            DecayAxis axis,
            Op.MatrixScan.@Nullable Write second,
            @Nullable Weight bonus,
            int heads,
            int groups) {
        checkAllRows(q, k, v, decay);
        check(
                heads > 0
                        && groups > 0
                        && heads % groups == 0
                        && v.width() % heads == 0
                        && k.width() % groups == 0,
                "matrix scan: "
                        + heads
                        + " heads, "
                        + groups
                        + " groups, k "
                        + k.width()
                        + ", v "
                        + v.width());
        int keys = k.width() / groups;
        int decays =
                switch (axis) {
                    case HEAD -> heads;
                    case KEY -> heads * keys;
                    case VALUE -> v.width();
                };
        check(
                q.width() == k.width() && decay.width() == decays,
                "matrix scan: q "
                        + q.width()
                        + ", k "
                        + k.width()
                        + ", decay "
                        + decay.width()
                        + " for "
                        + heads
                        + " heads of "
                        + keys
                        + " keys, by "
                        + axis);
        checkElements(bonus, heads * keys);
        if (second != null) {
            checkAllRows(second.k(), second.v());
            check(
                    second.k().width() == k.width() && second.v().width() == v.width(),
                    "matrix scan: the second write has other widths than the first");
        }
        State s = state(name, State.Role.ACCUMULATOR, Shape.of(heads, keys, v.width() / heads));
        return add(
                new Op.MatrixScan(
                        q,
                        k,
                        v,
                        decay,
                        axis,
                        second,
                        bonus,
                        heads,
                        groups,
                        s,
                        value(Rows.ALL, v.width())));
    }

    /** {@link Op.DeltaScan}; declares its state [H, K, V] as {@code name}. */
    public Value deltaScan(
            String name, Value q, Value k, Value v, Value decay, Value a, Value b, int heads) {
        checkAllRows(q, k, v, decay, a, b);
        int width = k.width();
        check(
                heads > 0 && width % heads == 0 && v.width() % heads == 0,
                "delta scan: " + heads + " heads, k " + width + ", v " + v.width());
        check(
                q.width() == width
                        && a.width() == width
                        && b.width() == width
                        && (decay.width() == heads || decay.width() == width),
                "delta scan: q "
                        + q.width()
                        + ", k "
                        + width
                        + ", a "
                        + a.width()
                        + ", b "
                        + b.width()
                        + ", decay "
                        + decay.width());
        State s =
                state(
                        name,
                        State.Role.ACCUMULATOR,
                        Shape.of(heads, width / heads, v.width() / heads));
        return add(new Op.DeltaScan(q, k, v, decay, a, b, heads, s, value(Rows.ALL, v.width())));
    }

    /** {@link Op.Recurrence}; declares its state [W] as {@code name}. */
    public Value recurrence(String name, Value a, Value b) {
        checkAllRows(a, b);
        check(a.width() == b.width(), "recurrence: a " + a.width() + ", b " + b.width());
        State h = state(name, State.Role.ACCUMULATOR, Shape.of(a.width()));
        return add(new Op.Recurrence(a, b, h, value(Rows.ALL, a.width())));
    }

    /** {@link Op.ModalScan}; declares its state, of the poles' shape, as {@code name}. */
    public Value modalScan(String name, Value x, Weight poles, Weight residues) {
        return modalScan(name, x, poles, residues, null);
    }

    /** {@link Op.ModalScan} with feedback, whose poles are complex. */
    public Value modalScan(
            String name,
            Value x,
            Weight poles,
            Weight residues,
            Op.ModalScan.@Nullable Feedback feedback) {
        checkAllRows(x);
        check(
                poles.shape().equals(residues.shape())
                        && poles.shape().size(0) == x.width()
                        && (poles.shape().rank() == 2
                                || poles.shape().rank() == 3 && poles.shape().size(2) == 2),
                "modal scan: poles "
                        + poles.name()
                        + " "
                        + poles.shape()
                        + ", residues "
                        + residues.name()
                        + " "
                        + residues.shape()
                        + ", x "
                        + x.width());
        check(
                feedback == null
                        || poles.shape().rank() == 3
                                && feedback.input().shape().equals(poles.shape())
                                && feedback.read().shape().equals(poles.shape())
                                && feedback.write().shape().equals(poles.shape()),
                "modal scan: feedback of another shape than the poles " + poles.shape());
        State h = state(name, State.Role.ACCUMULATOR, poles.shape());
        return add(new Op.ModalScan(x, poles, residues, feedback, h, value(Rows.ALL, x.width())));
    }

    /** {@link Op.PhaseScan}; declares its state [W] as {@code name}. */
    public Value phaseScan(String name, Value x) {
        checkAllRows(x);
        State phase = state(name, State.Role.WINDOW, Shape.of(x.width()));
        return add(new Op.PhaseScan(x, phase, value(Rows.ALL, 2 * x.width())));
    }

    /** {@link Op.LogMaxScan}; declares its state [H] as {@code name}. */
    public Value logMaxScan(String name, Value f, Value i) {
        checkAllRows(f, i);
        check(f.width() == i.width(), "log-max scan: f " + f.width() + ", i " + i.width());
        State m = state(name, State.Role.ACCUMULATOR, Shape.of(f.width()));
        return add(new Op.LogMaxScan(f, i, m, value(Rows.ALL, 3 * f.width())));
    }

    /** {@link Op.WkvScan}; declares its state [3, D] as {@code name}. */
    public Value wkvScan(String name, Value k, Value v, Weight decay, Weight bonus) {
        checkAllRows(k, v);
        check(k.width() == v.width(), "wkv scan: k " + k.width() + ", v " + v.width());
        checkElements(decay, k.width());
        checkElements(bonus, k.width());
        State state = state(name, State.Role.ACCUMULATOR, Shape.of(3, k.width()));
        return add(new Op.WkvScan(k, v, decay, bonus, state, value(Rows.ALL, k.width())));
    }

    /** {@link Op.CellScan}; declares its state [vectors, H] as {@code name}. */
    public Value cellScan(
            String name,
            Op.CellScan.CellKind kind,
            Value x,
            Weight recurrent,
            @Nullable Weight bias) {
        checkAllRows(x);
        checkRank(recurrent, 2);
        int hidden = recurrent.shape().size(1);
        check(
                recurrent.shape().size(0) == kind.gates() * hidden
                        && x.width() == kind.gates() * hidden,
                kind
                        + ": recurrent "
                        + recurrent.name()
                        + " "
                        + recurrent.shape()
                        + ", x "
                        + x.width());
        checkElements(bias, x.width());
        State state = state(name, State.Role.ACCUMULATOR, Shape.of(kind.vectors(), hidden));
        return add(new Op.CellScan(kind, x, recurrent, bias, state, value(Rows.ALL, hidden)));
    }

    /** {@link Op.Delay}; declares its state [W] as {@code name}. */
    public Value delay(String name, Value x) {
        checkAllRows(x);
        State last = state(name, State.Role.WINDOW, Shape.of(x.width()));
        return add(new Op.Delay(x, last, value(Rows.ALL, x.width())));
    }

    /** {@link Op.Attention}; declares its states as {@code name.keys} and {@code name.values}. */
    public Value attention(
            String name,
            Value q,
            Value k,
            Value v,
            int heads,
            int groups,
            Reach reach,
            float scale,
            float cap) {
        checkAllRows(q, k, v);
        check(
                heads > 0
                        && groups > 0
                        && heads % groups == 0
                        && q.width() % heads == 0
                        && k.width() % groups == 0
                        && v.width() % groups == 0
                        && q.width() / heads == k.width() / groups,
                "attention: "
                        + heads
                        + " heads, "
                        + groups
                        + " groups, q "
                        + q.width()
                        + ", k "
                        + k.width()
                        + ", v "
                        + v.width());
        State keys = past(name + ".keys", reach, k.width());
        State values = past(name + ".values", reach, v.width());
        Value out = value(Rows.ALL, v.width() / groups * heads);
        return add(new Op.Attention(q, k, v, heads, groups, scale, cap, keys, values, out));
    }

    private State past(String name, Reach reach, int width) {
        Shape shape = Shape.of(reach.positions(), width);
        return switch (reach) {
            case Reach.Window _ -> state(name, State.Role.WINDOW, shape);
            case Reach.All _ -> {
                limit(reach.positions());
                yield state(name, State.Role.HISTORY, shape);
            }
        };
    }

    /** {@link Op.Rotate}: rotates the first 2 F columns of each head, F the frequencies' number. */
    public Value rotate(
            Value x, int heads, Weight frequencies, float magnitude, boolean interleaved) {
        checkAllRows(x);
        check(
                heads > 0
                        && x.width() % heads == 0
                        && 2 * frequencies.elements() <= x.width() / heads,
                "rotate: "
                        + frequencies.name()
                        + " "
                        + frequencies.shape()
                        + " for "
                        + heads
                        + " heads of a value of width "
                        + x.width());
        return add(
                new Op.Rotate(
                        x, heads, frequencies, magnitude, interleaved, value(x.rows(), x.width())));
    }

    /** {@link Op.Softmax} of each of {@code groups} equal parts. */
    public Value softmax(Value x, int groups) {
        check(
                groups > 0 && x.width() % groups == 0,
                groups + " groups do not divide width " + x.width());
        return add(new Op.Softmax(x, groups, value(x.rows(), x.width())));
    }

    /** {@link Op.Concat} of whole rows. */
    public Value concat(Value... parts) {
        return concat(1, parts);
    }

    /** {@link Op.Concat} group by group. */
    public Value concat(int groups, Value... parts) {
        int width = 0;
        for (Value part : parts) {
            check(
                    groups > 0 && part.width() % groups == 0 && part.rows() == parts[0].rows(),
                    "concat: "
                            + groups
                            + " groups do not divide width "
                            + part.width()
                            + ", or rows differ");
            width += part.width();
        }
        check(width > 0, "concat of nothing");
        return add(new Op.Concat(List.of(parts), groups, value(parts[0].rows(), width)));
    }

    /** {@link Op.Outer} in each of {@code groups} groups. */
    public Value outer(Value x, Value y, int groups) {
        check(
                groups > 0
                        && x.width() % groups == 0
                        && y.width() % groups == 0
                        && x.rows() == y.rows(),
                "outer: " + groups + " groups, widths " + x.width() + " and " + y.width());
        int width = Math.multiplyExact(x.width(), y.width() / groups);
        return add(new Op.Outer(x, y, groups, value(x.rows(), width)));
    }

    /** {@link Op.Broadcast}: a weight in every row. */
    public Value broadcast(Weight weight) {
        return add(new Op.Broadcast(weight, value(Rows.ALL, Math.toIntExact(weight.elements()))));
    }

    /** {@link Op.Route}: the {@code count} experts that each row takes, out of all. */
    public Value route(
            Value scores, @Nullable Weight bias, int count, boolean normalise, float scale) {
        return route(scores, bias, count, 1, 1, normalise, scale);
    }

    /** {@link Op.Route}: the {@code count} experts that each row takes, out of its best groups. */
    public Value route(
            Value scores,
            @Nullable Weight bias,
            int count,
            int groups,
            int chosenGroups,
            boolean normalise,
            float scale) {
        checkElements(bias, scores.width());
        check(
                groups > 0
                        && scores.width() % groups == 0
                        && chosenGroups > 0
                        && chosenGroups <= groups
                        && count > 0
                        && count <= scores.width() / groups * chosenGroups,
                "route: "
                        + count
                        + " of "
                        + scores.width()
                        + " experts in "
                        + chosenGroups
                        + " of "
                        + groups
                        + " groups");
        return add(
                new Op.Route(
                        scores,
                        bias,
                        count,
                        groups,
                        chosenGroups,
                        normalise,
                        scale,
                        value(scores.rows(), 2 * count)));
    }

    /** {@link Op.Experts}: up [X, U, D], down [X, D, I], U = 2 I where gated. */
    public Value experts(
            Value x,
            Value routes,
            Weight up,
            Weight down,
            UnaryFunction activation,
            boolean gated) {
        checkRank(up, 3);
        checkRank(down, 3);
        int inner = down.shape().size(2);
        check(
                up.shape().size(0) == down.shape().size(0)
                        && up.shape().size(1) == (gated ? 2 * inner : inner)
                        && up.shape().size(2) == x.width()
                        && routes.width() % 2 == 0
                        && routes.rows() == x.rows(),
                "experts: up "
                        + up.name()
                        + " "
                        + up.shape()
                        + ", down "
                        + down.name()
                        + " "
                        + down.shape()
                        + ", x "
                        + x.width());
        return add(
                new Op.Experts(
                        x,
                        routes,
                        up,
                        down,
                        activation,
                        gated,
                        value(x.rows(), down.shape().size(1))));
    }

    /**
     * Ends a program whose selected rows are sampled from or scored: LM head {@code head} [V, W].
     */
    public Program logits(Value x, Weight head, @Nullable Weight bias) {
        return finish(new Program.Output.Logits(matmul(select(x), head, bias)));
    }

    /** {@link Op.Select}: from here on only the wanted rows. At most one in a program. */
    public Value select(Value x) {
        checkAllRows(x);
        State carry = state("carry", State.Role.WINDOW, Shape.of(x.width()));
        return add(new Op.Select(x, carry, value(Rows.SELECTED, x.width())));
    }

    /** Ends the program. */
    public Program finish(Program.Output output) {
        check(
                output.value().rows() == Rows.SELECTED,
                "the output must have selected rows: call select");
        return new Program(input, ops, values, weights, states, output, limit);
    }

    private Value value(Rows rows, int width) {
        return new Value(values++, rows, width);
    }

    private Value add(Op op) {
        ops.add(op);
        return op.out();
    }

    private static void checkAllRows(Value... xs) {
        for (Value x : xs) {
            check(x.rows() == Rows.ALL, "a scan needs all rows, this value has the selected ones");
        }
    }

    private static void checkRank(Weight weight, int rank) {
        check(
                weight.shape().rank() == rank,
                "weight " + weight.name() + " " + weight.shape() + " must have rank " + rank);
    }

    private static void checkElements(@Nullable Weight weight, int elements) {
        if (weight != null && weight.elements() != elements) {
            throw new ProgramException(
                    "weight "
                            + weight.name()
                            + " "
                            + weight.shape()
                            + " must have "
                            + elements
                            + " elements");
        }
    }

    private static void check(boolean condition, String message) {
        if (!condition) {
            throw new ProgramException(message);
        }
    }
}
