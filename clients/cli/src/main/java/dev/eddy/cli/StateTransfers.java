package dev.eddy.cli;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.HostBlock;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.engine.StateMemory;
import dev.eddy.runtime.session.MemoryStateStore;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The states of sessions that travel as an engine lets them: by the arena's save and load, between
 * slots and the arena's blocks of host memory, from there into the store and to a disk, and from
 * the store's memory to slots.
 */
final class StateTransfers implements AutoCloseable {
    private static final int ROUNDS = 7;

    /** Elements that each session absorbs first, so that no state is all zeros. */
    private static final int ELEMENTS = 3;

    private final StateArena arena;
    private final int sessions;
    private final StateMemory memory;
    private final List<MemorySegment> states = new ArrayList<>();
    private final long[] blockNanos;

    /** Lets {@code sessions} sessions absorb something, each in a slot of its own. */
    StateTransfers(Executable executable, Program program, int sessions) {
        arena = executable.arena();
        memory = new StateMemory(0, arena::hostBlock);
        this.sessions = sessions;
        Step step = executable.newStep();
        for (int slot = 0; slot < sessions; slot++) {
            arena.clear(slot);
            step.reset();
            step.entry(slot, 0);
            if (program.input() instanceof Program.Input.Frames frames) {
                float[] values = new float[ELEMENTS * frames.width()];
                Arrays.fill(values, 0.25f + slot);
                step.frames(values, 0, ELEMENTS);
            } else {
                for (int i = 0; i < ELEMENTS; i++) {
                    step.element((slot + i) % 2);
                }
            }
            step.seal();
            executable.submit(step);
            step.await();
        }
        blockNanos = new long[sessions];
        for (int slot = 0; slot < sessions; slot++) {
            long begin = System.nanoTime();
            MemorySegment state = memory.allocate(bytes());
            blockNanos[slot] = System.nanoTime() - begin;
            state.fill((byte) 0); // its pages are there before they are timed
            states.add(state);
        }
    }

    /** Bytes of a state. */
    long bytes() {
        return arena.layout().bytes(ELEMENTS);
    }

    /** Seconds until a block of host memory for a state is there; a median. */
    double block() {
        return median(blockNanos);
    }

    /** Seconds in which all states leave the device; a median. */
    double out() {
        return median(() -> {
            CompletableFuture<?>[] saves = new CompletableFuture<?>[sessions];
            for (int slot = 0; slot < sessions; slot++) {
                saves[slot] = arena.save(slot, states.get(slot)).toCompletableFuture();
            }
            CompletableFuture.allOf(saves).join();
        });
    }

    /** Seconds in which one alone leaves it. */
    double oneOut() {
        return median(() -> arena.save(0, states.getFirst()).toCompletableFuture().join());
    }

    /**
     * Seconds in which all enter it, {@link #out} having been called. That the last has arrived
     * shows when one leaves again, whose time is taken off.
     */
    double in() {
        return in(states);
    }

    /** As {@link #in}, from the store's memory. */
    double fromStore() {
        MemoryStateStore store = new MemoryStateStore(sessions * bytes());
        List<MemorySegment> stored = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            store.put("" + i, states.get(i)).toCompletableFuture().join();
            stored.add(store.get("" + i).toCompletableFuture().join());
        }
        try {
            return in(stored);
        } finally {
            for (int i = 0; i < sessions; i++) {
                store.delete("" + i);
            }
        }
    }

    private double in(List<MemorySegment> from) {
        double all =
                median(() -> {
                    CompletableFuture<?>[] loads = new CompletableFuture<?>[sessions];
                    for (int slot = 0; slot < sessions; slot++) {
                        loads[slot] = arena.load(slot, from.get(slot)).toCompletableFuture();
                    }
                    CompletableFuture.allOf(loads).join();
                    arena.save(0, states.getFirst()).toCompletableFuture().join();
                });
        return Math.max(all - oneOut(), all / (sessions + 1));
    }

    /** Seconds in which so many threads store host memory's states, as sessions' threads do. */
    double store(int threads) {
        MemoryStateStore store = new MemoryStateStore(sessions * bytes());
        int[] round = new int[1];
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            return median(() -> {
                int now = round[0]++;
                CompletableFuture<?>[] puts = new CompletableFuture<?>[sessions];
                for (int i = 0; i < sessions; i++) {
                    int session = i;
                    puts[i] =
                            CompletableFuture.runAsync(
                                    () -> {
                                        store.delete((now - 1) + "." + session);
                                        store.put(now + "." + session, states.get(session))
                                                .toCompletableFuture()
                                                .join();
                                    },
                                    executor);
                }
                CompletableFuture.allOf(puts).join();
            });
        } finally {
            for (int i = 0; i < sessions; i++) {
                store.delete((round[0] - 1) + "." + i);
            }
        }
    }

    /** What a disk makes of host memory's states, {@link #out} having been called. */
    StateDisk.Times disk(StateDisk disk) throws IOException {
        return disk.measure(states);
    }

    /**
     * Lets all states leave and enter once more, into each other's slots.
     *
     * @throws BackendException if a bit of any is lost
     */
    void check() {
        out();
        for (int slot = 0; slot < sessions; slot++) {
            int from = sessions - 1 - slot;
            arena.load(slot, states.get(from)).toCompletableFuture().join();
        }
        try (HostBlock block = HostBlock.ordinary(bytes())) {
            MemorySegment again = block.segment();
            for (int slot = 0; slot < sessions; slot++) {
                arena.save(slot, again).toCompletableFuture().join();
                long at = again.mismatch(states.get(sessions - 1 - slot));
                if (at >= 0) {
                    throw new BackendException(
                            "byte %d of the state of session %d changed on its way out and in"
                                    .formatted(at, sessions - 1 - slot));
                }
            }
        }
    }

    /** The median of several times, after one that makes what is made once. */
    private static double median(Runnable transfer) {
        transfer.run();
        long[] nanos = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            transfer.run();
            nanos[i] = System.nanoTime() - begin;
        }
        return median(nanos);
    }

    private static double median(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1e9;
    }

    @Override
    public void close() {
        states.forEach(memory::free);
    }
}
