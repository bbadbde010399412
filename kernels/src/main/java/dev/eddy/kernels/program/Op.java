package dev.eddy.kernels.program;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator of a program. Shapes name R for the batch's rows; every reduction order is that of
 * the reference backend. All but {@link Embed} and {@link Frames} read values that earlier
 * operators made.
 */
public sealed interface Op {
    /** The value it makes. */
    Value out();

    /** The values that it reads, as it names them. */
    default List<Value> inputs() {
        return switch (this) {
            case Embed _, Frames _ -> List.of();
            case Columns columns -> List.of(columns.x());
            case MatMul matmul -> List.of(matmul.x());
            case Unary unary -> List.of(unary.x());
            case Binary binary ->
                    binary.y() instanceof Value y ? List.of(binary.x(), y) : List.of(binary.x());
            case Norm norm -> List.of(norm.x());
            case Fir fir -> List.of(fir.x());
            case DiagonalScan scan -> List.of(scan.x(), scan.dt(), scan.b(), scan.c());
            case MatrixScan scan -> {
                List<Value> inputs = List.of(scan.q(), scan.k(), scan.v(), scan.decay());
                if (scan.second() == null) {
                    yield inputs;
                }
                List<Value> second = List.of(scan.second().k(), scan.second().v());
                yield Stream.concat(inputs.stream(), second.stream()).toList();
            }
            case DeltaScan scan ->
                    List.of(scan.q(), scan.k(), scan.v(), scan.decay(), scan.a(), scan.b());
            case Recurrence scan -> List.of(scan.a(), scan.b());
            case ModalScan scan -> List.of(scan.x());
            case LogMaxScan scan -> List.of(scan.f(), scan.i());
            case WkvScan scan -> List.of(scan.k(), scan.v());
            case CellScan scan -> List.of(scan.x());
            case PhaseScan scan -> List.of(scan.x());
            case Delay delay -> List.of(delay.x());
            case Attention attention -> List.of(attention.q(), attention.k(), attention.v());
            case Rotate rotate -> List.of(rotate.x());
            case Softmax softmax -> List.of(softmax.x());
            case Concat concat -> concat.parts();
            case Outer outer -> List.of(outer.x(), outer.y());
            case Broadcast _ -> List.of();
            case Route route -> List.of(route.scores());
            case Experts experts -> List.of(experts.x(), experts.routes());
            case Select select -> List.of(select.x());
        };
    }

    /** Rows of a table by element id: out[r] = table[id[r]]. Table [V, W], used as stored. */
    record Embed(Weight table, Value out) implements Op {}

    /** The batch's float frames as they came: out [R, W]. */
    record Frames(Value out) implements Op {}

    /** Columns {@code from .. from + out.width - 1} of x: a view, no arithmetic. */
    record Columns(Value x, int from, Value out) implements Op {}

    /**
     * out = x W' + b. x [R, K], weight [N, K], out [R, N]. One FMA chain over K, ascending, from
     * zero; the bias [N] is added last.
     */
    record MatMul(Value x, Weight weight, @Nullable Weight bias, Value out) implements Op {}

    /** out = f(x), elementwise. */
    record Unary(UnaryFunction function, Value x, Value out) implements Op {}

    /** out = f(x, y), elementwise, y spread over x's width. */
    record Binary(BinaryFunction function, Value x, Operand y, Spread spread, Value out)
            implements Op {}

    /**
     * Normalises every group of {@code out.width / groups} columns by itself, or puts its sum into
     * each of them ({@link NormKind#SUM}), then multiplies by scale and adds bias (each [W] or
     * absent).
     */
    record Norm(
            NormKind kind,
            Value x,
            int groups,
            float epsilon,
            @Nullable Weight scale,
            @Nullable Weight bias,
            Value out)
            implements Op {}

    /**
     * FIR ring: a depthwise causal convolution. x [R, C], taps [C, K] oldest first, ring [K - 1,
     * C]; out[t, c] = sum over j of taps[c, j] x[t - K + 1 + j, c] as one FMA chain, oldest first,
     * from the bias [C] (or zero). A filter as long as the training ({@link State.Role#HISTORY} [K,
     * C]) keeps every row by position; its chain begins at position 0 and sessions end at K.
     */
    record Fir(Value x, Weight taps, @Nullable Weight bias, State ring, Value out) implements Op {}

    /**
     * Diagonal recurrence with input-dependent step (Mamba, section 3.2 of arXiv:2312.00752). x, dt
     * [R, D]; a [D, N]; b, c [R, N]; state h [D, N]: h = fma(exp(dt a), h, (dt x) b), out[d] = FMA
     * chain over n of h[d, n] c[n], from zero.
     */
    record DiagonalScan(Value x, Value dt, Weight a, Value b, Value c, State h, Value out)
            implements Op {}

