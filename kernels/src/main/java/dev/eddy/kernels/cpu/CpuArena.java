package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Every slot's states off the heap, one slot after the other. */
final class CpuArena implements StateArena {
    private final StateLayout layout;
    private final SlotLayout slotLayout;
    private final long base;
    private final long[] ages;
    private final SamplerSlots sampler;
    private boolean closed;

    /**
     * @param layout the canonical layout
     * @param memory owns the slots
     */
    CpuArena(StateLayout layout, SlotLayout slotLayout, int slots, Arena memory) {
        this.layout = layout;
        this.slotLayout = slotLayout;
        long bytes = Math.multiplyExact(slotLayout.bytes(), (long) slots);
        base = OffHeap.allocate(memory, bytes).address();
        ages = new long[slots];
        sampler = new SamplerSlots(slots);
    }

    SamplerSlots sampler() {
        return sampler;
    }

    /** Where a slot begins. */
    long address(int slot) {
        return base + slot * slotLayout.bytes();
    }

    /** How many elements a slot has absorbed since it was cleared or loaded. */
    long age(int slot) {
        return ages[slot];
    }

    /** Counts elements that a slot has absorbed. */
    void grow(int slot, int elements) {
        ages[slot] += elements;
    }

    @Override
    public StateLayout layout() {
        return layout;
    }

    @Override
    public int slots() {
        return ages.length;
    }

    @Override
    public void clear(int slot) {
        check(slot);
        OffHeap.zero(address(slot), slotLayout.bytes());
        ages[slot] = 0;
        sampler.clear(slot);
    }

    @Override
    public void copy(int from, int to) {
        check(from);
        check(to);
        if (from != to) {
            OffHeap.copy(address(from), address(to), slotLayout.bytes());
            ages[to] = ages[from];
            sampler.copy(from, to);
        }
    }

    @Override
    public CompletionStage<Void> save(int slot, MemorySegment target) {
        check(slot);
        check(target);
        for (int i = 0; i < slotLayout.fields().size(); i++) {
            long offset = layout.fields().get(i).offset();
            long address = address(slot) + slotLayout.offset(i);
            slotLayout.fields().get(i).save(address, ages[slot], target, offset);
        }
        sampler.save(slot, target, layout);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> load(int slot, MemorySegment source) {
        check(slot);
        check(source);
        for (int i = 0; i < slotLayout.fields().size(); i++) {
            long offset = layout.fields().get(i).offset();
            slotLayout.fields().get(i).load(address(slot) + slotLayout.offset(i), source, offset);
        }
        ages[slot] = 0;
        sampler.load(slot, source, layout);
        return CompletableFuture.completedFuture(null);
    }

    /** Refuses every later access: the memory goes with the executable. */
    void close() {
        closed = true;
    }

    private void check(int slot) {
        if (closed) {
            throw new IllegalStateException("the executable is closed");
        }
        if (slot < 0 || slot >= ages.length) {
            throw new InvalidRequestException("slot " + slot + " of " + ages.length);
        }
    }

    private void check(MemorySegment state) {
        layout.rows(state.byteSize()); // Refuses what is no state's size.
    }
}
