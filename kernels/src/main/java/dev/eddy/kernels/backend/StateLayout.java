package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * The canonical layout of a session's state: every state of the program in order, row-major,
 * little-endian, each field at a multiple of 64 bytes, then the sampler's fields. Where a program
 * has histories, one row for each absorbed element follows, by position: the histories' rows side
 * by side. Backends may keep it otherwise and convert.
 *
 * @param fields the program's states, by id, then {@code sampler} I32 [258]: pending id, halted
 *     flag, and the ring of the last 256 absorbed ids at index position mod 256
 * @param bytes size at position 0: all of it where nothing grows
 * @param growth bytes that each absorbed element adds; 0 where nothing grows
 */
public record StateLayout(List<Field> fields, long bytes, long growth) {
    /** Where the sampler's pending id is, in ints from the start of its field. */
    public static final int PENDING = 0;

    /** Where the sampler's halted flag is. */
    public static final int HALTED = 1;

    /** Where the sampler's ring of recent ids starts. */
    public static final int RECENT = 2;

    private static final int ALIGNMENT = 64;

    /**
     * One array of a state.
     *
     * @param shape its extents; those of one row where it grows
     * @param offset bytes from the start of the state, or of a position's row where it grows
     * @param grows true for a history
     */
    public record Field(String name, DType dtype, Shape shape, long offset, boolean grows) {
        /** Its size, or that of one row where it grows. */
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
        long growth = 0;
        for (State state : program.states()) {
            DType dtype = dtype(state, stateDType);
            if (state.role() == State.Role.HISTORY) {
                Shape row = Shape.of(state.width());
                Field field = new Field(state.name(), dtype, row, growth, true);
                fields.add(field);
                growth = Math.addExact(growth, field.bytes());
            } else {
                Field field = new Field(state.name(), dtype, state.shape(), offset, false);
                fields.add(field);
                offset = align(Math.addExact(offset, field.bytes()));
            }
        }
        Field sampler =
                new Field(
                        "sampler",
                        DType.I32,
                        Shape.of(RECENT + Sampling.MAX_PENALTY_WINDOW),
                        offset,
                        false);
        fields.add(sampler);
        return new StateLayout(fields, align(offset + sampler.bytes()), growth);
    }

    /** Size of a state that has absorbed {@code position} elements. */
    public long bytes(long position) {
        return Math.addExact(bytes, Math.multiplyExact(position, growth));
    }

    /**
     * How many rows follow the constant fields in a state of {@code size} bytes: its position where
     * it grows, 0 where it does not.
     *
     * @throws InvalidRequestException if no state has that size
     */
    public long rows(long size) {
        long rows = size - bytes;
        if (rows < 0 || (growth == 0 ? rows > 0 : rows % growth > 0)) {
            throw new InvalidRequestException(
                    "a state takes "
                            + bytes
                            + " bytes"
                            + (growth == 0 ? "" : " and " + growth + " for each position")
                            + ", the segment has "
                            + size);
        }
        return growth == 0 ? 0 : rows / growth;
    }

    /** The element type in which a state is stored. */
    public static DType dtype(State state, DType stateDType) {
        return switch (state.role()) {
            case WINDOW, HISTORY -> DType.F32;
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
            words.append(field.grows() ? " of each position at " : " at ")
                    .append(field.offset())
                    .append('\n');
        }
        words.append(bytes).append(" bytes");
        return growth == 0 ? words.toString() : words + " and " + growth + " each position";
    }

    /** The sampler's field, always the last. */
    public Field sampler() {
        return fields.getLast();
    }

    private static long align(long offset) {
        return Math.addExact(offset, ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    }
}
