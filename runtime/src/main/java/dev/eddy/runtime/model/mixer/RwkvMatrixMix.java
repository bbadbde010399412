package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Op.MatrixScan.DecayAxis;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * What RWKV-5's and RWKV-6's time mixes have in common (arXiv:2404.05892, section 4.1): matrix
 * state with a decay a key channel and a bonus for the present, a norm a head, a gate and the
 * output.
 *
 * @param hidden width D = H n
 * @param heads H
 * @param norm the norm a head
 */
public record RwkvMatrixMix(int hidden, int heads, LayerNorm norm) {
    /**
     * Mixes the shifted inputs (each [R, D]) of receptance, key, value and gate, with decay w [R,
     * D] between 0 and 1. State s [H, n, n].
     */
    public Value mix(ModelBuilder m, Value xr, Value xk, Value xv, Value xg, Value w) {
        ProgramBuilder p = m.ops();
        Value r = projected(m, "receptance", xr); // [R, D]
        Value k = projected(m, "key", xk);
        Value v = projected(m, "value", xv);
        Value g = p.unary(UnaryFunction.SILU, projected(m, "gate", xg));
        Value y =
                p.matrixScan(
                        m.name("s"),
                        r,
                        k,
                        v,
                        w,
                        DecayAxis.KEY,
                        null,
                        m.weight("time_faaaa", heads, hidden / heads),
                        heads,
                        heads); // [R, D]
        y = norm.perGroup(m, "ln_x", y, heads);
        return projected(m, "output", p.multiply(y, g));
    }

    private Value projected(ModelBuilder m, String name, Value x) {
        return m.ops().matmul(x, m.weight(name + ".weight", hidden, hidden));
    }
}
