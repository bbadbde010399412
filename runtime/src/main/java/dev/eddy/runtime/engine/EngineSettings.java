package dev.eddy.runtime.engine;

import java.time.Duration;

/**
 * How an engine schedules.
 *
 * @param maxStep predicted time that a step may take: longer steps are more efficient, shorter ones
 *     answer sooner. An entry of one element runs whatever it takes
 * @param patience how long work without a deadline may wait before it counts as due as urgently as
 *     work with one
 * @param minChunk elements of an input that a step takes at least, budget or not
 * @param idleGrace how long a session without work keeps its slot when others want it
 * @param quantum how long a session keeps its slot when there are more with work than slots
 * @param openWait how long an opening waits for idle sessions to make room
 * @param queue commands that may wait for the engine; a power of two
 */
public record EngineSettings(
        Duration maxStep,
        Duration patience,
        int minChunk,
        Duration idleGrace,
        Duration quantum,
        Duration openWait,
        int queue) {
    /** What reference.conf says. */
    public static final EngineSettings DEFAULT =
            new EngineSettings(
                    Duration.ofMillis(50),
                    Duration.ofSeconds(1),
                    8,
                    Duration.ofMillis(100),
                    Duration.ofMillis(250),
                    Duration.ofSeconds(5),
                    1 << 14);

    /** The same with other times for sharing slots. */
    public EngineSettings withSharing(Duration idleGrace, Duration quantum) {
        return new EngineSettings(maxStep, patience, minChunk, idleGrace, quantum, openWait, queue);
    }

    /** The same with another step budget. */
    public EngineSettings withMaxStep(Duration maxStep) {
        return new EngineSettings(maxStep, patience, minChunk, idleGrace, quantum, openWait, queue);
    }
}
