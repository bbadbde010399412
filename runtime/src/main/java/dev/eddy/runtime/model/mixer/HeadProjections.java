package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The projections q_proj, k_proj and v_proj to heads, each with a short convolution where there are
 * any.
 *
 * @param heads H
 * @param groups G groups of heads share keys and values
 * @param keys K, a head's queries and keys
 * @param values V, a head's values
 * @param conv the convolutions q_conv1d, k_conv1d and v_conv1d; null for none
 */
public record HeadProjections(
        int heads, int groups, int keys, int values, @Nullable ShortConv conv) {
    /** Queries [R, H K] of x [R, D]. */
    public Value query(ModelBuilder m, Value x) {
        return project(m, "q", x, heads * keys);
    }

    /** Keys [R, G K] of x [R, D]. */
    public Value key(ModelBuilder m, Value x) {
        return project(m, "k", x, groups * keys);
    }

    /** Values [R, G V] of x [R, D]. */
    public Value value(ModelBuilder m, Value x) {
        return project(m, "v", x, groups * values);
    }

    private Value project(ModelBuilder m, String name, Value x, int width) {
        Value y = Projection.of(m, name + "_proj", false, x, width);
        return conv == null ? y : conv.apply(m, name + "_conv1d", y);
    }

    /** What groups have [R, G W], once for each of their heads: [R, H W]. */
    public Value toHeads(ProgramBuilder p, Value x) {
        return repeat(p, x, groups, heads / groups);
    }

    /** Each of {@code groups} parts of x [R, G W] {@code times} times in a row. */
    static Value repeat(ProgramBuilder p, Value x, int groups, int times) {
        Value[] copies = new Value[times];
        Arrays.fill(copies, x);
        return times == 1 ? x : p.concat(groups, copies);
    }
}
