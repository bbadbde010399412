package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.DeviceMemoryException;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.cuda.driver.PinnedMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * States on their way through pinned memory. What is brought in has been copied from the caller
 * when the call returns; what is taken out reaches its target on a thread of ours.
 *
 * <p>Steps do not wait for the bus: in their stream a state is only copied aside, into memory of
 * the device's pool, and travels from there in a stream of its own; one that comes in takes the
 * same way back. Where the pool has no room, or is none, the state travels in the stream of the
 * steps.
 */
final class Transfers implements AutoCloseable {
    /** States that may be set aside at a time, each of the size of one at position 0. */
    static final int ASIDE = 4;

    /** A thread that owns no memory. */
    private static final Thread ANY_THREAD = Thread.ofVirtual().unstarted(() -> {});

    private final GpuContext context;
    private final GpuStream steps;
    private final GpuStream travel;
    private final long mostAside;
    private final List<Buffer> all = new ArrayList<>();
    private final Deque<Buffer> free = new ArrayDeque<>();
    private final Deque<Buffer> busy = new ArrayDeque<>();
    private final ExecutorService receiver =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("eddy-cuda-states").factory());

    /** Bytes that are set aside, or were when last looked at. */
    private long aside;

    /**
     * @param steps the stream in which the states change; used on the caller's thread alone, as
     *     everything here is
     * @param mostAside most bytes to have on the device beside the states themselves
     */
    Transfers(GpuContext context, GpuStream steps, long mostAside) {
        this.context = context;
        this.steps = steps;
        this.mostAside = context.usePool() ? mostAside : 0;
        travel = context.stream();
    }

    /** Pinned memory, the event after which nothing uses it, and what it has aside until then. */
    private static final class Buffer implements AutoCloseable {
        final PinnedMemory pinned;
        final GpuEvent over;
        long aside;

        Buffer(PinnedMemory pinned, GpuEvent over) {
            this.pinned = pinned;
            this.over = over;
        }

        MemorySegment segment(long bytes) {
            return pinned.segment().asSlice(0, bytes);
        }

        @Override
        public void close() {
            over.close();
            pinned.close();
        }
    }

    /** A buffer of at least that size that nothing uses any more. */
    private Buffer take(long bytes) {
        synchronized (free) {
            while (!busy.isEmpty() && busy.peekFirst().over.isDone()) {
                free.add(busy.pollFirst());
            }
            for (Buffer buffer : free) {
                aside -= buffer.aside;
                buffer.aside = 0;
            }
            for (Buffer buffer : free) {
                if (buffer.pinned.segment().byteSize() >= bytes) {
                    free.remove(buffer);
                    return buffer;
                }
            }
        }
        PinnedMemory pinned = context.pinned(bytes);
        try {
            Buffer buffer = new Buffer(pinned, context.event());
            all.add(buffer);
            return buffer;
        } catch (RuntimeException e) {
            pinned.close();
            throw e;
        }
    }

    /** Begins to take bytes from the device. */
    Out out(long bytes) {
        return new Out(take(bytes), bytes);
    }

    /** Begins to bring bytes to the device. */
    In in(long bytes) {
        return new In(take(bytes), bytes);
    }

    /** A transfer of a state in one direction, one piece after the other. */
    private abstract class Transfer {
        final Buffer buffer;
        final MemorySegment segment;

        /** Where the state is set aside, or 0. */
        long copy;

        private Transfer(Buffer buffer, long bytes) {
            this.buffer = buffer;
            segment = buffer.segment(bytes);
        }

        /** The state's bytes in pinned memory. */
        MemorySegment segment() {
            return segment;
        }

        /** Sets memory aside, where there is any to have. */
        void setAside(GpuStream first) {
            long bytes = segment.byteSize();
            if (bytes > mostAside - aside) {
                return;
            }
            try {
                copy = first.allocate(bytes);
                buffer.aside = bytes;
                aside += bytes;
            } catch (DeviceMemoryException e) {
                // It travels without.
            }
        }

        void free(GpuStream last) {
            long address = copy;
            copy = 0;
            last.free(address);
        }

        /** Undoes what a call that failed left behind; waits for the device. */
        void abandon(RuntimeException failure) {
            try {
                steps.synchronize();
                travel.synchronize();
                if (copy != 0) {
                    free(steps);
                }
                isFree(buffer);
            } catch (RuntimeException again) {
                failure.addSuppressed(again); // the buffer is not used any more
            }
        }
    }

    private void isFree(Buffer buffer) {
        synchronized (free) {
            free.add(buffer);
        }
    }

    /** After a wait that failed: the buffer can be used again if a second one succeeds. */
    private void settle(Buffer buffer, RuntimeException failure) {
        try {
            buffer.over.synchronize();
            isFree(buffer);
        } catch (RuntimeException again) {
            failure.addSuppressed(again);
        }
    }

    /** Bytes from the device. */
    final class Out extends Transfer {
        private long at;

        private Out(Buffer buffer, long bytes) {
            super(buffer, bytes);
        }

        void begin() {
            setAside(steps);
        }

        void take(long address, long bytes) {
            if (copy != 0) {
                steps.copy(copy + at, address, bytes);
            } else {
                steps.copyOut(segment.asSlice(at, bytes), address);
            }
            at += bytes;
        }

        /**
         * Hands over what was taken once it is here; the stage completes after that. A target that
         * is one thread's alone is written before this returns.
         */
        CompletableFuture<Void> finish(MemorySegment target, Consumer<MemorySegment> receive) {
            steps.record(buffer.over);
            if (copy != 0) {
                travel.await(buffer.over);
                travel.copyOut(segment, copy);
                free(travel);
                travel.record(buffer.over);
            }
            Executor thread = target.isAccessibleBy(ANY_THREAD) ? receiver : Runnable::run;
            return CompletableFuture.runAsync(() -> land(receive), thread);
        }

        private void land(Consumer<MemorySegment> receive) {
            try {
                buffer.over.synchronize();
            } catch (RuntimeException e) {
                settle(buffer, e);
                throw e;
            }
            receive.accept(segment);
            isFree(buffer);
        }
    }

    /** Bytes to the device, which are in {@link #segment} before they depart. */
    final class In extends Transfer {
        private long at;

        private In(Buffer buffer, long bytes) {
            super(buffer, bytes);
        }

        void depart() {
            setAside(travel);
            if (copy != 0) {
                travel.copyIn(copy, segment);
                travel.record(buffer.over);
                steps.await(buffer.over);
            }
        }

        void put(long address, long bytes) {
            if (copy != 0) {
                steps.copy(address, copy + at, bytes);
            } else {
                steps.copyIn(address, segment.asSlice(at, bytes));
            }
            at += bytes;
        }

        void finish() {
            if (copy != 0) {
                free(steps);
            }
            steps.record(buffer.over);
            synchronized (free) {
                busy.add(buffer);
            }
        }
    }

    /** Frees everything, after what is under way. */
    @Override
    public void close() {
        receiver.close();
        travel.close();
        all.forEach(Buffer::close);
    }
}
