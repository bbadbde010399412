package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
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
    /** Bytes of one session's state. */
    public long stateBytes() {
        return executable.arena().layout().bytes();
    }

    /** States that fit in host memory. */
    public int hostStates() {
        return (int) Math.min(Integer.MAX_VALUE, hostBytes / stateBytes());
    }

    /** Most sessions that can be open at once. */
    public long capacity() {
        return (long) options.slots() + hostStates();
    }
}
