package dev.eddy.client;

import dev.eddy.v1.TurnEnded;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The turns of a line that are not over, by number. Not thread-safe: the line's lock guards it. */
final class Turns {
    private final TreeMap<Long, Turn> open = new TreeMap<>();
    private final Deque<Turn> adopted = new ArrayDeque<>();

    Turn add(Turn turn) {
        open.put(turn.number(), turn);
        return turn;
    }

    void remove(Turn turn) {
        open.remove(turn.number(), turn);
    }

    /**
     * The turn of this number; one that this client did not ask for is made, and kept for whoever
     * asks.
     */
    Turn adoptIfUnknown(long number, Line line) {
        return open.computeIfAbsent(
                number,
                n -> {
                    Turn turn = new Turn(line, n);
                    adopted.addLast(turn);
                    return turn;
                });
    }

    @Nullable Turn pollAdopted() {
        return adopted.pollFirst();
    }

    void end(TurnEnded end) {
        Turn turn = open.remove(end.getTurn());
        if (turn != null) {
            turn.end(end);
        }
    }

    void fail(EddyException cause) {
        for (Iterator<Turn> i = open.values().iterator(); i.hasNext(); ) {
            Turn turn = i.next();
            i.remove();
            turn.fail(cause);
        }
    }

    /** Items that the subscribers of all turns asked for and did not get. */
    long demand() {
        long sum = 0;
        for (Turn turn : open.values()) {
            sum = Math.min(Long.MAX_VALUE / 2, sum + Math.min(Long.MAX_VALUE / 2, turn.demand()));
        }
        return sum;
    }
}
