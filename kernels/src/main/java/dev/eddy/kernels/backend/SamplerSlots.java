package dev.eddy.kernels.backend;

import static dev.eddy.kernels.backend.StateLayout.HALTED;
import static dev.eddy.kernels.backend.StateLayout.PENDING;
import static dev.eddy.kernels.backend.StateLayout.RECENT;

import dev.eddy.kernels.program.Program;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * The sampler's fields of every slot, on the host: pending id, halted flag and the ring of recent
 * ids, laid out as {@link StateLayout#sampler}. Backends on the host keep theirs here and share how
 * steps read and change them.
 */
public final class SamplerSlots {
    private static final int WIDTH = RECENT + Sampling.MAX_PENALTY_WINDOW;

    /** Bytes that a slot takes here. */
    public static final long SLOT_BYTES = 4L * WIDTH;

    private static final int RING_MASK = Sampling.MAX_PENALTY_WINDOW - 1;

    private final int[] fields;

    public SamplerSlots(int slots) {
        fields = new int[Math.multiplyExact(slots, WIDTH)];
        for (int slot = 0; slot < slots; slot++) {
            clear(slot);
        }
    }

    /** Nothing pending, nothing recent. */
    public void clear(int slot) {
        Arrays.fill(fields, slot * WIDTH, (slot + 1) * WIDTH, 0);
        fields[slot * WIDTH + PENDING] = Step.NONE;
    }

    /** Copies one slot's fields over another's. */
    public void copy(int from, int to) {
        System.arraycopy(fields, from * WIDTH, fields, to * WIDTH, WIDTH);
    }

    /** Writes a slot's fields at their place in a canonical state. */
    public void save(int slot, MemorySegment state, StateLayout layout) {
        MemorySegment.copy(
                fields,
                slot * WIDTH,
                state,
                ValueLayout.JAVA_INT_UNALIGNED,
                layout.sampler().offset(),
                WIDTH);
    }

    /** Reads a slot's fields from their place in a canonical state. */
    public void load(int slot, MemorySegment state, StateLayout layout) {
        MemorySegment.copy(
                state,
                ValueLayout.JAVA_INT_UNALIGNED,
                layout.sampler().offset(),
                fields,
                slot * WIDTH,
                WIDTH);
    }

    /**
     * Readies a sealed step: resolves pending ids, masks the entries of halted slots and checks
     * every id and every position.
     *
     * @throws InvalidRequestException if an id is beyond the vocabulary, a position beyond the
     *     program's limit, or a slot has nothing pending; the step is untouched by the device then
     */
    public void admit(Step step, Program program) {
        int vocabulary = program.input() instanceof Program.Input.Ids ids ? ids.vocabulary() : 0;
        for (int e = 0; e < step.entries(); e++) {
            int base = step.slot(e) * WIDTH;
            if (step.isPending(e)) {
                if (fields[base + PENDING] == Step.NONE) {
                    throw new InvalidRequestException(
                            "slot " + step.slot(e) + " has no pending id to absorb");
                }
                step.resolve(step.offset(e), fields[base + PENDING]);
                if (fields[base + HALTED] != 0) {
                    step.mask(e);
                }
            }
            if (step.absorbed(e) > program.limit() - step.start(e)) {
                throw new InvalidRequestException(
                        "slot "
                                + step.slot(e)
                                + " would absorb "
                                + step.absorbed(e)
                                + " elements at position "
                                + step.start(e)
                                + "; sessions of this model end at position "
                                + program.limit());
            }
            for (int row = step.offset(e);
                    vocabulary > 0 && row < step.offset(e) + step.length(e);
                    row++) {
                if (step.id(row) >= vocabulary) {
                    throw new InvalidRequestException(
                            "id "
                                    + step.id(row)
                                    + " at position "
                                    + (step.start(e) + row - step.offset(e))
                                    + " is beyond the vocabulary of "
                                    + vocabulary);
                }
            }
        }
    }

    /**
     * Enters the elements that an entry absorbed into its slot's ring; whatever was pending is
     * pending no more.
     */
    public void absorb(Step step, int e) {
        int base = step.slot(e) * WIDTH;
        int count = step.absorbed(e);
        for (int i = 0; i < count; i++) {
            fields[base + RECENT + (int) (step.start(e) + i & RING_MASK)] =
                    step.id(step.offset(e) + i);
        }
        if (count > 0) {
            fields[base + PENDING] = Step.NONE;
            fields[base + HALTED] = 0;
        }
    }

    /**
     * Makes {@code id} pending in an entry's slot, halting it if the entry's sampling stops there.
     */
    public void sampled(Step step, int e, int id) {
        int base = step.slot(e) * WIDTH;
        fields[base + PENDING] = id;
        fields[base + HALTED] = step.sampling(e).stops(id) ? 1 : 0;
    }

    /** How many of the last ids count for penalties at {@code position}. */
    public static int window(Sampling sampling, long position) {
        return (int) Math.min(sampling.penaltyWindow(), position);
    }

    /**
     * The id absorbed {@code back} elements before {@code position} (1: the last); at most 256
     * back.
     */
    public int recent(int slot, long position, int back) {
        return fields[slot * WIDTH + RECENT + (int) (position - back & RING_MASK)];
    }
}
