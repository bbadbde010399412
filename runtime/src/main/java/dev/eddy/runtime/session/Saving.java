package dev.eddy.runtime.session;

import dev.eddy.runtime.engine.Snapshot;
import dev.eddy.runtime.session.EngineSide.Phase;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.ActorRef;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** When a session's state is copied to the store, and what becomes of older copies. */
final class Saving {
    private static final Logger log = LoggerFactory.getLogger(Saving.class);

    private final String id;
    private final ActorRef<SessionCommand> self;
    private final Surroundings with;
    private final EngineSide engine;

    /** The key of a copy on its way into the store, which the log does not know yet, or empty. */
    private String arriving = "";

    /** True once the session is deleted; read by the store's threads. */
    private volatile boolean deleted;

    /** How long the tail must be before the state is copied. */
    private long saveAt;

    /** A copy that the log no longer needs, or empty. */
    private String obsolete = "";

    Saving(String id, ActorRef<SessionCommand> self, Surroundings with, EngineSide engine) {
        this.id = id;
        this.self = self;
        this.with = with;
        this.engine = engine;
        saveAt = with.settings().saveEvery();
    }

    /** Copies the state of a running session that has come far since the last copy. */
    void maybeSave(SessionState state) {
        if (state.tail.count() >= saveAt && engine.phase == Phase.HERE && !engine.saving) {
            engine.save();
        }
    }

    /** True while a copy is on its way into the store. */
    boolean isStoring() {
        return !arriving.isEmpty();
    }

    /** Stores a copy; {@link #stored} follows. */
    void store(SessionState state, Snapshot snapshot) {
        long position = snapshot.position();
        if (position <= state.tail.start()) {
            snapshot.release();
            engine.saving = false;
            return;
        }
        String key = id + "@" + position;
        arriving = key;
        with.store()
                .put(key, snapshot.state())
                .whenComplete((_, failure) -> {
                    snapshot.release();
                    if (deleted) {
                        with.store().delete(key);
                    }
                    self.tell(new InternalCommand.StateStored(position, key, failure));
                });
    }

    /** The events of a copy that was stored. */
    List<SessionEvent> stored(SessionState state, InternalCommand.StateStored stored) {
        List<SessionEvent> events = new ArrayList<>();
        engine.saving = false;
        arriving = "";
        Throwable failure = stored.failure();
        if (failure != null) {
            // The tail replays all the same; it is only longer.
            saveAt = state.tail.count() + with.settings().saveEvery();
            log.warn("the state of session {} is not saved: {}", id, failure.getMessage());
        } else if (stored.position() <= state.tail.start()
                || stored.position() > state.position()) {
            // Of a time that this log does not have (any more).
            with.store().delete(stored.key());
        } else {
            saveAt = with.settings().saveEvery();
            obsolete = state.savedKey;
            events.add(new SessionEvent.Saved(stored.position(), stored.key()));
        }
        return events;
    }

    /** Deletes the copy before the last, once the log has the last. */
    void forget(SessionState state) {
        if (!obsolete.isEmpty() && !obsolete.equals(state.savedKey)) {
            with.store().delete(obsolete);
        }
        obsolete = "";
    }

    /** Reads the copy of that key; {@link InternalCommand.StateFetched} follows. */
    void fetch(String key) {
        with.store()
                .get(key)
                .whenComplete((segment, failure) ->
                        self.tell(new InternalCommand.StateFetched(segment, failure)));
    }

    /** Deletes the last copy, and one that is on its way into the store. */
    void delete(SessionState state) {
        deleted = true;
        if (isStoring()) {
            with.store().delete(arriving);
        }
        if (!state.savedKey.isEmpty()) {
            with.store().delete(state.savedKey);
        }
    }
}
