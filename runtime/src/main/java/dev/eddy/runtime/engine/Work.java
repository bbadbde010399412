package dev.eddy.runtime.engine;

import org.jspecify.annotations.Nullable;

/** What a session still has to do. Touched on the engine's thread alone. */
abstract sealed class Work {
    /** When the engine was told. */
    final long arrived;

    private Work(long arrived) {
        this.arrived = arrived;
    }

    /** Elements to absorb. */
    static final class Absorbing extends Work {
        final Given given;

        /** Elements submitted so far. */
        int submitted;

        Absorbing(Given given, long arrived) {
            super(arrived);
            this.given = given;
        }

        int remaining() {
            return given.elements().count() - submitted;
        }

        /** When it should be absorbed, or 0. */
        long deadline() {
            return given.deadlineNanos() > 0 ? arrived + given.deadlineNanos() : 0;
        }
    }

    /** A turn to sample. */
    static final class Sampling extends Work {
        final Turn turn;

        /** Samples that may still be submitted. */
        long remaining;

        /** Why it ends; null while it goes on. */
        Turn.@Nullable End end;

        int stopId = -1;
        long late;

        /** When its first step was submitted, or 0. */
        long started;

        /** When its last output came, or 0. */
        long lastOutput;

        /** Since when it has no credit, or 0. */
        private long pausedSince;

        private long withoutCredit;

        Sampling(Turn turn, long arrived) {
            super(arrived);
            this.turn = turn;
            remaining = turn.maxElements();
        }

        void pause(long now) {
            if (pausedSince == 0) {
                pausedSince = now;
            }
        }

        void resume(long now) {
            if (pausedSince != 0) {
                withoutCredit += now - Math.max(pausedSince, started);
                pausedSince = 0;
                lastOutput = 0; // the client's delay is no element's lateness
            }
        }

        boolean isOver(long now) {
            long end = pausedSince != 0 ? pausedSince : now;
            return turn.maxNanos() > 0
                    && started != 0
                    && end - started - withoutCredit >= turn.maxNanos();
        }

        long withoutCreditNanos() {
            return withoutCredit;
        }

        /** When the next output should come, or 0. */
        long deadline() {
            return turn.elementDeadlineNanos() > 0 && lastOutput != 0
                    ? lastOutput + turn.elementDeadlineNanos()
                    : 0;
        }
    }
}
