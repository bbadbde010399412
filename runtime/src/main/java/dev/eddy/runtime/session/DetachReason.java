package dev.eddy.runtime.session;

/** Why a stream ended. */
public enum DetachReason {
    /** The client asked for it. */
    REQUESTED,
    /** The client ended its requests and all turns asked for are over. */
    COMPLETED,
    /** The client ended its requests and the credit they gave is used up. */
    OUT_OF_CREDIT,
    /** Another stream attached. */
    FENCED,
    /** The server is going away. */
    DRAINING,
    /** The session was deleted. */
    DELETED,
    /** The session was taken back to an earlier position. */
    REWOUND,
    /** The attachment was refused, or the session cannot go on; the refusal says why. */
    FAILED,
    /** The session moves to another node. */
    MOVED
}
