package dev.eddy.kernels.cuda;

/** Kinds of steps that differ in the order of their launches. */
enum StepKind {
    /** Entries may have several elements. */
    SEVERAL,
    /** Entries have one element at most. */
    SINGLE,
    /** The same, of one row alone: launches wait for one another more than for memory. */
    ONE;

    /** Whether no entry has more than one element. */
    boolean isSingle() {
        return this != SEVERAL;
    }
}
