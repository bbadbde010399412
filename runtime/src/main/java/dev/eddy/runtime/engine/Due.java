package dev.eddy.runtime.engine;

/** What a session's next entry would be. */
enum Due {
    /** None: nothing to do, no credit, or something in flight must be seen first. */
    NOTHING(0),
    /** A chunk of given elements, with a sample after the last if a turn follows. */
    GIVEN(1),
    /** Absorbs the pending id and samples the next. */
    DECODE(1),
    /** Samples a turn's first id where the session stands. */
    FIRST(0),
    /** Absorbs the pending id; the turn ends or is interleaved. */
    PENDING(1),
    /** Absorbs the id that stopped the turn. */
    STOP(1);

    /** Rows it takes at least. */
    final int rows;

    Due(int rows) {
        this.rows = rows;
    }

    boolean samples() {
        return this == DECODE || this == FIRST;
    }
}
