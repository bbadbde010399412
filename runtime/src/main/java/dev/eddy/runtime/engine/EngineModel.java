package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Program;

/**
 * A model on the engine's device. The engine is the only one to touch the executable from then on,
 * and closes it.
 *
 * @param name unique on the engine
 * @param program what the executable was compiled from
 * @param executable its states live in this one's arena
 * @param options what it was compiled for
 * @param hostBytes memory for states that are not in a slot
 */
public record EngineModel(
        String name,
        Program program,
        Executable executable,
        CompileOptions options,
        long hostBytes) {
    /** How a state looks as bytes. */
    public StateLayout layout() {
        return executable.arena().layout();
    }

    /** What its bits depend on. */
    public String numericsId() {
        return executable.numericsId();
    }

    /** True if states grow with their position. */
    public boolean grows() {
        return layout().growth() > 0;
    }

    /** Bytes of the state of a session that has absorbed {@code position} elements. */
    public long stateBytes(long position) {
        return layout().bytes(position);
    }

    /** States that fit in host memory, where all have one size. */
    public int hostStates() {
        return (int) Math.min(Integer.MAX_VALUE, hostBytes / stateBytes(0));
    }

    /** Most sessions that can be open at once, where all states have one size. */
    public long capacity() {
        return (long) options.slots() + hostStates();
    }

    /** The position that no session can pass: the program's limit, or where memory ends. */
    public long mostPositions() {
        if (!grows()) {
            return program.limit();
        }
        long pages = Pages.count(options.positions()) * Pages.POSITIONS;
        long host = Math.max(0, hostBytes - stateBytes(0)) / layout().growth();
        return Math.min(program.limit(), Math.min(pages, host));
    }

    /** The position that a session is taken to stay below where it declares none. */
    public long usualPositions() {
        return grows()
                ? Math.min(mostPositions(), options.positions() / options.slots())
                : mostPositions();
    }
}
