package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical layout of a session's state: every state of the program in order, row-major,
 * little-endian, each field at a multiple of 64 bytes, then the sampler's fields. Backends may keep
 * it otherwise and convert.
 *
 * @param fields the program's states, by id, then {@code sampler} I32 [258]: pending id, halted
 *     flag, and the ring of the last 256 absorbed ids at index position mod 256
 * @param bytes size of the whole
 */
public record StateLayout(List<Field> fields, long bytes) {
    /** Where the sampler's pending id is, in ints from the start of its field. */
    public static final int PENDING = 0;

    /** Where the sampler's halted flag is. */
    public static final int HALTED = 1;

    /** Where the sampler's ring of recent ids starts. */
    public static final int RECENT = 2;

    private static final int ALIGNMENT = 64;

    /** One array of a state. */
    public record Field(String name, DType dtype, Shape shape, long offset) {
        /** Its size. */
        public long bytes() {
            return dtype.bytes(shape.elements());
        }
    }

    public StateLayout {
        fields = List.copyOf(fields);
    }

    /** The layout of a program's states with accumulators in {@code stateDType}. */
    public static StateLayout of(Program program, DType stateDType) {
        List<Field> fields = new ArrayList<>();
        long offset = 0;
        for (State state : program.states()) {
            Field field = new Field(state.name(), dtype(state, stateDType), state.shape(), offset);
            fields.add(field);
            offset = align(Math.addExact(offset, field.bytes()));
        }
        Field sampler =
                new Field(
                        "sampler",
                        DType.I32,
                        Shape.of(RECENT + Sampling.MAX_PENALTY_WINDOW),
                        offset);
        fields.add(sampler);
        return new StateLayout(fields, align(offset + sampler.bytes()));
    }

    /** The element type in which a state is stored. */
    public static DType dtype(State state, DType stateDType) {
        return switch (state.role()) {
            case WINDOW -> DType.F32;
            case ACCUMULATOR -> stateDType;
        };
    }

    /** The layout in words: equal layouts, equal words. One field a line. */
    public String describe() {
        StringBuilder words = new StringBuilder();
        for (Field field : fields) {
            words.append(field.name())
                    .append(' ')
                    .append(field.dtype())
                    .append(' ')
                    .append(field.shape());
            words.append(" at ").append(field.offset()).append('\n');
        }
        return words.append(bytes).append(" bytes").toString();
    }

    /** The sampler's field, always the last. */
    public Field sampler() {
        return fields.getLast();
    }

    private static long align(long offset) {
        return Math.addExact(offset, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
