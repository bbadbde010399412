package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.Arrays;

/**
 * Multi-head latent attention (arXiv:2405.04434, section 2.1) without positions: all heads' keys
 * and values come from one latent vector c [L] an element, which is what the state holds. Queries
 * are carried to where c lies, and sums of c to where values lie: q (U c) = (U' q) c.
 *
 * @param heads H
 * @param latent L
 * @param own N, columns of a head's keys that come from c
 * @param shared S, columns of keys that all heads share
 * @param values V, columns of a head's values
 * @param reach how far back it sees
 */
public record LatentAttention(int heads, int latent, int own, int shared, int values, Reach reach) {
    private static final RmsNorm LATENT_NORM = new RmsNorm(1e-6f);

    /** Mixes x [R, D] along time; out [R, D]. State: keys [positions, L + S], values [.., L]. */
    public Value mix(ModelBuilder m, Value x) {
        ProgramBuilder p = m.ops();
        Weight query = Interleaved.rows(m, "q_proj.weight", heads, x.width(), own, shared);
        Value[] q = p.split(p.matmul(x, query), heads * own, heads * shared); // [R, H N], [R, H S]
        Value compressed = Projection.of(m, "kv_a_proj_with_mqa", false, x, latent + shared);
        Value[] parts = p.split(compressed, latent, shared); // c [R, L] and the shared keys [R, S]
        Value c = LATENT_NORM.apply(m, "kv_a_layernorm", parts[0]);
        Value carried = PerHead.matmul(m, q[0], heads, h -> keys(m, h), null); // [R, H L]
        Value sums =
                p.attention(
                        m.name("past"),
                        p.concat(heads, carried, q[1]), // [R, H (L + S)]
                        p.concat(c, parts[1]), // [R, L + S]
                        c,
                        heads,
                        1,
                        reach,
                        (float) (1 / Math.sqrt(own + shared)),
                        0); // [R, H L]
        Value o = PerHead.matmul(m, sums, heads, h -> values(m, h), null); // [R, H V]
        return Projection.of(m, "o_proj", false, o, x.width());
    }

    /** U' [L, N] of a head, whose rows U [N, L] kv_b_proj holds before those of its values. */
    private Weight keys(ModelBuilder m, int head) {
        return m.derived(
                "keys of head " + head,
                Shape.of(latent, own),
                from -> {
                    float[] transposed = new float[latent * own];
                    int start = head * (own + values) * latent;
                    for (int i = 0; i < transposed.length; i++) {
                        transposed[i] = from[0][start + i % own * latent + i / own];
                    }
                    return transposed;
                },
                stored(m));
    }

    /** The rows [V, L] of a head's values. */
    private Weight values(ModelBuilder m, int head) {
        return m.derived(
                "values of head " + head,
                Shape.of(values, latent),
                from -> {
                    int start = (head * (own + values) + own) * latent;
                    return Arrays.copyOfRange(from[0], start, start + values * latent);
                },
                stored(m));
    }

    private ModelBuilder.Stored stored(ModelBuilder m) {
        return m.stored("kv_b_proj.weight", (long) heads * (own + values), latent);
    }
}
