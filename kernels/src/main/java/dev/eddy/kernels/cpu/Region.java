package dev.eddy.kernels.cpu;

/** Stages that do not need each other, run as one job: all threads meet at its end. */
final class Region implements Team.Job {
    private final Stage[] stages;
    private final Batch batch;
    private final Team team;
    private final int threads;

    /** First chunk of each stage in the running job, then their number. */
    private final int[] first;

    Region(Stage[] stages, Batch batch, Team team, int threads) {
        this.stages = stages;
        this.batch = batch;
        this.team = team;
        this.threads = threads;
        first = new int[stages.length + 1];
    }

    /** Runs the stages over the batch. */
    void run() {
        for (int i = 0; i < stages.length; i++) {
            first[i + 1] = first[i] + stages[i].chunks(batch, threads);
        }
        team.run(this, first[stages.length]);
    }

    @Override
    public void run(int chunk, Worker worker) {
        int i = 0;
        while (chunk >= first[i + 1]) {
            i++;
        }
        Stage stage = stages[i];
        long units = stage.units(batch);
        int chunks = first[i + 1] - first[i];
        int share = chunk - first[i];
        int from = (int) (units * share / chunks);
        int to = (int) (units * (share + 1) / chunks);
        stage.run(batch, worker, from, to);
    }
}
