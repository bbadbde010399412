package dev.eddy.kernels.program;

import org.jspecify.annotations.Nullable;

/**
 * An operator of a program. Shapes name R for the batch's rows; every reduction order is that of
 * the reference backend. All but {@link Embed} and {@link Frames} read values that earlier
 * operators made.
 */
public sealed interface Op {
    /** The value it makes. */
    Value out();

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
     * Normalises every group of {@code out.width / groups} columns by itself, then multiplies by
     * scale and adds bias (each [W] or absent).
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
     * from the bias [C] (or zero).
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
     * Matrix state with decay (Mamba-2, linear attention and kin). q, k [R, G K]; v [R, H V]; decay
     * [R, H] (one number a head) or [R, H K] (one a key channel); state s [H, K, V]; head h reads q
     * and k of group h G / H: s[i, j] = fma(decay, s[i, j], k[i] v[j]), out[h, j] = FMA chain over
     * i of q[i] s[i, j], from zero, after the write.
     */
    record MatrixScan(
            Value q, Value k, Value v, Value decay, int heads, int groups, State s, Value out)
            implements Op {}

    /**
     * Keeps the rows whose output is wanted. x [R, W]; each entry's last row also goes to carry
     * [W], so that an entry without elements can select what its session absorbed last. out has
     * {@link Rows#SELECTED}.
     */
    record Select(Value x, State carry, Value out) implements Op {}
}
