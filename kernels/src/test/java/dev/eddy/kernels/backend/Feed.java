package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import java.util.Random;

/**
 * What sessions are fed: for each the ids, or the frames, of all its positions, made from a seed.
 */
final class Feed {
    private final int frameWidth;
    private final int[][] ids;
    private final float[][] frames;

    Feed(Program program, int sessions, int positions, long seed) {
        Random random = new Random(seed);
        frameWidth = program.input() instanceof Program.Input.Frames f ? f.width() : 0;
        ids = new int[sessions][positions];
        frames = new float[sessions][positions * frameWidth];
        for (int s = 0; s < sessions; s++) {
            for (int i = 0; i < positions; i++) {
                ids[s][i] =
                        program.input() instanceof Program.Input.Ids(int vocabulary)
                                ? random.nextInt(vocabulary)
                                : 0;
            }
            for (int i = 0; i < frames[s].length; i++) {
                frames[s][i] = number(random);
            }
        }
    }

    /** Mostly ordinary, sometimes zero, large or tiny. */
    static float number(Random random) {
        float x = (float) random.nextGaussian();
        return switch (random.nextInt(64)) {
            case 0 -> 0f;
            case 1 -> -0f;
            case 2 -> x * 30f;
            case 3 -> x * 1e-20f;
            default -> x;
        };
    }

    int positions() {
        return ids[0].length;
    }

    /** Appends elements of a session to a step's current entry. */
    void append(Step step, int session, int from, int count) {
        if (frameWidth > 0) {
            step.frames(frames[session], from * frameWidth, count);
        } else {
            step.elements(ids[session], from, count);
        }
    }
}
