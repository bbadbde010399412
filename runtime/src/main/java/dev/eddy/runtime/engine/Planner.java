package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.CompileOptions;

/**
 * Chooses a step's entries: by deadline, earliest first, as many as fit the predicted time and the
 * step's capacity. What time is left then goes to inputs that could take more of it.
 */
final class Planner {
    /**
     * As many times its time a step may take for sessions' next elements: fewer in it would need a
     * second step, whose fixed time nobody has anything of.
     */
    private static final double OVERRUN = 2;

    private final CompileOptions options;
    private final CostModel costs;
    private final int minChunk;
    private final double maxStepNanos;

    private final Candidates candidates;

    /** Which candidates are chosen, and rows of each. */
    private final int[] entries;

    private final int[] rows;
    private int chosen;

    // What the chosen entries take so far.
    private int totalRows;
    private int totalSelected;
    private double cost;

    Planner(CompileOptions options, CostModel costs, EngineSettings settings) {
        this.options = options;
        this.costs = costs;
        minChunk = settings.minChunk();
        maxStepNanos = settings.maxStep().toNanos();
        candidates = new Candidates(options.slots());
        entries = new int[options.maxEntries()];
        rows = new int[options.maxEntries()];
    }

    void clear() {
        candidates.clear();
        chosen = 0;
    }

    /** Adds a candidate. */
    void add(Tenant tenant, Due due, long deadline) {
        candidates.add(tenant, due, deadline);
    }

    boolean isEmpty() {
        return candidates.isEmpty();
    }

    /** The earliest deadline of all candidates. */
    long earliest() {
        return candidates.earliest();
    }

    /** Chooses {@link #chosen} of the candidates. */
    void choose() {
        totalRows = 0;
        totalSelected = 0;
        cost = costs.fixed();
        candidates.sort();
        for (int i = 0; i < candidates.count() && chosen < options.maxEntries(); i++) {
            int candidate = candidates.inOrder(i);
            Tenant tenant = candidates.tenant(candidate);
            Due due = candidates.due(candidate);
            int least = due == Due.GIVEN ? Math.min(minChunk, most(tenant)) : due.rows;
            int selected = selected(tenant, due, least);
            if (!fits(least, selected)) {
                least = Math.min(least, 1);
                selected = selected(tenant, due, least);
                if (!fits(least, selected)) {
                    continue;
                }
            }
            double more = least * costs.perRow() + selected * costs.perSelected();
            double limit = due == Due.GIVEN ? maxStepNanos : OVERRUN * maxStepNanos;
            if (chosen > 0 && cost + more > limit) {
                break;
            }
            cost += more;
            totalRows += least;
            totalSelected += selected;
            entries[chosen] = candidate;
            rows[chosen++] = least;
        }
        for (int i = 0; i < chosen; i++) {
            if (due(i) == Due.GIVEN) {
                extend(i);
            }
        }
    }

    private boolean fits(int moreRows, int moreSelected) {
        return totalRows + moreRows <= options.maxRows()
                && totalSelected + moreSelected <= options.maxSelected();
    }

    /** Gives entry {@code i} as many more rows as there is room and time for. */
    private void extend(int i) {
        Tenant tenant = tenant(i);
        boolean everyRow = selectsEveryRow(tenant);
        double perRow = costs.perRow() + (everyRow ? costs.perSelected() : 0);
        int more =
                (int)
                        Math.min(
                                Math.min(most(tenant) - rows[i], options.maxRows() - totalRows),
                                Math.max(0, (maxStepNanos - cost) / perRow));
        if (everyRow) {
            more = Math.min(more, options.maxSelected() - totalSelected);
            totalSelected += Math.max(0, more);
        }
        if (more > 0) {
            rows[i] += more;
            totalRows += more;
            cost += more * perRow;
        }
    }

    private static boolean selectsEveryRow(Tenant tenant) {
        Work.Absorbing work = tenant.absorbing();
        return tenant.host.hasRows() || work != null && work.given.scored();
    }

    /** Most rows that a GIVEN entry could take. */
    private static int most(Tenant tenant) {
        Work.Absorbing work = tenant.absorbing();
        int remaining = work == null ? 0 : work.remaining();
        return tenant.host.hasRows()
                ? (int) Math.min(remaining, tenant.credit - tenant.outputs)
                : remaining;
    }

    /** Output rows that an entry selects at most. */
    private static int selected(Tenant tenant, Due due, int rows) {
        return switch (due) {
            case GIVEN -> 1 + (selectsEveryRow(tenant) ? rows : 0);
            case DECODE, FIRST -> 1;
            case PENDING, STOP, NOTHING -> 0;
        };
    }

    int chosen() {
        return chosen;
    }

    /** The session of the {@code i}-th chosen entry. */
    Tenant tenant(int i) {
        return candidates.tenant(entries[i]);
    }

    Due due(int i) {
        return candidates.due(entries[i]);
    }

    /** Rows of the {@code i}-th chosen entry. */
    int rows(int i) {
        return rows[i];
    }
}
