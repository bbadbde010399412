package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.HostBlock;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.cuda.driver.DeviceMemory;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.program.State;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletionStage;

/**
 * Every slot's state in device memory, in the canonical layout, one slot after the other; histories
 * in pools of pages. States travel in order with the steps.
 */
final class CudaArena implements StateArena, AutoCloseable {
    private final StateLayout layout;
    private final int slots;
    private final Pages pages;
    private final long[] pools;
    private final DeviceMemory memory;
    private final DeviceMemory history;
    private final GpuStream stream;
    private final Transfers transfers;
    private final Admission admission;

    /** Takes the transfers and the stream that they were made for, but frees neither. */
    CudaArena(
            StateLayout layout,
            CompileOptions options,
            Admission admission,
            GpuContext context,
            GpuStream stream,
            Transfers transfers) {
        this.layout = layout;
        this.admission = admission;
        this.stream = stream;
        this.transfers = transfers;
        slots = options.slots();
        pages = new Pages(slots, Math.toIntExact(pageCount(layout, options)));
        pools = new long[layout.fields().size()];
        long offset = 0;
        for (int id = 0; id < pools.length; id++) {
            pools[id] = offset;
            if (layout.fields().get(id).grows()) {
                offset += pageBytes(id) * pages.count();
            }
        }
        memory = context.allocate(Math.multiplyExact(layout.bytes(), (long) slots));
        history = context.allocate(Math.max(1, offset));
        stream.fill(memory.address(), (byte) 0, memory.bytes());
        stream.fill(history.address(), (byte) 0, history.bytes()); // whole pages travel
        for (int slot = 0; slot < slots; slot++) {
            clearPending(slot);
        }
    }

    /** Pages for a program's histories; 0 where nothing grows. */
    static long pageCount(StateLayout layout, CompileOptions options) {
        return layout.growth() > 0 ? Pages.count(options.positions()) : 0;
    }

    private long pageBytes(int field) {
        return layout.fields().get(field).bytes() * Pages.POSITIONS;
    }

    /** Where slot 0 begins. */
    long address() {
        return memory.address();
    }

    /** Where the pages of a history begin. */
    long pool(State state) {
        return history.address() + pools[state.id()];
    }

    /** Which pages the slots hold. */
    Pages pages() {
        return pages;
    }

    /** Gives a step's entries the pages that they need. */
    void admit(Step step) {
        if (layout.growth() > 0) {
            pages.admit(step);
        }
    }

    private void check(int slot) {
        if (slot < 0 || slot >= slots) {
            throw new InvalidRequestException("slot " + slot + " of " + slots);
        }
    }

    private long address(int slot) {
        check(slot);
        return memory.address() + slot * layout.bytes();
    }

    /** In a slot that is all zeros, nothing is pending. */
    private void clearPending(int slot) {
        long pending = layout.sampler().offset() + 4L * StateLayout.PENDING;
        stream.fill(address(slot) + pending, (byte) 0xff, 4);
    }

    @Override
    public StateLayout layout() {
        return layout;
    }

    @Override
    public int slots() {
        return slots;
    }

    /** Ordinary memory where states grow: it takes them row by row, and seldom twice. */
    @Override
    public HostBlock hostBlock(long bytes) {
        return layout.growth() > 0 ? HostBlock.ordinary(bytes) : transfers.block(bytes);
    }

    @Override
    public int travellers() {
        return Transfers.asideStates(layout);
    }

    @Override
    public void clear(int slot) {
        // What the host knows first: it is true of the slot whether or not the device can follow.
        check(slot);
        pages.resize(slot, 0);
        admission.clear(slot);
        stream.fill(address(slot), (byte) 0, layout.bytes());
        clearPending(slot);
    }

    @Override
    public void copy(int from, int to) {
        long source = address(from);
        long target = address(to);
        if (from == to) {
            return;
        }
        pages.resize(to, pages.capacity(from));
        admission.copy(from, to);
        stream.copy(target, source, layout.bytes());
        for (int id = 0; id < pools.length; id++) {
            boolean grows = layout.fields().get(id).grows();
            for (long at = 0; grows && at < pages.capacity(from); at += Pages.POSITIONS) {
                stream.copy(page(to, id, at), page(from, id, at), pageBytes(id));
            }
        }
    }

    private long page(int slot, int field, long position) {
        return history.address() + pools[field] + pages.page(slot, position) * pageBytes(field);
    }

    @Override
    public CompletionStage<Void> save(int slot, MemorySegment target) {
        check(slot);
        long rows = layout.rows(target.byteSize());
        if (rows > pages.capacity(slot)) {
            throw new InvalidRequestException(
                    "slot " + slot + " cannot be saved at position " + rows + ": it holds fewer");
        }
        return transfers.out(paged(slot, rows), target);
    }

    /** A slot's state as it travels. */
    private PagedState paged(int slot, long rows) {
        PagedState state = new PagedState(layout, rows);
        state.add(address(slot), layout.bytes());
        for (int id = 0; id < pools.length; id++) {
            boolean grows = layout.fields().get(id).grows();
            for (long at = 0; grows && at < rows; at += Pages.POSITIONS) {
                state.add(page(slot, id, at), pageBytes(id));
            }
        }
        return state;
    }

    @Override
    public CompletionStage<Void> load(int slot, MemorySegment source) {
        check(slot);
        long rows = layout.rows(source.byteSize());
        pages.resize(slot, rows);
        admission.load(slot, source, layout);
        return transfers.in(paged(slot, rows), source);
    }

    /** Bytes of the pools of pages. */
    static long poolBytes(StateLayout layout, CompileOptions options) {
        return Math.multiplyExact(pageCount(layout, options) * Pages.POSITIONS, layout.growth());
    }

    @Override
    public void close() {
        history.close();
        memory.close();
    }
}
