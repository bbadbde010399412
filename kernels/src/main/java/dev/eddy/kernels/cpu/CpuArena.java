package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Every slot's states off the heap, one slot after the other; growing ones in pages of a pool. */
final class CpuArena implements StateArena {
    private final StateLayout layout;
    private final SlotLayout slotLayout;
    private final long base;
    private final long[] ages;
    private final SamplerSlots sampler;
    private final Pages pages;
    private final long pool;
    private boolean closed;

    /**
     * @param layout the canonical layout
     * @param pageCount pages for states that grow
     * @param memory owns the slots
     */
    CpuArena(StateLayout layout, SlotLayout slotLayout, int slots, int pageCount, Arena memory) {
        this.layout = layout;
        this.slotLayout = slotLayout;
        long bytes = Math.multiplyExact(slotLayout.bytes(), (long) slots);
        base = OffHeap.allocate(memory, bytes).address();
        ages = new long[slots];
        sampler = new SamplerSlots(slots);
        pages = new Pages(slots, pageCount);
        long poolBytes = Math.multiplyExact(slotLayout.pageBytes(), (long) pageCount);
        pool = OffHeap.allocate(memory, poolBytes).address();
    }

    /**
     * Readies a sealed step: its ids, positions and pages.
     *
     * @throws InvalidRequestException if it cannot run; nothing has changed then
     */
    void admit(Step step, Program program) {
        sampler.admit(step, program);
        if (layout.growth() > 0) {
            pages.admit(step);
        }
    }

    /** Where the page begins that holds a position of a slot. */
    long page(int slot, long position) {
        return pool + pages.page(slot, position) * slotLayout.pageBytes();
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
        pages.resize(slot, 0);
        OffHeap.zero(address(slot), slotLayout.bytes());
        ages[slot] = 0;
        sampler.clear(slot);
    }

    @Override
    public void copy(int from, int to) {
        check(from);
        check(to);
        if (from != to) {
            pages.resize(to, pages.capacity(from));
            for (long at = 0; at < pages.capacity(from); at += Pages.POSITIONS) {
                OffHeap.copy(page(from, at), page(to, at), slotLayout.pageBytes());
            }
            OffHeap.copy(address(from), address(to), slotLayout.bytes());
            ages[to] = ages[from];
            sampler.copy(from, to);
        }
    }

    @Override
    public CompletionStage<Void> save(int slot, MemorySegment target) {
        check(slot);
        long rows = layout.rows(target.byteSize());
        if (rows > pages.capacity(slot)) {
            throw new InvalidRequestException(
                    "slot " + slot + " cannot be saved at position " + rows + ": it holds fewer");
        }
        for (int i = 0; i < slotLayout.fields().size(); i++) {
            long offset = layout.fields().get(i).offset();
            if (slotLayout.grows(i)) {
                saveRows(slot, i, rows, target);
            } else {
                long address = address(slot) + slotLayout.offset(i);
                slotLayout.fields().get(i).save(address, ages[slot], target, offset);
            }
        }
        sampler.save(slot, target, layout);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<Void> load(int slot, MemorySegment source) {
        check(slot);
        long rows = layout.rows(source.byteSize());
        pages.resize(slot, rows);
        for (int i = 0; i < slotLayout.fields().size(); i++) {
            long offset = layout.fields().get(i).offset();
            if (slotLayout.grows(i)) {
                loadRows(slot, i, rows, source);
            } else {
                long address = address(slot) + slotLayout.offset(i);
                slotLayout.fields().get(i).load(address, source, offset);
            }
        }
        ages[slot] = 0;
        sampler.load(slot, source, layout);
        return CompletableFuture.completedFuture(null);
    }

    private void saveRows(int slot, int id, long rows, MemorySegment target) {
        StateLayout.Field field = layout.fields().get(id);
        long width = field.shape().elements();
        for (long position = 0; position < rows; position++) {
            long address = page(slot, position) + slotLayout.offset(id);
            long from = position % Pages.POSITIONS * width;
            long offset = layout.bytes(position) + field.offset();
            slotLayout.rows(id).save(address, from, width, target, offset);
        }
    }

    private void loadRows(int slot, int id, long rows, MemorySegment source) {
        StateLayout.Field field = layout.fields().get(id);
        long width = field.shape().elements();
        for (long position = 0; position < rows; position++) {
            long address = page(slot, position) + slotLayout.offset(id);
            long from = position % Pages.POSITIONS * width;
            long offset = layout.bytes(position) + field.offset();
            slotLayout.rows(id).load(address, from, width, source, offset);
        }
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
}
