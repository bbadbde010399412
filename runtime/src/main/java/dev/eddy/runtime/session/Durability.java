package dev.eddy.runtime.session;

/** What a session survives. The bits are the same at every level. */
public enum Durability {
    /** Idleness, eviction, lost connections, a failing actor; not the end of the process. */
    MEMORY,
    /** A crash; the last second or so of input may be lost, output already seen is made again. */
    LOGGED,
    /** A crash; output is released only when all input before it is on stable storage. */
    COMMITTED
}
