package dev.eddy.runtime.session;

/** Where a session's state is. */
public enum Residence {
    /** In a slot of a device. */
    SLOT,
    /** In host memory. */
    HOST,
    /** In the store: the next input waits for a restore and a replay of the log's tail. */
    STORE
}
