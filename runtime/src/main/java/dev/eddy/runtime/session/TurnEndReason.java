package dev.eddy.runtime.session;

/** Why a turn ended. */
public enum TurnEndReason {
    /** The model chose one of its end ids. */
    END_ID,
    /** One of the turn's stop ids was chosen. */
    STOP_ID,
    /** One of the turn's stop strings was completed. */
    STOP_STRING,
    /** As many elements as asked for were shown. */
    MAX_ELEMENTS,
    /** Its time was over. */
    MAX_DURATION,
    /** The client cancelled it. */
    CANCELLED,
    /** Input interrupted it. */
    INTERRUPTED,
    /** A growing session reached its declared maximum position. */
    MAX_POSITION,
    /** It could not go on. */
    FAILED
}
