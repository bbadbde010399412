package dev.eddy.runtime.engine;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A copy of a session's state in the canonical layout, in memory of the engine; to be released once
 * it was read.
 */
public final class Snapshot {
    private final long position;
    private final MemorySegment state;
    private final Runnable release;
    private final AtomicBoolean released = new AtomicBoolean();

    Snapshot(long position, MemorySegment state, Runnable release) {
        this.position = position;
        this.state = state;
        this.release = release;
    }

    /** Elements that the state has absorbed. */
    public long position() {
        return position;
    }

    /** The state; not to be touched once released. */
    public MemorySegment state() {
        return state;
    }

    /** Gives the memory back to the engine. Has no effect the second time. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            release.run();
        }
    }
}
