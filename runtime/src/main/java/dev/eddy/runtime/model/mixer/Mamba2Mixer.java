package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.Arrays;
import java.util.List;

/**
 * The state space dual mixer of Mamba-2 (arXiv:2405.21060, section 7), in the weight names of
 * Hugging Face: a matrix state with one decay a head, key B, query C, value dt x.
 *
 * @param hidden model width D
 * @param heads H
 * @param headDim P; H P is the inner width E
 * @param modes state size N
 * @param groups G groups of heads share B and C
 * @param order taps of the convolution
 * @param bias whether in_proj has a bias
 * @param outBias whether out_proj has one
 * @param convBias whether the convolution has one
 * @param dtMin least step after softplus
 * @param dtMax largest step after softplus
 * @param norm how the gate and the norm before out_proj combine
 * @param epsilon that norm's epsilon
 * @param multipliers what in_proj's z, x, B, C and dt are multiplied by; empty for nothing
 */
public record Mamba2Mixer(
        int hidden,
        int heads,
        int headDim,
        int modes,
        int groups,
        int order,
        boolean bias,
        boolean outBias,
        boolean convBias,
        float dtMin,
        float dtMax,
        GatedNorm norm,
        float epsilon,
        List<Float> multipliers) {
    public Mamba2Mixer {
        multipliers = List.copyOf(multipliers);
    }

    /** The same with another choice of a bias of out_proj, and with multipliers. */
    public Mamba2Mixer varied(boolean biasOut, List<Float> factors) {
        return new Mamba2Mixer(
                hidden, heads, headDim, modes, groups, order, bias, biasOut, convBias, dtMin, dtMax,
                norm, epsilon, factors);
    }

    /** The variants of the gated norm. */
    public enum GatedNorm {
        /** norm(y silu(z)) over the whole width. */
        GATE_THEN_NORM,
        /** norm(y silu(z)), each group by itself. */
        GATE_THEN_GROUP_NORM,
        /** norm(y) silu(z), each group by itself. */
        GROUP_NORM_THEN_GATE,
        /** y silu(z), no norm. */
        GATE_ONLY
    }

    /**
     * Mixes x [R, D] along time; out [R, D]. State: conv window [order - 1, E + 2 G N] and s [H, N,
     * P].
     */
    public Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        int inner = heads * headDim;
        int conv = inner + 2 * groups * modes;
        Value projected = Projection.of(m, "in_proj", bias, x, inner + conv + heads);
        Value[] parts =
                p.split(scaled(m, projected), inner, conv, heads); // z [R, E], xBC, dt [R, H]
        Value xbc =
                p.fir(
                        m.name("conv"),
                        parts[1],
                        m.taps("conv1d.weight", conv, order),
                        m.optional(convBias, "conv1d.bias", conv));
        Value[] u =
                p.split(
                        p.unary(UnaryFunction.SILU, xbc),
                        inner,
                        groups * modes,
                        groups * modes); // x, B, C
        Value dt =
                p.unary(
                        UnaryFunction.SOFTPLUS,
                        p.add(parts[2], m.weight("dt_bias", heads))); // [R, H]
        dt = clamp(p, dt);
        Value decay =
                p.unary(
                        UnaryFunction.EXP,
                        p.multiply(dt, m.derived("A_log", "-exp", a -> -Functions.exp(a), heads)));
        Value v = p.binary(BinaryFunction.MULTIPLY, u[0], dt, Spread.BLOCKS); // [R, E]
        Value y = p.matrixScan(m.name("s"), u[2], u[1], v, decay, heads, groups); // [R, E]
        y = p.add(y, p.binary(BinaryFunction.MULTIPLY, u[0], m.weight("D", heads), Spread.BLOCKS));
        return Projection.of(m, "out_proj", outBias, gated(m, y, parts[0]), hidden);
    }

    private Value scaled(ModelBuilder m, Value projected) {
        if (multipliers.isEmpty()) {
            return projected;
        }
        int inner = heads * headDim;
        int[] widths = {inner, inner, groups * modes, groups * modes, heads}; // z, x, B, C, dt
        float[] factors = new float[projected.width()];
        int at = 0;
        for (int i = 0; i < widths.length; i++) {
            Arrays.fill(factors, at, at + widths[i], multipliers.get(i));
            at += widths[i];
        }
        Weight vector =
                m.derived(
                        "multipliers " + multipliers + " over " + Arrays.toString(widths),
                        Shape.of(factors.length),
                        _ -> factors.clone());
        return m.ops().multiply(projected, vector);
    }

    private Value clamp(ProgramBuilder p, Value dt) {
        Value y = dt;
        if (dtMin > 0) {
            y = p.binary(BinaryFunction.MAX, y, new Operand.Scalar(dtMin));
        }
        if (dtMax < Float.POSITIVE_INFINITY) {
            y = p.binary(BinaryFunction.MIN, y, new Operand.Scalar(dtMax));
        }
        return y;
    }

    private Value gated(ModelBuilder m, Value y, Value z) {
        ProgramBuilder p = m.ops();
        Value gate = p.unary(UnaryFunction.SILU, z);
        return switch (norm) {
            case GATE_THEN_NORM -> normed(m, p.multiply(y, gate), 1);
            case GATE_THEN_GROUP_NORM -> normed(m, p.multiply(y, gate), groups);
            case GROUP_NORM_THEN_GATE -> p.multiply(normed(m, y, groups), gate);
            case GATE_ONLY -> p.multiply(y, gate);
        };
    }

    private Value normed(ModelBuilder m, Value y, int parts) {
        return m.ops()
                .norm(NormKind.RMS, y, parts, epsilon, m.weight("norm.weight", y.width()), null);
    }
}
