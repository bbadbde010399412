package dev.eddy.kernels.backend;

import java.util.Arrays;

/**
 * Which page of a pool holds which positions of which slot: the bookkeeping of growing states,
 * which backends share. A page holds {@value #POSITIONS} consecutive positions of all of a
 * program's histories, beginning at a multiple of that. A slot takes pages as its session grows and
 * gives them back when it is cleared, loaded or copied over. One thread at a time.
 */
public final class Pages {
    /** Positions in a page: those of a block of attention, so that a block lies in one page. */
    public static final int POSITIONS = 256;

    private static final int[] NONE = new int[0];

    private final int[][] tables;
    private final int[] held;
    private final int[] free;
    private int freeCount;

    /** A pool of {@code pages} pages, all free, for {@code slots} slots. */
    public Pages(int slots, int pages) {
        tables = new int[slots][];
        Arrays.fill(tables, NONE);
        held = new int[slots];
        free = new int[pages];
        for (int page = pages - 1; page >= 0; page--) {
            free[freeCount++] = page;
        }
    }

    /** How many pages {@code positions} positions take. */
    public static long count(long positions) {
        return Math.addExact(positions, POSITIONS - 1L) / POSITIONS;
    }

    /** Number of pages in the pool. */
    public int count() {
        return free.length;
    }

    /** Pages that no slot holds. */
    public int free() {
        return freeCount;
    }

    /** Positions for which a slot has pages. */
    public long capacity(int slot) {
        return (long) held[slot] * POSITIONS;
    }

    /** The page that holds a position of a slot, which must be below its capacity. */
    public int page(int slot, long position) {
        return tables[slot][(int) (position / POSITIONS)];
    }

    /**
     * Gives every entry of a step the pages for what it absorbs.
     *
     * @throws InvalidRequestException if too few are free; nothing has changed then
     */
    public void admit(Step step) {
        long wanted = 0;
        for (int e = 0; e < step.entries(); e++) {
            wanted += missing(step.slot(e), step.start(e) + step.absorbed(e));
        }
        if (wanted > freeCount) {
            throw exhausted("the step", wanted);
        }
        for (int e = 0; e < step.entries(); e++) {
            take(step.slot(e), step.start(e) + step.absorbed(e));
        }
    }

    /**
     * Gives a slot exactly the pages that {@code positions} positions take, whatever it held.
     *
     * @throws InvalidRequestException if too few are free; nothing has changed then
     */
    public void resize(int slot, long positions) {
        long wanted = missing(slot, positions);
        if (wanted > freeCount) {
            throw exhausted("slot " + slot, wanted);
        }
        take(slot, positions);
        while (held[slot] > count(positions)) {
            free[freeCount++] = tables[slot][--held[slot]];
        }
    }

    private long missing(int slot, long positions) {
        return Math.max(0, count(positions) - held[slot]);
    }

    private void take(int slot, long positions) {
        int wanted = (int) Math.max(held[slot], count(positions));
        if (wanted > tables[slot].length) {
            tables[slot] = Arrays.copyOf(tables[slot], Math.max(wanted, 2 * tables[slot].length));
        }
        while (held[slot] < wanted) {
            tables[slot][held[slot]++] = free[--freeCount];
        }
    }

    private InvalidRequestException exhausted(String who, long wanted) {
        return new InvalidRequestException(
                who
                        + " needs "
                        + wanted
                        + " more pages of "
                        + POSITIONS
                        + " positions, "
                        + freeCount
                        + " of "
                        + free.length
                        + " are free; compile for more positions, or let fewer sessions grow");
    }
}
