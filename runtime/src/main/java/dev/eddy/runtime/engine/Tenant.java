package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Step;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * What the engine knows of one open session: where its state is, what it has to do, and how far it
 * has got. Touched on the engine's thread alone, but for {@link #residence}.
 */
final class Tenant {
    /** How a lease goes by. */
    enum Phase {
        OPENING,
        OPEN,
        LEAVING,
        ENDED
    }

    final ModelHost host;
    final Opening opening;
    final ReportQueue reports;

    Phase phase = Phase.OPENING;

    // ---- where its state is

    /** Its slot, or -1. */
    int slot = -1;

    /** Its state outside a slot; null if it is in one, or still zero. */
    @Nullable MemorySegment hostState;

    /** True if {@link #hostState} belongs to whoever opened the session. */
    boolean foreign;

    /** True while {@link #hostState} is still being written. */
    boolean leavingSlot;

    /** True while it stands in line for a slot. */
    boolean waiting;

    /** True if it has to make room once nothing of it is in flight. */
    boolean yielding;

    /** True once it was told that memory is short. */
    boolean pressed;

    long seatedAt;
    boolean servedSinceSeated;

    /** For other threads: has it a slot? */
    volatile boolean resident;

    // ---- what it has to do

    private final ArrayDeque<Work> queue = new ArrayDeque<>(2);
    private final ArrayDeque<Work.Absorbing> interleaved = new ArrayDeque<>(1);
    boolean saveWanted;
    boolean leaveWithState;

    // ---- how far it is

    /** Elements submitted. */
    long position;

    /** The position that it never passes. */
    final long limit;

    /** Given elements that are not submitted yet: their positions are taken. */
    long given;

    /** Entries submitted and not completed. */
    int inFlight;

    /** True if an id was sampled, or is being sampled, and not submitted to be absorbed. */
    boolean pending;

    /** The sampled id that stopped the turn and is still to be absorbed, or -1. */
    int stopId = Step.NONE;

    /** Outputs submitted, those in flight included. */
    long outputs;

    /** Most outputs that may be submitted. */
    long credit;

    // ---- since when

    /** Since when its next entry could run, or 0. */
    long dueSince;

    /** Since when there is nothing to do and nothing in flight, or 0. */
    long idleSince;

    Tenant(ModelHost host, Opening opening, LeaseListener listener) {
        this.host = host;
        this.opening = opening;
        reports = new ReportQueue(listener);
        position = opening.position();
        limit = opening.limit() > 0 ? opening.limit() : host.model().usualPositions();
        hostState = opening.state();
        foreign = hostState != null;
    }

    // ---- what it is told

    void give(Work.Absorbing work) {
        given += work.remaining();
        switch (work.given.placement()) {
            case LAST -> queue.add(work);
            case INTERLEAVED -> interleave(work);
        }
    }

    private void interleave(Work.Absorbing work) {
        if (queue.peek() instanceof Work.Sampling) {
            interleaved.add(work);
            return;
        }
        // Before the first turn in line; rare, so the line is simply made anew.
        boolean placed = false;
        for (int i = queue.size(); i > 0; i--) {
            Work other = queue.remove();
            if (!placed && other instanceof Work.Sampling) {
                queue.add(work);
                placed = true;
            }
            queue.add(other);
        }
        if (!placed) {
            queue.add(work);
        }
    }

    void generate(Work.Sampling turn) {
        queue.add(turn);
    }

    void cancel(long id) {
        for (Work work : queue) {
            if (work instanceof Work.Sampling turn && (id == 0 || turn.turn.id() == id)) {
                end(turn, Turn.End.CANCELLED);
                return;
            }
        }
    }

    private static void end(Work.Sampling turn, Turn.End end) {
        if (turn.end == null) {
            turn.end = end;
        }
    }

    /** Forgets all that is left to do. */
    void drop() {
        queue.clear();
        interleaved.clear();
        given = 0;
    }

    // ---- what comes next

    /** The turn at the head of the line; null if something else is. */
    Work.@Nullable Sampling turn() {
        return queue.peek() instanceof Work.Sampling turn ? turn : null;
    }

