package dev.eddy.kernels.backend;

import static dev.eddy.kernels.program.UnaryFunction.SIGMOID;
import static dev.eddy.kernels.program.UnaryFunction.TANH;

import dev.eddy.kernels.backend.Samples.Sample;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Op.CellScan.CellKind;
import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.program.Op.MatrixScan.Write;
import dev.eddy.kernels.program.Op.ModalScan.Feedback;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import java.util.Map;

/** Programs for the operators with state, and for those that rearrange rows. */
final class StateSamples {
    /** Everything, of more than any test feeds. */
    private static final Reach ALL = new Reach.All(700);

    private final Samples s;
    private final ProgramBuilder p;

    StateSamples(Samples s) {
        this.s = s;
        p = s.builder;
    }

    private interface Body {
        Value of(StateSamples s, Value x);
    }

    /** Adds one program for each operator and kind of argument, by name. */
    static void addTo(Map<String, Sample> all) {
        add(all, "matrix values", (s, x) -> s.matrix(x, 2, 21, DecayAxis.VALUE, false, false));
        add(all, "matrix second", (s, x) -> s.matrix(x, 3, 16, DecayAxis.HEAD, true, false));
        add(all, "matrix bonus", (s, x) -> s.matrix(x, 2, 40, DecayAxis.KEY, false, true));
        add(all, "matrix all", (s, x) -> s.matrix(x, 2, 33, DecayAxis.VALUE, true, true));
        add(all, "matrix of one column", (s, x) -> s.matrix(x, 5, 1, DecayAxis.KEY, false, false));
        add(all, "delta", (s, x) -> s.delta(x, 3, 9, 16, false));
        add(all, "delta keys", (s, x) -> s.delta(x, 2, 16, 37, true));
        add(all, "matrix 64", (s, x) -> s.matrix(x, 2, 64, 40, DecayAxis.KEY, false, false));
        add(all, "matrix 128", (s, x) -> s.matrix(x, 1, 128, 70, DecayAxis.VALUE, false, false));
        add(
                all,
                "matrix 64 of heads",
                (s, x) -> s.matrix(x, 3, 64, 64, DecayAxis.HEAD, false, false));
        add(
                all,
                "matrix 64 of keys",
                (s, x) -> s.matrix(x, 1, 64, 128, DecayAxis.KEY, false, false));
        add(
                all,
                "matrix 128 of heads",
                (s, x) -> s.matrix(x, 2, 128, 64, DecayAxis.HEAD, false, false));
        add(
                all,
                "matrix 128 of values",
                (s, x) -> s.matrix(x, 1, 128, 128, DecayAxis.VALUE, false, false));
        add(all, "delta 64 of keys", (s, x) -> s.delta(x, 2, 64, 36, true));
        add(all, "delta 64 of heads", (s, x) -> s.delta(x, 1, 64, 64, false));
        add(all, "delta 128 of keys", (s, x) -> s.delta(x, 1, 128, 32, true));
        add(all, "delta 128 of heads", (s, x) -> s.delta(x, 2, 128, 20, false));
        add(all, "delta 64", (s, x) -> s.delta(x, 2, 64, 70, true));
        add(all, "delta 128", (s, x) -> s.delta(x, 1, 128, 33, false));
        add(all, "recurrence", StateSamples::recurrence);
        add(all, "modal real", (s, x) -> s.modal(x, 5, false, false));
        add(all, "modal complex", (s, x) -> s.modal(x, 4, true, false));
        add(all, "modal feedback", (s, x) -> s.modal(x, 3, true, true));
        add(all, "log max", (s, x) -> s.p.logMaxScan(s.name("m"), s.minus(x), x));
        add(all, "wkv", StateSamples::wkv);
        add(all, "phase", (s, x) -> s.p.phaseScan(s.name("phase"), x));
        add(all, "delay", (s, x) -> s.p.multiply(s.p.delay(s.name("last"), x), x));
        add(all, "attention", (s, x) -> s.attention(x, 4, 2, 16, 9, new Reach.Window(33), 0));
        add(all, "attention capped", (s, x) -> s.attention(x, 3, 1, 5, 7, new Reach.Window(4), 2f));
        add(
                all,
                "attention of fours",
                (s, x) -> s.attention(x, 4, 2, 36, 12, new Reach.Window(33), 2f));
        add(all, "attention of wide fours", (s, x) -> s.attention(x, 2, 1, 100, 128, ALL, 0));
        add(all, "attention wide", (s, x) -> s.attention(x, 2, 2, 8, 80, new Reach.Window(99), 0));
        add(
                all,
                "attention of parts",
                (s, x) -> s.attention(x, 1, 1, 70, 301, new Reach.Window(40), 0));
        add(all, "attention growing", (s, x) -> s.attention(x, 2, 1, 3, 16, ALL, 0));
        add(all, "rotate", StateSamples::rotateAll);
        add(all, "rotate neighbours", (s, x) -> s.rotate(x, 3, true));
        add(all, "rotate heads", (s, x) -> s.rotate(x, 2, false));
        add(all, "fir growing", StateSamples::longFir);
        add(all, "lstm", (s, x) -> s.cell(x, CellKind.LSTM, 37, true));
        add(all, "lstm bare", (s, x) -> s.cell(x, CellKind.LSTM, 16, false));
        add(all, "gru", (s, x) -> s.cell(x, CellKind.GRU, 33, true));
        add(all, "experts", (s, x) -> s.experts(x, 5, 1, 1, 2, UnaryFunction.SILU, true));
        add(all, "experts of groups", (s, x) -> s.experts(x, 12, 4, 2, 3, TANH, false));
        add(all, "softmax", StateSamples::softmax);
        add(all, "concat", StateSamples::concat);
        add(all, "outer", (s, x) -> s.p.outer(s.project(x, 6), s.project(x, 34), 2));
        add(all, "broadcast", (s, x) -> s.p.add(x, s.p.broadcast(s.s.vector(x.width()))));
    }

