package dev.eddy.runtime.engine;

import dev.eddy.kernels.backend.Step;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Some reports of one lease, in order. Polled from the {@link Lease} and given back with {@link
 * Lease#recycle}, so that a warm step allocates nothing.
 */
public final class Reports {
    private Report[] items = new Report[2];
    private int size;
    private final Sampled spare = new Sampled();
    private boolean spareUsed;

    Reports() {}

    /** How many. */
    public int size() {
        return size;
    }

    /** The {@code i}-th. */
    public Report get(int i) {
        return items[i];
    }

    void add(Report report) {
        if (size == items.length) {
            items = Arrays.copyOf(items, size * 2);
        }
        items[size++] = report;
    }

    void addSampled(long turn, long position, Step step, int e) {
        int candidates = step.sampling(e).topLogProbs();
        Sampled run = last();
        if (run == null || !run.continues(turn, position, candidates)) {
            run = spareUsed ? new Sampled() : spare;
            spareUsed = true;
            run.begin(turn, position, candidates);
            add(run);
        }
        run.append(step, e);
    }

    private @Nullable Sampled last() {
        return size > 0 && items[size - 1] instanceof Sampled sampled ? sampled : null;
    }

    void clear() {
        Arrays.fill(items, 0, size, null);
        size = 0;
        spareUsed = false;
    }
}