    /** What its next entry would be; notes since when it is due or idle. */
    Due look(long now) {
        Due due = phase == Phase.OPEN && !saveWanted && !yielding ? next(now) : Due.NOTHING;
        if (due != Due.NOTHING) {
            dueSince = dueSince == 0 ? now : dueSince;
            idleSince = 0;
        } else {
            dueSince = 0;
            idleSince = inFlight > 0 ? 0 : idleSince == 0 ? now : idleSince;
        }
        return due;
    }

    private Due next(long now) {
        if (stopId != Step.NONE) {
            return inFlight == 0 ? Due.STOP : Due.NOTHING;
        }
        Work.Sampling turn = turn();
        if (turn != null && turn.isOver(now)) {
            end(turn, Turn.End.MAX_DURATION);
        }
        if (pending && turn != null) {
            if (turn.turn.inspector() != null && inFlight > 0) {
                return Due.NOTHING;
            }
            if (turn.end != null || turn.remaining == 0 || !interleaved.isEmpty()) {
                return Due.PENDING;
            }
            // Both what is pending and what would be sampled now take a position.
            if (room() < 2) {
                end(turn, Turn.End.MAX_POSITION);
                return Due.PENDING;
            }
            return hasCredit(turn, now) ? Due.DECODE : Due.NOTHING;
        }
        Work.Absorbing absorbing = absorbing();
        if (absorbing != null) {
            return host.hasRows() && outputs >= credit ? Due.NOTHING : Due.GIVEN;
        }
        if (turn == null
                || turn.end != null
                || turn.remaining == 0
                || position == 0
                || room() < 1) {
            return Due.NOTHING;
        }
        return hasCredit(turn, now) ? Due.FIRST : Due.NOTHING;
    }

    private boolean hasCredit(Work.Sampling turn, long now) {
        if (outputs < credit) {
            turn.resume(now);
            return true;
        }
        turn.pause(now);
        return false;
    }

    /** Positions left beyond those of what was given. */
    private long room() {
        return limit - position - given;
    }

    /** The elements to absorb next, or null. */
    Work.@Nullable Absorbing absorbing() {
        Work.Absorbing first = interleaved.peek();
        return first != null
                ? first
                : queue.peek() instanceof Work.Absorbing absorbing ? absorbing : null;
    }

    /** The turn that goes on or begins right after the last of {@link #absorbing}, or null. */
    Work.@Nullable Sampling turnAfterAbsorbing(long now) {
        Work next = null;
        if (interleaved.isEmpty()) {
            int i = 0;
            for (Work work : queue) {
                if (i++ == 1) {
                    next = work;
                    break;
                }
            }
        } else if (interleaved.size() == 1) {
            next = queue.peek();
        }
        return next instanceof Work.Sampling turn
                        && turn.end == null
                        && turn.remaining > 0
                        && room() > 0
                        && !turn.isOver(now)
                        && hasCredit(turn, now)
                ? turn
                : null;
    }

    /** Takes elements that were submitted to their last out of the line. */
    void absorbed(Work.Absorbing work) {
        if (interleaved.peek() == work) {
            interleaved.remove();
        } else {
            queue.remove();
        }
    }

    /** When its next entry should be done; without a deadline, when its patience ends. */
    long deadline(Due due, long patienceNanos) {
        Work.Sampling turn = turn();
        Work.Absorbing absorbing = due == Due.GIVEN ? absorbing() : null;
        long deadline =
                absorbing != null ? absorbing.deadline() : turn != null ? turn.deadline() : 0;
        return deadline != 0 ? deadline : dueSince + patienceNanos;
    }

    /** Ends the turns at the head of the line that are over, once all of them is absorbed. */
    void settle(Reports out) {
        Work.Sampling turn = turn();
        while (turn != null && !pending && stopId == Step.NONE && inFlight == 0) {
            if (turn.end == null) {
                boolean begun = position > 0 || !interleaved.isEmpty();
                if (turn.remaining > 0 && begun && room() > 0) {
                    return;
                }
                turn.end =
                        turn.remaining == 0
                                ? Turn.End.MAX_ELEMENTS
                                : begun ? Turn.End.MAX_POSITION : Turn.End.NOTHING_ABSORBED;
            }
            queue.remove();
            out.add(
                    new Report.TurnEnded(
                            turn.turn.id(),
                            turn.end,
                            position,
                            turn.stopId,
                            turn.late,
                            turn.started == 0 ? 0 : turn.started - turn.arrived,
                            turn.withoutCreditNanos()));
            turn = turn();
        }
    }
}
