package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Rows;

/** What the stages need of the step that runs: its entries with the addresses of their slots. */
final class Batch {
    private final CpuArena arena;
    private final long[] positions;
    private final int[] active;
    private Step step;
    private int turn;
    private int activeCount;

    /**
     * @param maxRows most elements in a step
     * @param maxEntries most entries in a step
     */
    Batch(CpuArena arena, Step none, int maxRows, int maxEntries) {
        this.arena = arena;
        this.step = none;
        positions = new long[maxRows];
        active = new int[maxEntries];
    }

    /** Turns to another step, whose ids are resolved. */
    void begin(Step next) {
        step = next;
        for (int e = 0; e < step.entries(); e++) {
            for (int t = 0; t < step.length(e); t++) {
                positions[step.offset(e) + t] = step.start(e) + t;
            }
        }
    }

    Step step() {
        return step;
    }

    /** How many rows values of that kind have. */
    int rows(Rows kind) {
        return switch (kind) {
            case ALL -> step.rows();
            case SELECTED -> step.selected();
        };
    }

    int entries() {
        return step.entries();
    }

    /** First row of an entry. */
    int offset(int entry) {
        return step.offset(entry);
    }

    /** Rows of an entry, masked or not. */
    int length(int entry) {
        return step.length(entry);
    }

    /** Elements that an entry absorbs: all of its rows, or none. */
    int absorbed(int entry) {
        return step.absorbed(entry);
    }

    /** Turns to the {@code t}-th element of all entries that absorb so many; false if none does. */
    boolean turnTo(int t) {
        turn = t;
        activeCount = 0;
        for (int e = 0; e < step.entries(); e++) {
            if (step.absorbed(e) > t) {
                active[activeCount++] = e;
            }
        }
        return activeCount > 0;
    }

    /** Which of each entry's elements it is the turn of, where they go one by one. */
    int turn() {
        return turn;
    }

    /** How many entries have such an element. */
    int active() {
        return activeCount;
    }

    /** The {@code i}-th of them. */
    int active(int i) {
        return active[i];
    }

    /** Position of an entry's first element. */
    long position(int entry) {
        return step.start(entry);
    }

    /** Position of a row's element. */
    long rowPosition(int row) {
        return positions[row];
    }

    /** Address of the page that holds a position of an entry's session. */
    long page(int entry, long position) {
        return arena.page(step.slot(entry), position);
    }

    /** Address of an entry's slot. */
    long slot(int entry) {
        return arena.address(step.slot(entry));
    }

    /** How many elements an entry's slot has absorbed since it was cleared or loaded. */
    long age(int entry) {
        return arena.age(step.slot(entry));
    }
}
