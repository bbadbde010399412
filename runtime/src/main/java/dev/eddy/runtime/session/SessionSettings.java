package dev.eddy.runtime.session;

import java.time.Duration;

/**
 * How sessions are kept.
 *
 * @param unacknowledgedLimit output elements kept for sending again
 * @param inputLimit elements taken ahead of being absorbed
 * @param maxInput most elements of one input
 * @param window outputs that the engine may be ahead of the session's actor
 * @param logElements sampled ids are logged once there are so many
 * @param logInterval or once the first of them is so old
 * @param snapshotEvery events between two snapshots of a session's log, which bound it
 * @param saveEvery elements between two copies of a running session's state: the most that is
 *     replayed after a failure
 * @param replayLimit a session that leaves the engine having absorbed at most so many elements
 *     since its last copy is brought back by replaying them; beyond, its state is copied
 * @param restAfter idle time after which a session leaves the engine
 * @param passivateAfter idle time after which a session without a stream leaves memory
 * @param rebase whether a session may go on with other numerics where no device has its own; its
 *     log says where
 * @param keep how long a session is kept while no stream is attached
 */
public record SessionSettings(
        int unacknowledgedLimit,
        int inputLimit,
        int maxInput,
        int window,
        int logElements,
        Duration logInterval,
        int snapshotEvery,
        int saveEvery,
        int replayLimit,
        Duration restAfter,
        Duration passivateAfter,
        boolean rebase,
        Duration keep) {
    /** What reference.conf says. */
    public static final SessionSettings DEFAULT =
            new SessionSettings(
                    4096,
                    1 << 16,
                    1 << 20,
                    1024,
                    64,
                    Duration.ofSeconds(1),
                    32,
                    4096,
                    256,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    false,
                    Duration.ofHours(24));
}
