package dev.eddy.runtime.session;

import org.apache.pekko.actor.Props;
import org.apache.pekko.persistence.AbstractPersistentActor;
import org.apache.pekko.persistence.DeleteMessagesFailure;
import org.apache.pekko.persistence.DeleteMessagesSuccess;
import org.apache.pekko.persistence.DeleteSnapshotsFailure;
import org.apache.pekko.persistence.DeleteSnapshotsSuccess;
import org.apache.pekko.persistence.Recovery;
import org.apache.pekko.persistence.SnapshotSelectionCriteria;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An actor that erases the log of a session that is no more, and ends. Its last event, which says
 * that it was deleted, goes last: whoever reads the log meanwhile finds no session.
 */
final class Eraser extends AbstractPersistentActor {
    private static final Logger log = LoggerFactory.getLogger(Eraser.class);

    private final String id;
    private boolean snapshotsErased;

    private Eraser(String id) {
        this.id = id;
    }

    static Props props(String id) {
        return Props.create(Eraser.class, () -> new Eraser(id));
    }

    @Override
    public String persistenceId() {
        return SessionActor.persistenceId(id).id();
    }

    @Override
    public Recovery recovery() {
        return Recovery.none();
    }

    @Override
    public void preStart() throws Exception {
        super.preStart();
        self().tell("erase", self());
    }

    @Override
    public Receive createReceiveRecover() {
        return receiveBuilder().matchAny(_ -> {}).build();
    }

    @Override
    public Receive createReceive() {
        return receiveBuilder()
                .matchEquals("erase", _ -> deleteMessages(Math.max(0, lastSequenceNr() - 1)))
                .match(DeleteMessagesSuccess.class, _ -> eventsErased())
                .match(DeleteSnapshotsSuccess.class, _ -> snapshotsErased())
                .match(DeleteMessagesFailure.class, failure -> failed(failure.cause()))
                .match(DeleteSnapshotsFailure.class, failure -> failed(failure.cause()))
                .build();
    }

    private void eventsErased() {
        if (snapshotsErased) {
            getContext().stop(self());
        } else {
            deleteSnapshots(SnapshotSelectionCriteria.latest());
        }
    }

    private void snapshotsErased() {
        snapshotsErased = true;
        deleteMessages(Long.MAX_VALUE);
    }

    private void failed(Throwable cause) {
        log.warn("the log of session {} is not wholly erased", id, cause);
        getContext().stop(self());
    }
}
