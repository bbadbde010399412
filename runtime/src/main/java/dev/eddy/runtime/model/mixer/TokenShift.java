package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.BinaryFunction;
import dev.eddy.kernels.program.Operand;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;

/**
 * RWKV's token shift (arXiv:2305.13048, section 3.1): a value and the way back to the value of the
 * element before, zero before the first. State: {@code x} [D] in the scope of {@code m}.
 */
public final class TokenShift {
    private final ProgramBuilder p;
    private final Value now;
    private final Value back;

    /** Shifts x [R, D]. */
    public TokenShift(ModelBuilder m, Value x) {
        p = m.ops();
        now = x;
        back = p.binary(BinaryFunction.SUBTRACT, p.delay(m.name("x"), x), x); // [R, D]
    }

    /** now + part (before - now) [R, D]: part 0 is the present, 1 the element before. */
    public Value toward(Operand part) {
        return p.add(now, p.multiply(back, part));
    }
}
