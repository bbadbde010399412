package dev.eddy.kernels.cuda;

/** Kinds of steps that differ in the order of their launches. */
enum StepKind {
    /** Entries may have several elements. */
    SEVERAL,
    /** Entries have one element at most. */
    SINGLE,
    /** The same, of at most {@value #FEW_ROWS} rows: launches wait for one another. */
    FEW;

    private static final int FEW_ROWS = 8;

    static StepKind of(boolean single, int rows) {
        if (!single) {
            return SEVERAL;
        }
        return rows <= FEW_ROWS ? FEW : SINGLE;
    }

    /** Whether no entry has more than one element. */
    boolean isSingle() {
        return this != SEVERAL;
    }
}
