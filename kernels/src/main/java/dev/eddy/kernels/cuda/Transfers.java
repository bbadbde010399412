package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.HostBlock;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.cuda.PinnedPieces.Piece;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuStream;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * States on their way. Between slots and pinned blocks of ours ({@link #block}) the device copies
 * by itself; any other memory they reach through pieces of pinned memory: what is brought in has
 * been copied from the caller when the call returns then, and what is taken out reaches its target
 * on threads of ours.
 *
 * <p>Steps do not wait for the bus: in their stream a state is only copied {@link Aside}, within
 * the device, and travels from there in a stream of its own; one that comes in takes the same way
 * back. Where there is no room aside, the state travels in the stream of the steps.
 *
 * <p>A core copies more slowly than the bus, so states travel in pieces, which several threads copy
 * between pinned memory and the host's while others are on the bus. One thread, the receiver, waits
 * for steps; the copiers wait at most for a copy on the bus, so that what is brought in finds them
 * free. Receiver and caller have pieces of their own: neither waits for what the other is to hand
 * on. The caller waits for pieces only when 128 MiB are on their way that were not set aside.
 */
final class Transfers implements AutoCloseable {
    /** How much is for states that are set aside, where that is from 4 to 64 of them. */
    private static final long ASIDE_BYTES = 128 << 20;

    /** A property: bytes of the pieces that states travel in. */
    private static final int PIECE_BYTES = Integer.getInteger("eddy.cuda.piece", 4 << 20);

    /** A property: threads that copy pieces. */
    private static final int COPIERS =
            Integer.getInteger(
                    "eddy.cuda.copiers",
                    Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 8));

    private static final int DIRECT_BYTES = 128 << 20;

    /** A thread that owns no memory. */
    private static final Thread ANY_THREAD = Thread.ofVirtual().unstarted(() -> {});

    private final GpuStream steps;
    private final GpuStream leaving;
    private final GpuStream arriving;
    private final Aside aside;
    private final LockedBlocks blocks;
    private final WholeTransfers whole;
    private final PinnedPieces fetched;
    private final PinnedPieces direct;
    private final ExecutorService receiver;
    private final ExecutorService copiers;

    /**
     * How much may be under way.
     *
     * @param aside most bytes to have on the device beside the states themselves
     * @param piece bytes of a piece
     * @param direct most pinned bytes of the caller, but two pieces at least; the receiver has two
     *     pieces for each copier
     * @param copiers threads that copy pieces
     */
    record Sizes(long aside, int piece, int direct, int copiers) {
        /** For states of a layout: smaller pieces where no state has that many bytes. */
        static Sizes of(StateLayout layout) {
            long most = layout.growth() > 0 ? Long.MAX_VALUE : layout.bytes();
            return new Sizes(
                    asideBytes(layout), (int) Math.min(PIECE_BYTES, most), DIRECT_BYTES, COPIERS);
        }
    }

    /** States that may be set aside at a time, each of the size of one at position 0. */
    static int asideStates(StateLayout layout) {
        return Math.clamp(ASIDE_BYTES / Math.max(1, layout.bytes()), 4, 64);
    }

    /** Bytes that states on their way may take on the device. */
    static long asideBytes(StateLayout layout) {
        return asideStates(layout) * layout.bytes();
    }

    /**
     * Ways to and from a device.
     *
     * @param steps the stream in which the states change; used on the caller's thread alone, as
     *     everything here is
     */
    Transfers(GpuContext context, GpuStream steps, Sizes sizes) {
        this.steps = steps;
        aside = new Aside(context, sizes.aside); // the device may not have that much
        leaving = context.stream();
        arriving = context.stream();
        fetched = new PinnedPieces(context, sizes.piece, 2 * sizes.copiers);
        direct = new PinnedPieces(context, sizes.piece, Math.max(2, sizes.direct / sizes.piece));
        receiver = Executors.newSingleThreadExecutor(named("eddy-cuda-states"));
        blocks = new LockedBlocks(context.ordinal());
        whole = new WholeTransfers(steps, leaving, arriving, aside, receiver);
        copiers = Executors.newFixedThreadPool(sizes.copiers, named("eddy-cuda-copy"));
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    /** Memory in which states travel without pieces and copiers; it may outlive this. */
    HostBlock block(long bytes) {
        return blocks.allocate(bytes);
    }

    /**
     * Takes a state from the device as it is in the stream of the steps now; the future completes
     * when the target has it. A target that is one thread's alone is written before this returns.
     * After a failure, thrown or the future's, nothing writes to the target any more.
     *
     * @throws dev.eddy.kernels.backend.BackendException if a call of the driver fails, the device
     *     is lost, or there is no pinned memory; as may the future
     */
    CompletableFuture<Void> out(PagedState state, MemorySegment target) {
        LockedBlocks.Block block = blocks.of(target);
        if (block != null) {
            return whole.out(state, block);
        }
        boolean shared = target.isAccessibleBy(ANY_THREAD);
        Aside.Place place = shared ? aside.take(state.bytes()) : null;
        Out out = new Out(state, target, shared);
        if (place == null) {
            out.sendDirectly();
        } else {
            out.sendAside(place);
        }
        return out.pieces.over();
    }

    /** A state that leaves. */
    private final class Out {
        final PagedState state;
        final MemorySegment target;
        final boolean shared;
        final Together pieces = new Together();

        Out(PagedState state, MemorySegment target, boolean shared) {
            this.state = state;
            this.target = target;
            this.shared = shared;
        }

        long size(long from) {
            return Math.min(fetched.bytes(), state.bytes() - from);
        }

        void sendAside(Aside.Place place) {
            try {
                place.fill(state, steps);
                steps.record(place.event);
                receiver.execute(() -> fetch(place));
            } catch (RuntimeException e) {
                aside.giveAfter(place, e, steps);
                throw e;
            }
        }

        /** On the receiver: brings what is aside, once it is there. */
        private void fetch(Aside.Place place) {
            try {
                place.event.synchronize();
                for (long from = 0; from < state.bytes(); from += fetched.bytes()) {
                    long at = from;
                    Piece piece = fetched.take();
                    MemorySegment part = piece.segment(size(at));
                    enqueue(
                            fetched,
                            piece,
                            leaving,
                            () -> leaving.copyOut(part, place.address() + at));
                    pieces.begin();
                    copiers.execute(() -> land(fetched, piece, at));
                }
                aside.giveLater(place, leaving);
            } catch (RuntimeException | Error e) {
                pieces.fail(e);
                aside.giveAfter(place, e, leaving);
            }
            pieces.end();
        }

        /** In the stream of the steps; waits for what has begun if it fails. */
        void sendDirectly() {
            try {
                for (long from = 0; from < state.bytes(); from += direct.bytes()) {
                    long at = from;
                    Piece piece = direct.take();
                    MemorySegment part = piece.segment(size(at));
                    enqueue(direct, piece, steps, () -> copyOut(part, at));
                    pieces.begin();
                    if (shared) {
                        receiver.execute(() -> expect(piece, at));
                    } else {
                        land(direct, piece, at);
                    }
                }
                pieces.end();
            } catch (RuntimeException e) {
                pieces.fail(e);
                pieces.end();
                pieces.await();
            }
        }

        private void copyOut(MemorySegment part, long from) {
            state.ranges(
                    from,
                    part.byteSize(),
                    (address, at, bytes) -> steps.copyOut(part.asSlice(at, bytes), address));
        }

        /** On the receiver: waits for steps, which no copier shall. */
        private void expect(Piece piece, long from) {
            try {
                piece.over().synchronize();
                copiers.execute(() -> land(direct, piece, from));
            } catch (RuntimeException e) {
                pieces.fail(e);
                direct.giveAfter(piece.over()::synchronize, piece, e);
                pieces.end();
            }
        }

        /** Copies a piece to the target when it is here. */
        private void land(PinnedPieces whose, Piece piece, long from) {
            try {
                piece.over().synchronize();
                state.land(piece.segment(size(from)), from, target);
                whose.give(piece);
            } catch (RuntimeException | Error e) {
                pieces.fail(e);
                whose.giveAfter(piece.over()::synchronize, piece, e);
            }
            pieces.end();
        }
    }

    /** Adds a piece's copy to a stream; if that fails, the piece is given back. */
    private static void enqueue(PinnedPieces whose, Piece piece, GpuStream stream, Runnable copy) {
        try {
            copy.run();
            stream.record(piece.over());
        } catch (RuntimeException e) {
            whose.giveAfter(stream::synchronize, piece, e);
            throw e;
        }
    }

    /**
     * Brings a state to the device, where it is for the steps that follow in their stream. When the
     * future completes or this throws, nothing reads the source any more.
     *
     * @throws dev.eddy.kernels.backend.BackendException if a call of the driver fails, the device
     *     is lost, or there is no pinned memory; as may the future. Part of the slot may be
     *     overwritten then
     */
    CompletableFuture<Void> in(PagedState state, MemorySegment source) {
        LockedBlocks.Block block = blocks.of(source);
        if (block != null) {
            return whole.in(state, block);
        }
        inPieces(state, source);
        return CompletableFuture.completedFuture(null);
    }

    private void inPieces(PagedState state, MemorySegment source) {
        Aside.Place place = aside.take(state.bytes());
        try {
            bring(state, source, place);
            if (place != null) {
                arriving.record(place.event);
                steps.await(place.event);
                place.empty(state, steps);
                aside.giveLater(place, steps);
            }
        } catch (RuntimeException e) {
            aside.giveAfter(place, e, steps, arriving);
            throw e;
        }
    }

    /** Sends all pieces on their way, by several threads where others may read the source. */
    private void bring(PagedState state, MemorySegment source, Aside.@Nullable Place place) {
        boolean shared = source.isAccessibleBy(ANY_THREAD);
        Together pieces = new Together();
        List<In> begun = new ArrayList<>();
        try {
            for (long from = 0; from < state.bytes(); from += direct.bytes()) {
                In in = new In(state, source, place, direct.take(), from, pieces);
                pieces.begin();
                if (shared && from + direct.bytes() < state.bytes()) {
                    begun.add(in);
                    copiers.execute(in);
                } else {
                    in.run();
                }
            }
        } catch (RuntimeException e) {
            pieces.fail(e);
        }
        begun.reversed().forEach(In::run); // those that no copier has come to yet
        pieces.end();
        pieces.await();
    }

    /** A piece that comes in; whoever runs it first does the work. */
    private final class In implements Runnable {
        private final PagedState state;
        private final MemorySegment source;
        private final Aside.@Nullable Place place;
        private final Piece piece;
        private final long from;
        private final Together pieces;
        private final AtomicBoolean begun = new AtomicBoolean();

        In(
                PagedState state,
                MemorySegment source,
                Aside.@Nullable Place place,
                Piece piece,
                long from,
                Together pieces) {
            this.state = state;
            this.source = source;
            this.place = place;
            this.piece = piece;
            this.from = from;
            this.pieces = pieces;
        }

        @Override
        public void run() {
            if (!begun.compareAndSet(false, true)) {
                return;
            }
            GpuStream stream = place != null ? arriving : steps;
            try {
                MemorySegment part = piece.segment(Math.min(direct.bytes(), state.bytes() - from));
                state.lift(part, from, source);
                synchronized (arriving) { // one thread at a time, whichever stream it is
                    copyIn(part);
                    stream.record(piece.over());
                }
                direct.giveLater(piece);
            } catch (RuntimeException | Error e) {
                pieces.fail(e);
                direct.giveAfter(stream::synchronize, piece, e);
            }
            pieces.end();
        }

        private void copyIn(MemorySegment part) {
            if (place != null) {
                arriving.copyIn(place.address() + from, part);
            } else {
                state.ranges(
                        from,
                        part.byteSize(),
                        (address, at, bytes) -> steps.copyIn(address, part.asSlice(at, bytes)));
            }
        }
    }

    /** Frees everything, after what is under way. */
    @Override
    public void close() {
        receiver.close();
        copiers.close();
        blocks.close();
        leaving.close();
        arriving.close();
        aside.close();
        fetched.close();
        direct.close();
    }
}
