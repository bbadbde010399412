package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.HostBlock;
import dev.eddy.kernels.cuda.PinnedPieces.Piece;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.PinnedMemory;
import java.lang.foreign.MemorySegment;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pinned memory for whole states outside their slots, which the device reads and writes by itself.
 * Blocks may outlive this: the device stays open until the last is closed. Thread-safe.
 */
final class LockedBlocks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LockedBlocks.class);

    private final GpuContext context;

    /** By address. */
    private final Map<Long, Block> blocks = new HashMap<>();

    private int making;
    private boolean refused;
    private boolean closed;

    /** No block yet, on a device that this opens for itself. */
    LockedBlocks(int ordinal) {
        context = Gpu.open(ordinal);
    }

    /** A piece of its own for a state. */
    final class Block implements HostBlock {
        private final Piece piece;

        private Block(Piece piece) {
            this.piece = piece;
        }

        /** To be recorded behind each copy. */
        GpuEvent over() {
            return piece.over();
        }

        @Override
        public MemorySegment segment() {
            return piece.pinned().segment();
        }

        @Override
        public void close() {
            free(this);
        }
    }

    /**
     * A block; ordinary memory where the system locks no more. Takes a millisecond for two or three
     * MB, in which others go on.
     */
    HostBlock allocate(long bytes) {
        begin();
        try {
            PinnedMemory pinned;
            try {
                pinned = context.pinnedApart(bytes);
            } catch (BackendException e) {
                refuse(e);
                return HostBlock.ordinary(bytes);
            }
            Block block = new Block(Piece.of(pinned, context));
            add(block);
            return block;
        } finally {
            end();
        }
    }

    private synchronized void begin() {
        making++;
    }

    private synchronized void end() {
        making--;
        leave();
    }

    private synchronized void refuse(BackendException cause) {
        if (!refused) {
            refused = true;
            LOG.warn(
                    "states that leave their slots from now on travel more slowly: {}",
                    cause.getMessage());
        }
    }

    private synchronized void add(Block block) {
        blocks.put(block.segment().address(), block);
    }

    /** The block that a state begins, or null if it is in other memory. */
    synchronized @Nullable Block of(MemorySegment state) {
        Block block = state.isNative() ? blocks.get(state.address()) : null;
        return block != null && state.byteSize() <= block.segment().byteSize() ? block : null;
    }

    private synchronized void free(Block block) {
        if (blocks.remove(block.segment().address(), block)) {
            block.piece.close();
            leave();
        }
    }

    private void leave() {
        if (closed && making == 0 && blocks.isEmpty()) {
            context.close();
        }
    }

    /** Leaves the device to the blocks that are still held; nothing may be on its way. */
    @Override
    public synchronized void close() {
        closed = true;
        leave();
    }
}
