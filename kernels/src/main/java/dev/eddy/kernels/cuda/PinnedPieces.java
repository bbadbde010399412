package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.PinnedMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Pieces of pinned memory of one size, up to a number of them; each is made when it is wanted
 * first. Thread-safe.
 */
final class PinnedPieces implements AutoCloseable {
    private final GpuContext context;
    private final long bytes;
    private final int most;
    private final List<Piece> all = new ArrayList<>();
    private final Deque<Piece> free = new ArrayDeque<>();
    private final Deque<Piece> departing = new ArrayDeque<>();
    private int lost;

    /**
     * No piece yet.
     *
     * @param bytes size of each
     * @param most how many there may be
     */
    PinnedPieces(GpuContext context, long bytes, int most) {
        this.context = context;
        this.bytes = bytes;
        this.most = most;
    }

    /** Pinned memory and the event after which the device has done with it. */
    record Piece(PinnedMemory pinned, GpuEvent over) implements AutoCloseable {
        /** Adds an event to pinned memory, which is freed if there is none. */
        static Piece of(PinnedMemory pinned, GpuContext context) {
            try {
                return new Piece(pinned, context.event());
            } catch (RuntimeException e) {
                pinned.close();
                throw e;
            }
        }

        MemorySegment segment(long bytes) {
            return pinned.segment().asSlice(0, bytes);
        }

        /** Frees both; the device must have done with them. */
        @Override
        public void close() {
            over.close();
            pinned.close();
        }
    }

    /** Bytes of each piece. */
    long bytes() {
        return bytes;
    }

    /**
     * A piece that nothing uses; where all are in use, waits until one is not.
     *
     * @throws BackendException if there is no memory for it, the device is lost, or the thread is
     *     interrupted
     */
    Piece take() {
        Piece oldest;
        synchronized (this) {
            while (!departing.isEmpty() && departing.element().over.isDone()) {
                free.push(departing.remove());
            }
            while (free.isEmpty() && all.size() - lost >= most && departing.isEmpty()) {
                awaitGift();
            }
            if (!free.isEmpty()) {
                return free.pop();
            }
            if (all.size() - lost < most) {
                return make();
            }
            oldest = departing.remove();
        }
        try {
            oldest.over.synchronize();
            return oldest;
        } catch (RuntimeException e) {
            giveLater(oldest);
            throw e;
        }
    }

    private void awaitGift() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BackendException("interrupted while waiting for pinned memory", e);
        }
    }

    private Piece make() {
        Piece piece = Piece.of(context.pinned(bytes), context);
        all.add(piece);
        return piece;
    }

    /** Gives back a piece that nothing uses any more. */
    synchronized void give(Piece piece) {
        free.push(piece);
        notifyAll();
    }

    /** Gives back a piece that nothing uses once its event has happened. */
    synchronized void giveLater(Piece piece) {
        departing.add(piece);
        notifyAll();
    }

    /**
     * Gives back a piece after a failure: it is used again only if this wait says that the device
     * has done with it.
     */
    void giveAfter(Runnable wait, Piece piece, Throwable failure) {
        try {
            wait.run();
            give(piece);
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            synchronized (this) {
                lost++;
                notifyAll();
            }
        }
    }

    /** Frees all; the device must have done with them. */
    @Override
    public void close() {
        all.forEach(Piece::close);
    }
}
