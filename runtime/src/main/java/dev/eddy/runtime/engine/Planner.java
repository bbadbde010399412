package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.CompileOptions;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a step's entries: by deadline, earliest first, as many as fit the predicted time and the
 * step's capacity. What time is left then goes to inputs that could take more of it.
 */
final class Planner {
    private final CompileOptions options;
    private final CostModel costs;
    private final int minChunk;
    private final double maxStepNanos;

    private final @Nullable Tenant[] tenants;
    private final Due[] dues;
    private final long[] deadlines;
    private final int[] rows;
    private int candidates;
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
        tenants = new Tenant[options.slots()];
        dues = new Due[options.slots()];
        deadlines = new long[options.slots()];
        rows = new int[options.slots()];
    }

    void clear() {
        Arrays.fill(tenants, 0, candidates, null);
        candidates = 0;
        chosen = 0;
    }

    /** Adds a candidate; nearly sorted input costs little. */
    void add(Tenant tenant, Due due, long deadline) {
        int i = candidates++;
        while (i > 0 && deadlines[i - 1] > deadline) {
            tenants[i] = tenants[i - 1];
            dues[i] = dues[i - 1];
            deadlines[i] = deadlines[i - 1];
            i--;
        }
        tenants[i] = tenant;
        dues[i] = due;
        deadlines[i] = deadline;
    }

    boolean isEmpty() {
        return candidates == 0;
    }

    /** The earliest deadline of all candidates. */
    long earliest() {
        return deadlines[0];
    }

    /** Chooses among the candidates; the chosen ones are the first {@link #chosen}. */
    void choose() {
        totalRows = 0;
        totalSelected = 0;
        cost = costs.fixed();
        for (int i = 0; i < candidates && chosen < options.maxEntries(); i++) {
            Tenant tenant = tenant(i);
            int least = dues[i] == Due.GIVEN ? Math.min(minChunk, most(tenant)) : dues[i].rows;
            int selected = selected(tenant, dues[i], least);
            if (!fits(least, selected)) {
                least = Math.min(least, 1);
                selected = selected(tenant, dues[i], least);
                if (!fits(least, selected)) {
                    continue;
                }
            }
            double more = least * costs.perRow() + selected * costs.perSelected();
            if (chosen > 0 && cost + more > maxStepNanos) {
                break;
            }
            cost += more;
            totalRows += least;
            totalSelected += selected;
            move(i, chosen);
            rows[chosen++] = least;
        }
        for (int i = 0; i < chosen; i++) {
            if (dues[i] == Due.GIVEN) {
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

    private void move(int from, int to) {
        if (from != to) {
            tenants[to] = tenants[from];
            dues[to] = dues[from];
        }
    }

    int chosen() {
        return chosen;
    }

    Tenant tenant(int i) {
        Tenant tenant = tenants[i];
        if (tenant == null) {
            throw new IllegalStateException("no candidate " + i);
        }
        return tenant;
    }

    Due due(int i) {
        return dues[i];
    }

    /** Rows of the {@code i}-th chosen entry. */
    int rows(int i) {
        return rows[i];
    }
}
