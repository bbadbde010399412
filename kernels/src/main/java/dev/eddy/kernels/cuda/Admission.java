package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * What the host knows of a step before it runs: whether ids and positions are allowed, and whether
 * the slots of its pending entries hold a pending id. Which id, and whether it halted the slot, the
 * device alone knows.
 */
final class Admission {
    private enum Pending {
        NONE,
        HELD,
        /** An entry without a sample may have been masked, which keeps what is pending. */
        UNKNOWN
    }

    private final Program program;
    private final int vocabulary;
    private final Pending[] pending;

    Admission(Program program, int slots) {
        this.program = program;
        vocabulary = program.input() instanceof Program.Input.Ids ids ? ids.vocabulary() : 0;
        pending = new Pending[slots];
        for (int slot = 0; slot < slots; slot++) {
            clear(slot);
        }
    }

    void clear(int slot) {
        pending[slot] = Pending.NONE;
    }

    void copy(int from, int to) {
        pending[to] = pending[from];
    }

    /** Notes what a canonical state says. */
    void load(int slot, MemorySegment state, StateLayout layout) {
        long at = layout.sampler().offset() + 4L * StateLayout.PENDING;
        boolean held = state.get(ValueLayout.JAVA_INT_UNALIGNED, at) != Step.NONE;
        pending[slot] = held ? Pending.HELD : Pending.NONE;
    }

    /**
     * Checks a sealed step.
     *
     * @throws InvalidRequestException if an id is beyond the vocabulary, a position beyond the
     *     program's limit, or a slot has nothing pending
     */
    void check(Step step) {
        for (int e = 0; e < step.entries(); e++) {
            if (step.isPending(e) && pending[step.slot(e)] == Pending.NONE) {
                throw new InvalidRequestException(
                        "slot " + step.slot(e) + " has no pending id to absorb");
            }
            if (step.length(e) > program.limit() - step.start(e)) {
                throw new InvalidRequestException(
                        "slot "
                                + step.slot(e)
                                + " would absorb "
                                + step.length(e)
                                + " elements at position "
                                + step.start(e)
                                + "; sessions of this model end at position "
                                + program.limit());
            }
            for (int i = 0; vocabulary > 0 && !step.isPending(e) && i < step.length(e); i++) {
                int id = step.id(step.offset(e) + i);
                if (id >= vocabulary) {
                    throw new InvalidRequestException(
                            "id "
                                    + id
                                    + " at position "
                                    + (step.start(e) + i)
                                    + " is beyond the vocabulary of "
                                    + vocabulary);
                }
            }
        }
    }

    /** Notes what a step that was taken makes pending. */
    void submitted(Step step) {
        for (int e = 0; e < step.entries(); e++) {
            int slot = step.slot(e);
            if (step.wantsSample(e)) {
                pending[slot] = Pending.HELD;
            } else if (step.length(e) > 0) {
                pending[slot] = step.isPending(e) ? Pending.UNKNOWN : Pending.NONE;
            }
        }
    }
}
