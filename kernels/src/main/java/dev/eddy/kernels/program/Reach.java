package dev.eddy.kernels.program;

/**
 * How far back attention sees, and with it whether what it remembers of a session is of constant
 * size.
 */
public sealed interface Reach {
    /** Positions that a query sees, its own included, if there are as many. */
    int positions();

    /** The last {@code positions}: keys and values are a ring of constant size. */
    record Window(int positions) implements Reach {
        public Window {
            check(positions, "window");
        }
    }

    /**
     * All of them: keys and values grow by a row an element, and no session may absorb more than
     * {@code positions}.
     */
    record All(int positions) implements Reach {
        public All {
            check(positions, "largest number of positions");
        }
    }

    private static void check(int positions, String what) {
        if (positions < 1) {
            throw new ProgramException(what + " is " + positions + "; it must be 1 or more");
        }
    }
}
