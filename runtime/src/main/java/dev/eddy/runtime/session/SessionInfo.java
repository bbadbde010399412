package dev.eddy.runtime.session;

import java.time.Instant;
import java.util.Map;

/**
 * A session at one moment, as {@link Sessions#describe} tells it.
 *
 * @param epoch how often a stream attached to it
 * @param generating true if a turn is under way or waiting
 * @param active when it last took a request or gave an output
 */
public record SessionInfo(
        String sessionId,
        String model,
        long position,
        long outputPosition,
        long lastSequence,
        long epoch,
        boolean attached,
        boolean generating,
        Residence residence,
        long stateBytes,
        boolean growing,
        String stateId,
        String numericsId,
        long seed,
        int branch,
        Durability durability,
        Instant created,
        Instant active,
        Map<String, String> labels) {
    public SessionInfo {
        labels = Map.copyOf(labels);
    }
}