    /**
     * Matrix state with decay (Mamba-2, linear attention and kin). q, k [R, G K]; v [R, H V]; state
     * s [H, K, V]; head h reads q and k of group h G / H. The decay w is one number a head [R, H],
     * a key channel [R, H K] or a value channel [R, H V]: s[i, j] = fma(w, s[i, j], k[i] v[j]),
     * then for a second write s[i, j] = fma(k2[i], v2[j], s[i, j]); out[h, j] = FMA chain over i of
     * q[i] s[i, j], from zero, after the write. With a bonus u [H, K] (RWKV-5 and 6) the read comes
     * before it: chain of q[i] fma(u[i] k[i], v[j], s[i, j]).
     */
    record MatrixScan(
            Value q,
            Value k,
            Value v,
            Value decay,
            DecayAxis axis,
            @Nullable Write second,
            @Nullable Weight bonus,
            int heads,
            int groups,
            State s,
            Value out)
            implements Op {
        /** What one number of the decay covers. */
        public enum DecayAxis {
            HEAD,
            KEY,
            VALUE
        }

        /** Another outer product k v' written in the same element; shapes as the first's. */
        public record Write(Value k, Value v) {}
    }

    /**
     * Matrix state with a diagonal-plus-low-rank transition (RWKV-7, the delta rules). q, k, a, b
     * [R, H K]; v [R, H V]; decay w [R, H] or [R, H K]; state s [H, K, V]: p[j] = FMA chain over i
     * of a[i] s[i, j], from zero, before any write; s[i, j] = fma(w[i], s[i, j], fma(b[i], p[j],
     * k[i] v[j])); out[h, j] = FMA chain over i of q[i] s[i, j], from zero, after the write.
     */
    record DeltaScan(
            Value q, Value k, Value v, Value decay, Value a, Value b, int heads, State s, Value out)
            implements Op {}

    /**
     * Diagonal recurrence, one mode a channel (RG-LRU, running sums): h = fma(a, h, b), out = h.
     */
    record Recurrence(Value a, Value b, State h, Value out) implements Op {}

    /**
     * Diagonal recurrence with constant complex poles (S4D, Hyena's modes). x [R, D]; poles and
     * residues [D, N, 2] (real, imaginary) or [D, N] (real alone); state h of the same shape. Real
     * part: h = fma(pr, hr, fma(-pi, hi, x)), imaginary: fma(pr, hi, pi hr), both from the old h;
     * out[d] = FMA chain over n, from zero, of rr hr then -ri hi. With feedback its terms take the
     * place of x and join the imaginary part, see {@link Feedback}.
     */
    record ModalScan(
            Value x, Weight poles, Weight residues, @Nullable Feedback feedback, State h, Value out)
            implements Op {
        /**
         * A low-rank term beside the poles (S4, arXiv:2111.00396, section 3): one number f a
         * channel, read from the old state, comes back into every mode. All [D, N, 2]. f = FMA
         * chain over n, from zero, of read_r hr then -read_i hi; real part: h = fma(pr, hr,
         * fma(-pi, hi, fma(write_r, f, input_r x))), imaginary: fma(pr, hi, fma(pi, hr,
         * fma(write_i, f, input_i x))).
         */
        public record Feedback(Weight input, Weight read, Weight write) {}
    }

    /**
     * The running log-maximum of an exponentially gated recurrence (mLSTM, arXiv:2405.04517,
     * equations 15 to 17). f, i [R, H] logarithms; state m [H]; out [R, 3 H]: m' = max(f + m, i);
     * exp((f + m) - m'), exp(i - m'), m'.
     */
    record LogMaxScan(Value f, Value i, State m, Value out) implements Op {}

    /**
     * RWKV-4's weighted key-value average (arXiv:2305.13048, appendix D). k, v [R, D]; decay w [D]
     * (a negative logarithm) and bonus u [D]; state [3, D]: numerator a, denominator b, log-maximum
     * p, where b = 0 means that nothing has been absorbed and p counts as minus infinity.
     */
    record WkvScan(Value k, Value v, Weight decay, Weight bonus, State state, Value out)
            implements Op {}

    /**
     * Gated non-linear cell. x [R, G H] (input projections with the input bias); recurrent [G H,
     * H], bias [G H] or none; state [2, H] (LSTM: h, c) or [1, H] (GRU). r = recurrent h + bias, as
     * {@link MatMul}. LSTM (gates i, f, g, o): c = fma(f, c, i g), h = o tanh(c). GRU (gates r, z,
     * n): n = tanh(fma(r, r_n, x_n)), h = fma(z, h - n, n).
     */
    record CellScan(
            CellKind kind, Value x, Weight recurrent, @Nullable Weight bias, State state, Value out)
            implements Op {
        /** The cells there are. */
        public enum CellKind {
            LSTM(4, 2),
            GRU(3, 1);

            private final int gates;
            private final int vectors;

            CellKind(int gates, int vectors) {
                this.gates = gates;
                this.vectors = vectors;
            }

            /** Gates, which x has side by side. */
            public int gates() {
                return gates;
            }

            /** Vectors in the state. */
            public int vectors() {
                return vectors;
            }
        }
    }

