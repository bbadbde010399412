package dev.eddy.runtime.session;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether a stream may attach to a session. */
final class AttachCheck {
    private static final Duration MAX_KEEP = Duration.ofDays(3650);

    private AttachCheck() {}

    /** Why an attachment is refused, or null. */
    static @Nullable Refusal refusal(
            String id, SessionState state, SessionCommand.Attach attach, Surroundings with) {
        NewSession create = attach.create();
        if (state.deleted) {
            return Refusal.of(Reason.SESSION_DELETED, "session " + id + " was deleted");
        }
        Durability durability = attach.durability();
        if (durability != null && durability != Durability.MEMORY) {
            return new Refusal(
                    Reason.NOT_SERVED,
                    "durability "
                            + durability
                            + " is not served yet; this server keeps sessions in MEMORY",
                    Map.of("feature", "durability " + durability));
        }
        try {
            Requests.check(attach.sampling().over(state.sampling));
        } catch (SessionException e) {
            return e.refusal();
        }
        return create != null ? ofNew(id, state, create, with) : ofKnown(id, state, attach, with);
    }

    private static @Nullable Refusal ofNew(
            String id, SessionState state, NewSession create, Surroundings with) {
        SessionModel model = with.models().get(create.model());
        if (state.exists()) {
            return Refusal.of(
                    Reason.INVALID_SESSION_ID,
                    "session " + id + " exists already; a new one needs a new id");
        }
        if (model == null) {
            return noModel(create.model(), with);
        }
        Duration keep = create.keep();
        if (keep != null && (keep.isNegative() || keep.compareTo(MAX_KEEP) > 0)) {
            return Refusal.of(
                    Reason.INVALID_LIMIT,
                    "keep is " + keep + "; allowed is 0 to 10 years",
                    keep,
                    MAX_KEEP);
        }
        long limit = model.limit(create.maxPosition());
        if (model.grows() && limit > model.growth().most()) {
            return Refusal.of(
                    Reason.INVALID_LIMIT,
                    "max_position is "
                            + limit
                            + "; a session of "
                            + model.name()
                            + " can go to "
                            + model.growth().most()
                            + " at most: ask for less, or give the server more"
                            + " (eddy.device.positions, eddy.device.host-memory)",
                    limit,
                    model.growth().most());
        }
        long bytes = model.stateBytes(model.grows() ? limit : 0);
        if (with.store().usedBytes() + bytes > with.store().capacityBytes()) {
            return Refusal.of(
                    Reason.NO_CAPACITY,
                    "the store has no room for the state of another session: "
                            + with.store().usedBytes()
                            + " of "
                            + with.store().capacityBytes()
                            + " bytes are taken and a state of "
                            + model.name()
                            + " takes "
                            + bytes
                            + "; delete sessions, or give the store more",
                    with.store().usedBytes(),
                    with.store().capacityBytes());
        }
        return null;
    }

    private static Refusal noModel(String name, Surroundings with) {
        return Refusal.of(
                Reason.MODEL_NOT_FOUND,
                "no model is called " + name + "; there are " + with.models().keySet(),
                name,
                with.models().keySet());
    }

    private static @Nullable Refusal ofKnown(
            String id, SessionState state, SessionCommand.Attach attach, Surroundings with) {
        if (!state.exists()) {
            return noSession(id);
        }
        SessionModel model = with.models().get(state.model);
        if (model == null) {
            return noModel(state.model, with);
        }
        if (attach.epoch() != 0 && attach.epoch() != state.epoch) {
            return Refusal.of(
                    Reason.FENCED,
                    "another stream attached to session "
                            + id
                            + " since: its epoch is "
                            + state.epoch
                            + ", yours "
                            + attach.epoch()
                            + "; attach with epoch 0 to take it over",
                    attach.epoch(),
                    state.epoch);
        }
        if (!model.stateId().equals(state.stateId)) {
            return Refusal.of(
                    Reason.STATE_ID_MISMATCH,
                    "session "
                            + id
                            + " belongs to state id "
                            + state.stateId
                            + "; model "
                            + model.name()
                            + " has "
                            + model.stateId(),
                    state.stateId,
                    model.stateId());
        }
        if (!attach.allowRebase()
                && !with.settings().rebase()
                && !with.engines().has(state.model, state.numericsId)) {
            return Refusal.of(
                    Reason.NUMERICS_ID_MISMATCH,
                    "session "
                            + id
                            + " began with numerics "
                            + state.numericsId
                            + ", this server has "
                            + model.numericsId()
                            + "; allow_rebase accepts output that may differ in its last bits",
                    state.numericsId,
                    model.numericsId());
        }
        return outputs(state, attach.acknowledged());
    }

    private static @Nullable Refusal outputs(SessionState state, @Nullable Acknowledged has) {
        if (has == null) {
            return null;
        }
        long all = state.outputPosition + state.outbox.held();
        long oldest = all - state.outbox.outputs();
        if (has.outputPosition() < oldest) {
            return Refusal.of(
                    Reason.OUTPUT_NOT_KEPT,
                    "output after "
                            + has.outputPosition()
                            + " is asked for; the session keeps what follows "
                            + oldest
                            + ": attach with that, or without an acknowledgement",
                    has.outputPosition(),
                    oldest);
        }
        // With a turn under way the client may have seen more than the log: it is made again.
        if (has.outputPosition() > all && state.turn() == null || has.outputPosition() < 0) {
            return Refusal.of(
                    Reason.ACK_OUT_OF_RANGE,
                    "output "
                            + has.outputPosition()
                            + " is acknowledged; at most "
                            + all
                            + " was sent",
                    has.outputPosition(),
                    all);
        }
        return null;
    }

    static Refusal noSession(String id) {
        return Refusal.of(Reason.SESSION_NOT_FOUND, "there is no session " + id, id, "");
    }

    /** The beginning of a session's log. */
    static SessionEvent.Created created(
            NewSession create, long seed, String numericsId, Surroundings with, long now) {
        SessionModel model = with.models().get(create.model());
        if (model == null) {
            throw new IllegalStateException("model " + create.model() + " is gone");
        }
        Duration keep = create.keep();
        return new SessionEvent.Created(
                model.name(),
                model.stateId(),
                numericsId,
                seed,
                0,
                model.limit(create.maxPosition()),
                Durability.MEMORY,
                (keep == null ? with.settings().keep() : keep).toSeconds(),
                create.labels(),
                now);
    }
}
