package dev.eddy.kernels.cpu;

import java.util.List;

/** Regions that run in order: once a step, or once for each element of the entries in turn. */
final class Passage {
    /** What it is made of. */
    record Plan(List<Stage[]> regions, boolean perElement) {
        Plan {
            regions = List.copyOf(regions);
        }
    }

    private final Region[] regions;
    private final boolean perElement;
    private final Batch batch;

    Passage(Plan plan, Batch batch, Team team, int threads) {
        this.batch = batch;
        perElement = plan.perElement();
        regions =
                plan.regions().stream()
                        .map(stages -> new Region(stages, batch, team, threads))
                        .toArray(Region[]::new);
    }

    /** Runs over the batch. */
    void run() {
        if (!perElement) {
            pass();
            return;
        }
        for (int t = 0; batch.turnTo(t); t++) {
            pass();
        }
    }

    private void pass() {
        for (Region region : regions) {
            region.run();
        }
    }
}
