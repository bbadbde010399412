package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Ack;
import dev.eddy.v1.Attached;
import dev.eddy.v1.Output;
import dev.eddy.v1.TurnEnded;
import org.jspecify.annotations.Nullable;

/**
 * What came from the session and was, or was not yet, handed to the user: its turns, how much room
 * there is for more, and what may be acknowledged. Not thread-safe: the line's lock guards it.
 */
final class Inbox {
    private final Line line;
    private final Room room;
    private final Turns turns = new Turns();

    /** What arrived: where the next stream goes on. */
    private Ack received;

    /** What the user has: what the session may forget. */
    private Ack delivered;

    private long position;

    Inbox(Line line, int prefetch, Ack acknowledged) {
        this.line = line;
        this.room = new Room(prefetch);
        this.received = acknowledged;
        this.delivered = acknowledged;
    }

    /** What arrived so far. */
    Ack received() {
        return received;
    }

    /** What the user has. */
    Ack delivered() {
        return delivered;
    }

    /** Elements that the session is known to have absorbed. */
    long position() {
        return position;
    }

    Turns turns() {
        return turns;
    }

    /** A new stream begins; returns the credit to begin it with. */
    long restart() {
        return room.restart();
    }

    void attached(Attached attached) {
        position = attached.getPosition();
        room.limit(attached.getUnacknowledgedLimit());
        if (attached.getTurn() != 0) {
            turns.adoptIfUnknown(attached.getTurn(), line);
        }
    }

    /** Returns what is new of it: scores that came before are left out. */
    Absorbed absorbed(Absorbed absorbed) {
        position = Math.max(position, absorbed.getPosition());
        if (!absorbed.hasScores()) {
            return absorbed;
        }
        if (absorbed.getPosition() <= received.getPosition()) {
            return absorbed.toBuilder().clearScores().build();
        }
        received = received.toBuilder().setPosition(absorbed.getPosition()).build();
        delivered = delivered.toBuilder().setPosition(absorbed.getPosition()).build();
        return absorbed;
    }

    void output(Output output) {
        int elements = Room.elements(output);
        room.arrived(elements);
        if (output.getOutputPosition() <= received.getOutputPosition()) {
            return;
        }
        received = received.toBuilder().setOutputPosition(output.getOutputPosition()).build();
        position = Math.max(position, output.getPosition());
        room.buffered(elements);
        turns.adoptIfUnknown(output.getTurn(), line).receive(output);
    }

    /** Returns false for an end that came before. */
    boolean turnEnded(TurnEnded end) {
        if (end.getTurn() <= received.getTurn()) {
            return false;
        }
        received = received.toBuilder().setTurn(end.getTurn()).build();
        delivered = delivered.toBuilder().setTurn(end.getTurn()).build();
        position = Math.max(position, end.getPosition());
        turns.end(end);
        return true;
    }

    /** The next output of a turn, or null for none now. */
    @Nullable Output take(Turn turn) {
        Output output = turn.poll();
        if (output != null) {
            room.taken(Room.elements(output));
            delivered = delivered.toBuilder().setOutputPosition(output.getOutputPosition()).build();
        }
        return output;
    }

    /** The next output that a turn's subscriber asked for, or null for none now. */
    @Nullable Output takeDemanded(Turn turn) {
        Output output = turn.demand() > 0 ? take(turn) : null;
        if (output != null) {
            turn.demand(turn.demand() - 1);
        }
        return output;
    }

    /** Takes and forgets what there is of a turn. */
    void drop(Turn turn) {
        Output output = take(turn);
        while (output != null) {
            output = take(turn);
        }
    }

    /** Credit to give now, or 0. */
    long credit() {
        return room.grant(turns.demand());
    }

    /** Whether to acknowledge now; true counts as done. */
    boolean isAckDue(boolean anyway) {
        return room.isAckDue(delivered.getOutputPosition(), anyway);
    }
}
