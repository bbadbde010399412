package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import java.time.Duration;

/**
 * Steps of made-up elements that a fresh executable runs, so that what compiles or captures its
 * kernels as they are used has done so before the first session comes. Slots are left as they were:
 * at position 0. Nothing that is computed later depends on it.
 */
public final class WarmUp {
    /** Entries of the larger steps: as many rows as the kernels for many rows take. */
    private static final int MANY = 64;

    /** Entries of the smaller ones, below that. */
    private static final int FEW = 4;

    /** Elements of a slot until it begins anew. */
    private static final int POSITIONS = 1024;

    private static final Sampling[] SAMPLING = {
        Sampling.GREEDY,
        Sampling.builder().temperature(1).build(),
        Sampling.builder().temperature(0.8f).topK(40).topP(0.9f).minP(0.01f).build(),
        Sampling.builder().temperature(0.8f).repetitionPenalty(1.1f).topLogProbs(4).build()
    };

    private final Executable executable;
    private final Program program;
    private final CompileOptions options;
    private final Step step;
    private final float[] frames;
    private final boolean samples;

    /** Slots that are used: no more than there are pages, where states grow. */
    private final int slots;

    private final int[] positions;

    private WarmUp(Executable executable, Program program, CompileOptions options) {
        this.executable = executable;
        this.program = program;
        this.options = options;
        step = executable.newStep();
        samples =
                program.output() instanceof Program.Output.Logits
                        && program.input() instanceof Program.Input.Ids;
        long pages = program.grows() ? Pages.count(options.positions()) : Long.MAX_VALUE;
        slots = (int) Math.min(options.slots(), pages);
        positions = new int[slots];
        frames =
                program.input() instanceof Program.Input.Frames f
                        ? new float[options.maxRows() * f.width()]
                        : new float[0];
    }

    /**
     * Runs steps of one, of few and of many sessions that decode, and of one that absorbs many
     * elements, in turns, until {@code most} is over; a step that has begun is finished.
     *
     * @param executable one that has run nothing yet
     * @return how many steps were run
     */
    public static int run(
            Executable executable, Program program, CompileOptions options, Duration most) {
        WarmUp warmUp = new WarmUp(executable, program, options);
        long begin = System.nanoTime();
        int steps = 0;
        while (System.nanoTime() - begin < most.toNanos()) {
            switch (steps % 4) {
                case 0 -> warmUp.step(1, 1, steps);
                case 1 -> warmUp.step(FEW, 1, steps);
                case 2 -> warmUp.step(MANY, 1, steps);
                default -> warmUp.step(1, MANY, steps);
            }
            steps++;
        }
        for (int slot = 0; slot < warmUp.slots; slot++) {
            executable.arena().clear(slot);
        }
        return steps;
    }

    private void step(int sessions, int length, int number) {
        long limit = limit();
        int rows = (int) Math.min(Math.min(length, options.maxRows()), limit);
        rows = outputs(rows) > options.maxSelected() ? 1 : rows;
        int entries = Math.min(sessions, Math.min(slots, options.maxEntries()));
        entries = Math.min(entries, options.maxRows() / rows);
        entries = Math.min(entries, options.maxSelected() / outputs(rows));
        step.reset();
        for (int slot = 0; slot < entries; slot++) {
            if (positions[slot] + rows > limit) {
                executable.arena().clear(slot);
                positions[slot] = 0;
            }
            step.entry(slot, positions[slot]);
            fill(rows);
            want(slot, number);
            positions[slot] += rows;
        }
        step.seal();
        executable.submit(step);
        step.await();
    }

    /** Where a session must end, so that all of them have room. */
    private long limit() {
        if (!program.grows()) {
            return POSITIONS;
        }
        long room = Pages.count(options.positions()) / slots * Pages.POSITIONS;
        return Math.min(POSITIONS, Math.min(room, program.limit()));
    }

    /** Output rows of an entry. */
    private int outputs(int rows) {
        return samples ? 1 : rows;
    }

    private void fill(int rows) {
        switch (program.input()) {
            case Program.Input.Frames _ -> step.frames(frames, 0, rows);
            case Program.Input.Ids(int vocabulary) -> {
                for (int i = 0; i < rows; i++) {
                    step.element((positions[0] + 31 * i) % vocabulary);
                }
            }
        }
    }

    private void want(int slot, int number) {
        if (samples) {
            step.sample(SAMPLING[(slot + number / 4) % SAMPLING.length], slot, 0);
        } else {
            step.output();
        }
    }
}