    private static void add(Map<String, Sample> all, String name, Body body) {
        all.put(name, w -> Samples.frames(w, (s, x) -> body.of(new StateSamples(s), x)));
    }

    private String name(String kind) {
        return s.name(kind);
    }

    private Value project(Value x, int width) {
        return p.matmul(x, s.matrix(width, x.width()));
    }

    /** Numbers between 0 and 1. */
    private Value share(Value x, int width) {
        return p.unary(SIGMOID, project(x, width));
    }

    private Value minus(Value x) {
        return p.unary(UnaryFunction.LOG_SIGMOID, x);
    }

    Value matrix(
            Value x, int heads, int columns, DecayAxis axis, boolean second, boolean hasBonus) {
        return matrix(x, heads, 7, columns, axis, second, hasBonus);
    }

    private Value matrix(
            Value x,
            int heads,
            int keys,
            int columns,
            DecayAxis axis,
            boolean second,
            boolean hasBonus) {
        Value q = project(x, heads * keys);
        Value k = project(x, heads * keys);
        Value v = project(x, heads * columns);
        int decays =
                switch (axis) {
                    case HEAD -> heads;
                    case KEY -> heads * keys;
                    case VALUE -> heads * columns;
                };
        Write write = second ? new Write(project(x, heads * keys), share(x, v.width())) : null;
        Weight bonus = hasBonus ? s.vector(heads * keys) : null;
        Value y =
                p.matrixScan(
                        name("s"), q, k, v, share(x, decays), axis, write, bonus, heads, heads);
        return p.multiply(y, p.unary(UnaryFunction.SILU, v));
    }

    Value delta(Value x, int heads, int keys, int columns, boolean each) {
        int width = heads * keys;
        Value k = unit(project(x, width), heads);
        Value a = p.binary(BinaryFunction.MULTIPLY, k, new Operand.Scalar(-1f));
        Value b = p.multiply(k, share(x, width));
        Value v = project(x, heads * columns);
        Value decay = share(x, each ? width : heads);
        Value y = p.deltaScan(name("s"), project(x, width), k, v, decay, a, b, heads);
        return p.add(y, v);
    }

