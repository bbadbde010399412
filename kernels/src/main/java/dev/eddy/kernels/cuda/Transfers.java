package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.cuda.driver.PinnedMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/**
 * States on their way through pinned memory. What is brought in has been copied from the caller
 * when the call returns; what is taken out reaches its target on a thread of ours.
 */
final class Transfers implements AutoCloseable {
    /** A thread that owns no memory. */
    private static final Thread ANY_THREAD = Thread.ofVirtual().unstarted(() -> {});

    private final GpuContext context;
    private final GpuStream stream;
    private final Deque<Buffer> free = new ArrayDeque<>();
    private final Deque<Buffer> busy = new ArrayDeque<>();
    private final ExecutorService receiver =
            Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("eddy-cuda-states").factory());

    Transfers(GpuContext context, GpuStream stream) {
        this.context = context;
        this.stream = stream;
    }

    private record Buffer(PinnedMemory pinned, GpuEvent event) {
        void close() {
            event.close();
            pinned.close();
        }
    }

    /** A buffer of at least that size that nothing uses any more. */
    private Buffer take(long bytes) {
        synchronized (free) {
            while (!busy.isEmpty() && busy.peekFirst().event().isDone()) {
                free.add(busy.pollFirst());
            }
            for (Buffer buffer : free) {
                if (buffer.pinned().segment().byteSize() >= bytes) {
                    free.remove(buffer);
                    return buffer;
                }
            }
        }
        return new Buffer(context.pinned(bytes), context.event());
    }

    /** Begins to take bytes from the device. */
    Out out(long bytes) {
        return new Out(take(bytes), bytes);
    }

    /** Begins to bring bytes to the device. */
    In in(long bytes) {
        return new In(take(bytes), bytes);
    }

    /** Bytes from the device, one piece after the other. */
    final class Out {
        private final Buffer buffer;
        private final MemorySegment segment;
        private long at;

        private Out(Buffer buffer, long bytes) {
            this.buffer = buffer;
            segment = buffer.pinned().segment().asSlice(0, bytes);
        }

        void take(long address, long bytes) {
            stream.copyOut(segment.asSlice(at, bytes), address);
            at += bytes;
        }

        /**
         * Hands over what was taken once it is here; the stage completes after that. Memory that is
         * one thread's alone is written before this returns.
         */
        CompletableFuture<Void> finish(MemorySegment target, Consumer<MemorySegment> receive) {
            stream.record(buffer.event());
            Executor thread = target.isAccessibleBy(ANY_THREAD) ? receiver : Runnable::run;
            return CompletableFuture.runAsync(() -> land(receive), thread);
        }

        private void land(Consumer<MemorySegment> receive) {
            buffer.event().synchronize();
            receive.accept(segment);
            synchronized (free) {
                free.add(buffer);
            }
        }
    }

    /** Bytes to the device, one piece after the other. */
    final class In implements AutoCloseable {
        private final Buffer buffer;
        private final MemorySegment segment;
        private long at;

        private In(Buffer buffer, long bytes) {
            this.buffer = buffer;
            segment = buffer.pinned().segment().asSlice(0, bytes);
        }

        MemorySegment segment() {
            return segment;
        }

        void put(long address, long bytes) {
            stream.copyIn(address, segment.asSlice(at, bytes));
            at += bytes;
        }

        @Override
        public void close() {
            stream.record(buffer.event());
            synchronized (free) {
                busy.add(buffer);
            }
        }
    }

    /** Frees the buffers; nothing may be under way. */
    @Override
    public void close() {
        receiver.close();
        busy.forEach(Buffer::close);
        free.forEach(Buffer::close);
    }
}
