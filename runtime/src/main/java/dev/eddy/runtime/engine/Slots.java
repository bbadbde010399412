package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.runtime.metrics.Metric;
import dev.eddy.runtime.metrics.Metrics;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has a slot of one model's arena, and who waits for one. First come, first served; a session
 * makes room when it has been idle for a while, or, if it is not, after its quantum. Where states
 * grow, a slot comes with the pages that its session may grow to.
 */
final class Slots {
    private static final Logger log = LoggerFactory.getLogger(Slots.class);

    private final EngineModel model;
    private final StateArena arena;
    private final HostMemory memory;
    private final Admission admission;
    private final EngineSettings settings;
    private final Consumer<Runnable> later;
    private final @Nullable Tenant[] residents;

    /** Slots whose sessions may have something to do. */
    private final BitSet watched = new BitSet();

    private final int[] free;
    private int freeCount;
    private long freePages;

    /** States on their way. */
    private int travelling;

    private final ArrayDeque<Tenant> waiting = new ArrayDeque<>();
    private final Metrics.Gauge used;
    private final Metrics.Gauge unused;
    private final Metrics.Counter evictions;
    private final Metrics.Counter misses;

    /**
     * Slots of {@code model}'s arena.
     *
     * @param later runs an action on the engine's thread, soon
     */
    Slots(
            String device,
            EngineModel model,
            HostMemory memory,
            Admission admission,
            EngineSettings settings,
            Consumer<Runnable> later,
            Metrics metrics) {
        this.model = model;
        this.memory = memory;
        this.admission = admission;
        this.settings = settings;
        this.later = later;
        arena = model.executable().arena();
        freePages = model.grows() ? Pages.count(model.options().positions()) : 0;
        residents = new Tenant[arena.slots()];
        free = new int[arena.slots()];
        for (int slot = arena.slots() - 1; slot >= 0; slot--) {
            free[freeCount++] = slot;
        }
        used = metrics.gauge(Metric.SLOTS, device, model.name(), "used");
        unused = metrics.gauge(Metric.SLOTS, device, model.name(), "free");
        evictions = metrics.counter(Metric.EVICTIONS, model.name());
        misses = metrics.counter(Metric.SLOT_MISSES, model.name());
        gauge();
    }

    /** Number of slots. */
    int count() {
        return residents.length;
    }

    /** Who has a slot, or null. */
    @Nullable Tenant resident(int slot) {
        return residents[slot];
    }

    /** Notes that a session may have something to do now, if it has a slot. */
    void watch(Tenant tenant) {
        if (tenant.slot >= 0) {
            watched.set(tenant.slot);
        }
    }

    /** Notes that a slot's session has nothing to do until it is watched again. */
    void unwatch(int slot) {
        watched.clear(slot);
    }

    /** The first slot from {@code from} on whose session may have something to do, or -1. */
    int nextWatched(int from) {
        return watched.nextSetBit(from);
    }

    boolean isAnyoneWaiting() {
        return !waiting.isEmpty();
    }

    /** Puts a session that has work and no slot in line. */
    void await(Tenant tenant) {
        if (tenant.slot < 0 && !tenant.waiting) {
            tenant.waiting = true;
            waiting.add(tenant);
        }
    }

    /** Seats those who wait, as far as there are slots or someone can make room. */
    int seat(long now) {
        int seated = 0;
        while (!waiting.isEmpty()) {
            Tenant tenant = waiting.element();
            if (tenant.look(now) == Due.NOTHING) {
                waiting.remove();
                tenant.waiting = false;
                continue;
            }
            if (tenant.leavingSlot) {
                break; // its state is not in host memory yet; it will be soon
            }
            long pages = admission.pages(tenant.limit);
            int enters = tenant.hostState != null ? 1 : 0;
            while ((freeCount == 0 || freePages < pages) && mayTravel(enters + 1) && evict(now)) {
                // Whoever left made some room; a large session may need that of several.
            }
            if (freeCount == 0 || freePages < pages || !mayTravel(enters)) {
                break;
            }
            waiting.remove();
            tenant.waiting = false;
            freePages -= pages;
            enter(tenant, free[--freeCount], now);
            seated++;
        }
        if (seated > 0) {
            gauge();
        }
        return seated;
    }

    /** Whether so many more states may be on their way without keeping steps waiting. */
    private boolean mayTravel(int more) {
        return travelling == 0 || travelling <= arena.travellers() - more;
    }

    private void enter(Tenant tenant, int slot, long now) {
        residents[slot] = tenant;
        watched.set(slot);
        tenant.slot = slot;
        tenant.resident = true;
        tenant.seatedAt = now;
        tenant.servedSinceSeated = false;
        tenant.yielding = false;
        MemorySegment state = tenant.hostState;
        if (state == null) {
            clear(tenant, slot);
            return;
        }
        misses.add(1);
        boolean foreign = tenant.foreign;
        tenant.hostState = null;
        tenant.foreign = false;
        Runnable free =
                () -> {
                    if (!foreign) {
                        memory.give(state);
                    }
                };
        transfer(
                () -> arena.load(slot, state),
                tenant,
                () -> {
                    free.run();
                    if (foreign && tenant.phase != Tenant.Phase.ENDED) {
                        tenant.reports.report(new Report.Restored());
                    }
                },
                free);
    }

    private void clear(Tenant tenant, int slot) {
        try {
            arena.clear(slot);
        } catch (BackendException e) {
            tenant.host.fail(tenant, e);
        }
    }