    private Value unit(Value x, int groups) {
        return p.norm(NormKind.L2, x, groups, 1e-6f, null, null);
    }

    Value recurrence(Value x) {
        Value y = p.recurrence(name("h"), share(x, x.width()), x);
        return p.multiply(y, p.unary(TANH, x));
    }

    Value modal(Value x, int modes, boolean complex, boolean feedback) {
        Feedback back =
                feedback ? new Feedback(modes(x, modes), modes(x, modes), small(x, modes)) : null;
        Weight poles = complex ? modes(x, modes) : s.matrix(x.width(), modes, 0.9f);
        Weight residues = complex ? modes(x, modes) : s.matrix(x.width(), modes);
        return p.add(x, p.modalScan(name("h"), x, poles, residues, back));
    }

    private Weight modes(Value x, int modes) {
        return s.complex(x.width(), modes, 0.6f);
    }

    private Weight small(Value x, int modes) {
        return s.complex(x.width(), modes, 0.05f);
    }

    Value wkv(Value x) {
        int w = x.width();
        Value y = p.wkvScan(name("wkv"), x, project(x, w), s.negative(w, 1), s.vector(w));
        return p.multiply(y, share(x, w));
    }

    Value attention(Value x, int heads, int groups, int key, int value, Reach reach, float cap) {
        Value q = project(x, heads * key);
        Value k = project(x, groups * key);
        Value v = project(x, groups * value);
        Value y = p.attention(name("attention"), q, k, v, heads, groups, reach, 0.4f, cap);
        return p.multiply(y, share(x, y.width()));
    }

    private Value rotateAll(Value x) {
        return p.rotate(project(x, 2 * x.width()), 1, s.vector(x.width()), 0.9f, false);
    }

    /** Heads of 40 columns, of which the first 38 turn. */
    Value rotate(Value x, int heads, boolean interleaved) {
        Weight frequencies = s.vector(19);
        Value y = p.rotate(project(x, heads * 40), heads, frequencies, 1, interleaved);
        return p.rotate(y, heads, frequencies, 1, interleaved);
    }

    Value longFir(Value x) {
        Weight taps = s.matrix(x.width(), 100);
        Value y = p.growingFir(name("long"), x, taps, s.vector(x.width()));
        return p.multiply(y, x);
    }

    Value cell(Value x, CellKind kind, int hidden, boolean hasBias) {
        int width = kind.gates() * hidden;
        Weight bias = hasBias ? s.vector(width) : null;
        Value y = p.cellScan(name("cell"), kind, project(x, width), s.matrix(width, hidden), bias);
        return p.multiply(y, p.columns(project(x, hidden), 0, hidden));
    }

    Value experts(
            Value x,
            int count,
            int groups,
            int chosenGroups,
            int chosen,
            UnaryFunction activation,
            boolean gated) {
        int inner = 19;
        int width = x.width();
        Weight bias = groups > 1 ? s.vector(count) : null;
        Value scores = share(x, count);
        Value routes = p.route(scores, bias, chosen, groups, chosenGroups, gated, 1.5f);
        Weight up = s.matrices(count, gated ? 2 * inner : inner, width);
        Weight down = s.matrices(count, width, inner);
        return p.add(x, p.experts(x, routes, up, down, activation, gated));
    }

    private Value softmax(Value x) {
        Value y = p.softmax(project(x, 3 * x.width()), 3);
        return p.add(y, p.softmax(y, 1));
    }

    private Value concat(Value x) {
        Value y = p.concat(x, project(x, 5), p.columns(x, 0, 1));
        Value z = p.concat(3, project(x, 3), project(x, 51), project(x, 6));
        return p.concat(y, z, y);
    }
}
