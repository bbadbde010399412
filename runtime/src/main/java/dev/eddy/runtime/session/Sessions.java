package dev.eddy.runtime.session;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of this server: how they are reached, listed and ended. Thread-safe; nothing blocks.
 */
public interface Sessions {
    /**
     * An id for a session to be created, never given before.
     *
     * @param model the model that it will be fed to
     */
    String newId(String model);

    /**
     * Sends a command to a session, waking it if it is passive.
     *
     * @param sessionId an id of {@link #newId}; another is answered with SESSION_NOT_FOUND
     */
    void tell(String sessionId, SessionCommand command);

    /**
     * Where a session stands. Neither attaches to it nor wakes it. Fails with {@link
     * SessionException} (SESSION_NOT_FOUND) if there is none.
     */
    CompletionStage<SessionInfo> describe(String sessionId);

    /** A page of the sessions, by id in ascending order. */
    CompletionStage<Page> list(Query query);

    /**
     * Ends a session for good. Fails with {@link SessionException} (SESSION_NOT_FOUND) if there is
     * none.
     */
    CompletionStage<Void> delete(String sessionId);

    /**
     * Detaches every stream (DRAINING) after the steps in flight and refuses new ones; completes
     * when all sessions are at rest.
     */
    CompletionStage<Void> drain();

    /**
     * Which sessions to list.
     *
     * @param after the last id of the page before; empty for the first page
     * @param limit most sessions in the page, at least 1
     * @param model null for all
     * @param labels each must be there with this value
     */
    record Query(String after, int limit, @Nullable String model, Map<String, String> labels) {
        public Query {
            labels = Map.copyOf(labels);
        }
    }

    /**
     * Some sessions.
     *
     * @param last true if there are none after these
     */
    record Page(List<SessionInfo> sessions, boolean last) {
        public Page {
            sessions = List.copyOf(sessions);
        }
    }
}
