package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Causal softmax attention in groups of heads that share keys and values (arXiv:2305.13245).
 *
 * @param heads H query heads
 * @param groups G heads of keys and values; G divides H
 * @param headDim E columns of a head
 * @param reach how far back it sees
 * @param scale what scores are multiplied by
 * @param keyScale what keys are multiplied by before they are rotated
 * @param bias whether the projections have biases
 * @param rope rotation of queries and keys by position; null for none
 * @param norm norm of each head's query and key before they are rotated; null for none
 * @param names what the file calls its weights
 */
public record Attention(
        int heads,
        int groups,
        int headDim,
        Reach reach,
        float scale,
        float keyScale,
        boolean bias,
        @Nullable Rope rope,
        @Nullable RmsNorm norm,
        Names names) {

    /**
     * Names of the weights.
     *
     * @param q queries' projection [H E, D]
     * @param k keys' projection [G E, D]
     * @param v values' projection [G E, D]
     * @param out projection [D, H E] back
     * @param qNorm queries' norm [E]
     * @param kNorm keys' norm [E]
     */
    public record Names(String q, String k, String v, String out, String qNorm, String kNorm) {
        /** As in Llama and what descends from it. */
        public static final Names LLAMA =
                new Names("q_proj", "k_proj", "v_proj", "o_proj", "q_norm", "k_norm");
    }

    /** Scores divided by the root of a head's width, no norms, in Llama's names. */
    public Attention(
            int heads, int groups, int headDim, Reach reach, boolean bias, @Nullable Rope rope) {
        this(
                heads,
                groups,
                headDim,
                reach,
                (float) (1 / Math.sqrt(headDim)),
                1,
                bias,
                rope,
                null,
                Names.LLAMA);
    }

    /** The same with scores and keys multiplied by others than 1 / sqrt(E) and 1. */
    public Attention scaled(float scores, float keys) {
        return new Attention(heads, groups, headDim, reach, scores, keys, bias, rope, norm, names);
    }

    /** The same with norms of queries and keys, in other names. */
    public Attention normed(RmsNorm headNorm, Names local) {
        return new Attention(
                heads, groups, headDim, reach, scale, keyScale, bias, rope, headNorm, local);
    }

    /** Mixes x [R, D] along time; out [R, D]. State: keys and values, each [positions, G E]. */
    public Value mix(ModelBuilder m, Value x) {
        Value q = Projection.of(m, names.q(), bias, x, heads * headDim); // [R, H E]
        Value k = Projection.of(m, names.k(), bias, x, groups * headDim); // [R, G E]
        Value v = Projection.of(m, names.v(), bias, x, groups * headDim); // [R, G E]
        return Projection.of(m, names.out(), bias, attend(m, q, k, v), x.width());
    }

    /** What queries [R, H E] find by keys [R, G E] in values [R, G E]; out [R, H E]. */
    public Value attend(ModelBuilder m, Value q, Value k, Value v) {
        Value query = placed(m, q, heads, names.qNorm());
        Value key = placed(m, Scaled.by(m, keyScale, k), groups, names.kNorm());
        return m.ops().attention(m.name("past"), query, key, v, heads, groups, reach, scale, 0);
    }

    private Value placed(ModelBuilder m, Value x, int parts, String local) {
        Value normed = norm == null ? x : norm.perHead(m, local, x, parts);
        return rope == null ? normed : rope.rotate(m, normed, parts);
    }
}
