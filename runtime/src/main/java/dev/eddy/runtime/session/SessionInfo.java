package dev.eddy.runtime.session;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

    static SessionInfo of(
            String id,
            SessionState state,
            @Nullable SessionModel model,
            boolean attached,
            Residence residence) {
        return new SessionInfo(
                id,
                state.model,
                state.position(),
                state.outputPosition,
                state.lastSequence,
                state.epoch,
                attached,
                state.turn() != null,
                residence,
                model == null ? 0 : model.stateBytes(state.position()),
                model != null && model.grows(),
                state.stateId,
                state.numericsId,
                state.seed,
                state.branch,
                state.durability,
                Instant.ofEpochMilli(state.created),
                Instant.ofEpochMilli(state.active),
                state.labels);
    }
}
