package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.tensor.DType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Every slot's states as plain float arrays in canonical order; bfloat16 states hold rounded
 * floats; histories lie in pages.
 */
final class ReferenceArena implements StateArena {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;

    private final StateLayout layout;
    private final float[][][] states;
    final ReferenceHistories histories;
    final SamplerSlots sampler;

    ReferenceArena(Program program, CompileOptions options) {
        layout = StateLayout.of(program, options.state());
        histories = new ReferenceHistories(layout, options);
        sampler = new SamplerSlots(options.slots());
        states = new float[options.slots()][program.states().size()][];
        for (float[][] slot : states) {
            for (State state : program.states()) {
                boolean grows = state.role() == State.Role.HISTORY;
                long elements = grows ? 0 : state.shape().elements();
                slot[state.id()] = new float[Math.toIntExact(elements)];
            }
        }
    }

    /**
     * Readies a sealed step: its ids, positions and pages.
     *
     * @throws dev.eddy.kernels.backend.InvalidRequestException if it cannot run; nothing has
     *     changed then
     */
    void admit(Step step, Program program) {
        sampler.admit(step, program);
        histories.admit(step);
    }

    /** A slot's copy of a state, row-major in its canonical shape; nothing of a history. */
    float[] state(int slot, State state) {
        return states[slot][state.id()];
    }

    /** A value as an accumulator keeps it. */
    float round(State state, float value) {
        return isBf16(state.id()) ? Halves.roundBf16(value) : value;
    }

    private boolean isBf16(int state) {
        return layout.fields().get(state).dtype() == DType.BF16;
    }

    @Override
    public StateLayout layout() {
        return layout;
    }

    @Override
    public int slots() {
        return states.length;
    }

    @Override
    public void clear(int slot) {
        for (float[] state : states[slot]) {
            Arrays.fill(state, 0);
        }
        histories.clear(slot);
        sampler.clear(slot);
    }

    @Override
    public void copy(int from, int to) {
        histories.copy(from, to);
        for (int i = 0; i < states[from].length; i++) {
            System.arraycopy(states[from][i], 0, states[to][i], 0, states[from][i].length);
        }
        sampler.copy(from, to);
    }

    @Override
    public CompletionStage<Void> save(int slot, MemorySegment target) {
        histories.save(slot, target);
        for (int i = 0; i < states[slot].length; i++) {
            long offset = layout.fields().get(i).offset();
            float[] state = states[slot][i];
            for (int j = 0; j < state.length; j++) {
                if (isBf16(i)) {
                    target.set(SHORT, offset + 2L * j, Halves.toBf16(state[j]));
                } else {
                    target.set(FLOAT, offset + 4L * j, state[j]);
                }
            }
        }
        sampler.save(slot, target, layout);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> load(int slot, MemorySegment source) {
        histories.load(slot, source);
        for (int i = 0; i < states[slot].length; i++) {
            long offset = layout.fields().get(i).offset();
            float[] state = states[slot][i];
            for (int j = 0; j < state.length; j++) {
                state[j] =
                        isBf16(i)
                                ? Halves.fromBf16(source.get(SHORT, offset + 2L * j))
                                : source.get(FLOAT, offset + 4L * j);
            }
        }
        sampler.load(slot, source, layout);
        return CompletableFuture.completedFuture(null);
    }
}
