package dev.eddy.runtime.session;

/** What happens to input that arrives while a turn is under way. */
public enum InputPolicy {
    /**
     * The turn ends at the first position that the device was not given yet, and the input is
     * absorbed there.
     */
    INTERRUPT,
    /** The input waits for the turns that were asked for before it. */
    QUEUE,
    /** The input is absorbed between two output elements and the turn goes on. */
    INTERLEAVE
}