    /**
     * Frees a slot whose session can go: one idle for longest, or else one past its quantum. Those
     * past their quantum with steps in flight are asked to yield, as many as may travel, unless
     * there is no memory for them yet: they do nothing until they have left.
     *
     * @return false if there is none now
     */
    private boolean evict(long now) {
        Tenant idle = null;
        Tenant past = null;
        int yields = memory.isAwaited() ? 0 : Math.min(waiting.size(), arena.travellers());
        for (Tenant tenant : residents) {
            if (tenant == null) {
                continue;
            }
            if (tenant.inFlight == 0) {
                tenant.yielding = false;
            }
            boolean quantumOver =
                    tenant.servedSinceSeated
                            && now - tenant.seatedAt >= settings.quantum().toNanos();
            if (tenant.inFlight > 0) {
                if (quantumOver && yields-- > 0) {
                    tenant.yielding = true;
                }
            } else if (tenant.look(now) == Due.NOTHING) {
                if (now - tenant.idleSince >= settings.idleGrace().toNanos()
                        && (idle == null || tenant.idleSince < idle.idleSince)) {
                    idle = tenant;
                }
            } else if (quantumOver && (past == null || tenant.seatedAt < past.seatedAt)) {
                past = tenant;
            }
        }
        Tenant victim = idle != null ? idle : past;
        if (victim == null || !moveOut(victim)) {
            return false;
        }
        if (victim.slot >= 0) { // else the copy failed, and with it the session
            take(victim);
        }
        return true;
    }

    /** Copies a state to host memory; false if there is no room for it now. */
    private boolean moveOut(Tenant tenant) {
        if (tenant.position > 0) {
            MemorySegment state = memory.take(model.stateBytes(tenant.position));
            if (state == null) {
                return false;
            }
            tenant.hostState = state;
            tenant.leavingSlot = true;
            int slot = tenant.slot;
            Runnable over =
                    () -> {
                        tenant.leavingSlot = false;
                        if (tenant.phase == Tenant.Phase.ENDED) {
                            memory.give(state);
                        }
                    };
            transfer(() -> arena.save(slot, state), tenant, over, over);
        }
        evictions.add(1);
        return true;
    }

    /** Takes a session's slot from it; one with work goes to the end of the line. */
    private void take(Tenant tenant) {
        int slot = tenant.slot;
        residents[slot] = null;
        watched.clear(slot);
        free[freeCount++] = slot;
        if (model.grows()) {
            freePages += admission.pages(tenant.limit);
            givePagesBack(slot);
        }
        tenant.slot = -1;
        tenant.resident = false;
        if (tenant.dueSince != 0) {
            await(tenant);
        }
    }

    private void givePagesBack(int slot) {
        try {
            arena.clear(slot);
        } catch (BackendException e) {
            // Whoever has the slot next finds it cleared or overwritten all the same.
            log.debug("slot {} is not cleared: {}", slot, e.getMessage());
        }
    }

    /** Frees what an ended session holds, once nothing of it is in flight. */
    void release(Tenant tenant) {
        if (tenant.inFlight > 0) {
            return;
        }
        tenant.dueSince = 0;
        if (tenant.slot >= 0) {
            take(tenant);
            gauge();
        }
        MemorySegment state = tenant.hostState;
        if (state != null && !tenant.foreign && !tenant.leavingSlot) {
            memory.give(state); // while it is written, nobody else may have it
        }
        tenant.hostState = null;
        if (tenant.waiting) {
            waiting.remove(tenant);
            tenant.waiting = false;
        }
    }

    /**
     * Copies a session's state out; nothing of it may be in flight.
     *
     * @param handOver the session needs its state no more
     * @param done gets the copy, or null at position 0
     * @return false if there is no memory for it now
     */
    boolean copy(Tenant tenant, boolean handOver, Consumer<@Nullable Snapshot> done) {
        if (tenant.position == 0) {
            done.accept(null);
            return true;
        }
        if (tenant.leavingSlot) {
            return false;
        }
        long position = tenant.position;
        MemorySegment held = tenant.hostState;
        if (held != null && handOver && !tenant.foreign) {
            tenant.hostState = null;
            done.accept(snapshot(position, held));
            return true;
        }
        MemorySegment copy = memory.take(model.stateBytes(position));
        if (copy == null) {
            return false;
        }
        if (held != null) {
            copy.copyFrom(held);
            done.accept(snapshot(position, copy));
        } else {
            int slot = tenant.slot;
            transfer(
                    () -> arena.save(slot, copy),
                    tenant,
                    () -> done.accept(snapshot(position, copy)),
                    () -> memory.give(copy));
        }
        return true;
    }

    private Snapshot snapshot(long position, MemorySegment state) {
        return new Snapshot(position, state, () -> later.accept(() -> memory.give(state)));
    }

    /**
     * Begins a copy, and runs {@code done} on the engine's thread once it is over; if it fails, so
     * does its session, after {@code undone}.
     */
    private void transfer(
            Supplier<CompletionStage<Void>> copy, Tenant tenant, Runnable done, Runnable undone) {
        CompletableFuture<Void> future;
        try {
            future = copy.get().toCompletableFuture();
        } catch (BackendException e) {
            undone.run();
            tenant.host.fail(tenant, e);
            return;
        }
        if (future.isDone() && !future.isCompletedExceptionally()) {
            done.run();
            return;
        }
        travelling++;
        future.whenComplete((_, failure) ->
                later.accept(() -> {
                    travelling--;
                    if (failure == null) {
                        done.run();
                    } else {
                        undone.run();
                        tenant.host.fail(tenant, reason(failure));
                    }
                }));
    }

    private static RuntimeException reason(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable first = failure instanceof CompletionException && cause != null ? cause : failure;
        return first instanceof BackendException known
                ? known
                : new EngineException(
                        "a session's state could not be copied: " + first.getMessage(), first);
    }

    private void gauge() {
        used.set(residents.length - freeCount);
        unused.set(freeCount);
    }
}
