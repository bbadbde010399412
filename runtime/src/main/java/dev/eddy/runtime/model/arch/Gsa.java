package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.GatedOutput;
import dev.eddy.runtime.model.mixer.HeadProjections;
import dev.eddy.runtime.model.mixer.Projection;
import java.util.Set;

/**
 * Gated slot attention (arXiv:2409.07146) in fla's names: M slots of keys and values a head, which
 * forget by slot, f = sigmoid(x)^(1/normalizer), and take the new element by 1 - f. Keys: A = A
 * diag(f) + k (1 - f)'; values: B = diag(f) B + (1 - f) v'; y = B' softmax(A' q).
 *
 * @param heads H heads, G groups, K keys, V values
 * @param slots M
 * @param featureMap of queries and keys
 * @param normalizer of the logarithm of f
 */
record Gsa(
        HeadProjections heads,
        int slots,
        UnaryFunction featureMap,
        float normalizer,
        GatedOutput output)
        implements Fla.Mixer {
    static Stack record(Config config, Weights weights) {
        Options.require(config, "use_output_gate", false);
        Options.require(config, "use_norm", true);
        Options.requireAbsent(config, "clamp_min", "fla's own model ignores it");
        Options.requireAbsent(config, "clamp_max", "fla's own model ignores it");
        HeadProjections heads = Fla.heads(config, 4, 1, 1, Fla.conv(config, UnaryFunction.SILU));
        boolean relu = config.oneOf("feature_map", Set.of("swish", "relu"), "swish").equals("relu");
        Gsa mixer =
                new Gsa(
                        heads,
                        config.positive("num_slots", heads.keys()),
                        relu ? UnaryFunction.RELU : UnaryFunction.SILU,
                        config.floatOf("gate_logit_normalizer", 8),
                        Fla.wholeNorm(config));
        return Fla.record("gsa", config, mixer);
    }

    @Override
    public Value mix(ModelBuilder m, int layer, Value x) {
        ProgramBuilder p = m.ops();
        int n = heads.heads();
        Value q = p.unary(featureMap, heads.query(m, x)); // [R, H K]
        Value k = heads.toHeads(p, p.unary(featureMap, heads.key(m, x))); // [R, H K]
        Value v = p.unary(UnaryFunction.SILU, heads.value(m, x)); // [R, G V]
        Value logit = Projection.of(m, "f_proj", false, x, heads.groups() * slots); // [R, G M]
        Value log =
                p.binary(
                        BinaryFunction.DIVIDE,
                        p.unary(UnaryFunction.LOG_SIGMOID, logit),
                        new Operand.Scalar(normalizer));
        Value f = heads.toHeads(p, p.unary(UnaryFunction.EXP, log)); // [R, H M]
        Value write = p.add(p.multiply(f, new Operand.Scalar(-1)), new Operand.Scalar(1)); // 1 - f
        Value scores =
                p.matrixScan(
                        m.name("keys"),
                        q,
                        k,
                        write,
                        f,
                        DecayAxis.VALUE,
                        null,
                        null,
                        n,
                        n); // [R, H M]
        Value o =
                p.matrixScan(
                        m.name("values"),
                        p.softmax(scores, n),
                        write,
                        heads.toHeads(p, v),
                        f,
                        DecayAxis.KEY,
                        null,
                        null,
                        n,
                        n); // [R, H V]
        return output.apply(m, p.unary(UnaryFunction.SILU, o), null, x.width());
    }
}