    /**
     * A running phase in turns (Mamba-3's rotations). x [R, W] turns; state phase [W], float32
     * whatever the state dtype: phase + x, less the nearest whole number; out [R, 2 W]: cosines of
     * the new phases, then their sines, as {@code Functions.cosTurns} and {@code sinTurns}.
     */
    record PhaseScan(Value x, State phase, Value out) implements Op {}

    /** The value of the element before: out[t] = x[t - 1], zero at position 0. State [W]. */
    record Delay(Value x, State last, Value out) implements Op {}

    /**
     * Causal softmax attention over a window or over everything. q [R, H E]; k [R, G E]; v [R, G
     * F]; head h reads k and v of group h G / H; keys [P, G E] and values [P, G F] are rings at
     * position mod P ({@link State.Role#WINDOW}) or rows by position ({@link State.Role#HISTORY});
     * out [R, H F]. Scores are scale times an FMA chain over E, from zero, then cap tanh(score /
     * cap) where cap > 0. Keys count in blocks of {@value #BLOCK} aligned to absolute position:
     * each block its maximum, its sum of exp(score - maximum) and its weighted values as FMA chains
     * in position order; blocks combine in order (reference: {@code ReferenceAttention}).
     */
    record Attention(
            Value q,
            Value k,
            Value v,
            int heads,
            int groups,
            float scale,
            float cap,
            State keys,
            State values,
            Value out)
            implements Op {
        /** Keys in a block. */
        public static final int BLOCK = 256;

        /** P: keys that a query sees, its own included. */
        public int window() {
            return keys.shape().size(0);
        }
    }

    /**
     * Rotary position embedding: in each of {@code heads} heads the first 2 F columns are rotated
     * by position times frequencies [F], computed in double ({@code Rotation}); the others pass.
     * Pairs are (c, c + F) or (2 c, 2 c + 1); the rotated pair is (x cos - y sin, x sin + y cos),
     * each as fma(x, cos, -(y sin)) and fma(x, sin, y cos), times {@code magnitude} in cos and sin.
     */
    record Rotate(
            Value x, int heads, Weight frequencies, float magnitude, boolean interleaved, Value out)
            implements Op {}

    /** Softmax of each of {@code groups} equal parts of a row, with lanes as {@link Norm}. */
    record Softmax(Value x, int groups, Value out) implements Op {}

    /**
     * Joins values group by group: for each of {@code groups} groups, every part's columns in turn.
     */
    record Concat(List<Value> parts, int groups, Value out) implements Op {
        public Concat {
            parts = List.copyOf(parts);
        }
    }

    /** Outer products: in each of {@code groups} groups, out[i m + j] = x[i] y[j]. */
    record Outer(Value x, Value y, int groups, Value out) implements Op {}

    /** A weight [W] in every row. */
    record Broadcast(Weight weight, Value out) implements Op {}

    /**
     * Chooses each row's experts: scores [R, X] plus bias [X] (for the choice alone) fall in order,
     * ties to the lower id; with {@code chosenGroups} of {@code groups} only experts of the groups
     * with the largest sum of their two best count. out [R, 2 k]: the ids, best first, then their
     * scores without bias, divided by their sum (added in order) if {@code normalise}, times {@code
     * scale}.
     */
    record Route(
            Value scores,
            @Nullable Weight bias,
            int count,
            int groups,
            int chosenGroups,
            boolean normalise,
            float scale,
            Value out)
            implements Op {}

    /**
     * Mixture of experts. x [R, D]; routes [R, 2 k] of {@link Route}; up [X, U, D], down [X, D, I]:
     * the chosen experts' down(activation(up x)), each matrix as {@link MatMul}, summed in route
     * order as fma(weight, y, sum) from zero. Gated activations take U = 2 I rows, gate first.
     */
    record Experts(
            Value x,
            Value routes,
            Weight up,
            Weight down,
            UnaryFunction activation,
            boolean gated,
            Value out)
            implements Op {}

    /**
     * Keeps the rows whose output is wanted. x [R, W]; each entry's last row also goes to carry
     * [W], so that an entry without elements can select what its session absorbed last. out has
     * {@link Rows#SELECTED}.
     */
    record Select(Value x, State carry, Value out) implements Op {}
}
