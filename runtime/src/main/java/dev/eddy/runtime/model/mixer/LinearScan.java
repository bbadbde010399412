package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Spread;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import org.jspecify.annotations.Nullable;

/**
 * Linear attention without decay: a head's state S [K, V] = S + k v' and, where the weights q k are
 * to sum to one, z [K] = z + k; y = S' q or S' q / (z' q + epsilon).
 *
 * @param heads H
 * @param epsilon null where y is not divided
 */
public record LinearScan(int heads, @Nullable Float epsilon) {
    /** q, k [R, H K], v [R, H V]; out [R, H V]. States s [H, K, V] and z [H, K, 1]. */
    public Value scan(ModelBuilder m, Value q, Value k, Value v) {
        ProgramBuilder p = m.ops();
        Value one = Constants.ones(m, heads); // [R, H]
        Value y = p.matrixScan(m.name("s"), q, k, v, one, heads, heads); // [R, H V]
        if (epsilon == null) {
            return y;
        }
        Value sum = p.matrixScan(m.name("z"), q, k, one, one, heads, heads); // [R, H]
        Value divisor = p.add(sum, new Operand.Scalar(epsilon));
        return p.binary(BinaryFunction.DIVIDE, y, divisor, Spread.BLOCKS);
    }
}
