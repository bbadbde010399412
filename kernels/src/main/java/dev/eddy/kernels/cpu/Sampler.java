package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Lanes;
import dev.eddy.kernels.numerics.Philox;
import java.util.Arrays;

/**
 * Draws ids from rows of logits in {@link Sampling}'s order with the reference's bits, sorting no
 * more of a row than the filters ask for.
 */
final class Sampler {
    /** Above any Gumbel draw. */
    private static final float GUMBEL_MAX = 16.7f;

    /** Up to this many ids a heap finds the first; beyond, bands are sorted. */
    private static final int HEAP = 1024;

    private final SamplerSlots slots;
    private final int vocabulary;

    Sampler(SamplerSlots slots, int vocabulary) {
        this.slots = slots;
        this.vocabulary = vocabulary;
    }

    /**
     * Samples for entry {@code e} and makes the id pending.
     *
     * @param raw address of its row of logits
     * @param total their log-sum-exp
     */
    void sample(Step step, int e, long raw, float total, Worker worker) {
        Sampling sampling = step.sampling(e);
        int id;
        if (sampling.temperature() == 0 && !adjusts(sampling)) {
            id = argmax(raw, worker);
        } else {
            adjust(raw, sampling, step, e, worker);
            id = draw(sampling, step, e, worker);
        }
        step.sampled(e, id, OffHeap.get(raw + 4L * id) - total);
        int top = Math.min(sampling.topLogProbs(), vocabulary);
        if (top > 0) {
            Ranking ranking = worker.sampler.ranking;
            ranking.top(raw, top);
            for (int i = 0; i < top; i++) {
                int ranked = ranking.id(i);
                step.top(e, i, ranked, OffHeap.get(raw + 4L * ranked) - total);
            }
        }
        slots.sampled(step, e, id);
    }

    private static boolean adjusts(Sampling sampling) {
        return sampling.logitBias().ids().length > 0 || sampling.penalises();
    }

    private static long position(Step step, int e) {
        return step.start(e) + step.length(e);
    }

    /** The first of the largest logits; NaNs count as minus infinity. */
    private int argmax(long row, Worker worker) {
        float largest = Reductions.max(row, vocabulary, worker.lanes);
        if (largest == Float.NEGATIVE_INFINITY) {
            return 0;
        }
        return Reductions.indexOf(row, vocabulary, largest);
    }

    /** Writes the logits after bias, penalties and temperature into the worker's row. */
    private void adjust(long raw, Sampling sampling, Step step, int e, Worker worker) {
        long row = worker.sampler.row;
        Elements.copyNumbers(raw, row, vocabulary);
        int[] biased = sampling.logitBias().ids();
        for (int i = 0; i < biased.length && biased[i] < vocabulary; i++) {
            long at = row + 4L * biased[i];
            OffHeap.set(at, OffHeap.get(at) + sampling.logitBias().values()[i]);
        }
        if (sampling.penalises()) {
            penalise(row, sampling, step, e, worker.sampler.recent);
        }
        float temperature = sampling.temperature();
        if (temperature != 0 && temperature != 1) {
            Elements.divide(row, temperature, row, vocabulary);
        }
    }

    private void penalise(long row, Sampling sampling, Step step, int e, RecentCounts recent) {
        long position = position(step, e);
        recent.count(slots, step.slot(e), position, SamplerSlots.window(sampling, position));
        for (int i = 0; i < recent.size(); i++) {
            int id = recent.id(i);
            if (id >= 0 && id < vocabulary) {
                long at = row + 4L * id;
                float x = OffHeap.get(at);
                float y =
                        x > 0 ? x / sampling.repetitionPenalty() : x * sampling.repetitionPenalty();
                y = y - sampling.presencePenalty() - sampling.frequencyPenalty() * recent.count(i);
                OffHeap.set(at, y);
            }
        }
    }

    private int draw(Sampling sampling, Step step, int e, Worker worker) {
        long row = worker.sampler.row;
        if (sampling.temperature() == 0) {
            return argmax(row, worker);
        }
        float largest = Reductions.max(row, vocabulary, worker.lanes);
        if (sampling.topP() < 1 || sampling.topK() > 0 && sampling.topK() < vocabulary) {
            return drawRanked(sampling, largest, step, e, worker);
        }
        float least =
                sampling.minP() > 0
                        ? largest + Functions.log(sampling.minP())
                        : Float.NEGATIVE_INFINITY;
        return drawAtLeast(row, least, step, e);
    }

    /** The largest sum of logit and noise of all logits at least {@code least}. */
    private int drawAtLeast(long row, float least, Step step, int e) {
        long position = position(step, e);
        int best = 0;
        float bestValue = Float.NEGATIVE_INFINITY;
        for (int id = 0; id < vocabulary; id++) {
            float x = OffHeap.get(row + 4L * id);
            if (x >= least && x + GUMBEL_MAX >= bestValue) {
                float value = x + Philox.gumbel(step.seed(e), position, step.branch(e), id);
                if (value > bestValue) {
                    best = id;
                    bestValue = value;
                }
            }
        }
        return best;
    }

    /** The largest sum of logit and noise of those that top-k, top-p and min-p keep. */
    private int drawRanked(Sampling sampling, float largest, Step step, int e, Worker worker) {
        Ranking ranking = worker.sampler.ranking;
        long row = worker.sampler.row;
        int limit = sampling.topK() == 0 ? vocabulary : Math.min(sampling.topK(), vocabulary);
        if (limit <= HEAP) {
            ranking.top(row, limit);
        } else {
            ranking.begin(row, largest);
            ranking.reach(0);
        }
        int kept = limit;
        if (sampling.topP() < 1) {
            kept = nucleus(sampling.topP(), limit, largest, worker);
        }
        if (sampling.minP() > 0) {
            kept = likely(sampling.minP(), kept, largest, worker);
        }
        long position = position(step, e);
        int best = ranking.id(0);
        float bestValue = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < kept; i++) {
            ranking.reach(i);
            int id = ranking.id(i);
            float x = OffHeap.get(row + 4L * id);
            float value = x + Philox.gumbel(step.seed(e), position, step.branch(e), id);
            if (value > bestValue || value == bestValue && id < best) {
                best = id;
                bestValue = value;
            }
        }
        return best;
    }

    /** How many of the first {@code limit} ids it takes to reach their mass times {@code topP}. */
    private static int nucleus(float topP, int limit, float largest, Worker worker) {
        Ranking ranking = worker.sampler.ranking;
        long row = worker.sampler.row;
        float wanted = topP * mass(limit, largest, worker);
        float sum = 0;
        int i = 0;
        while (i < limit && sum < wanted) {
            ranking.reach(i);
            sum += Functions.exp(OffHeap.get(row + 4L * ranking.id(i)) - largest);
            i++;
        }
        return Math.max(i, 1);
    }

    /** The mass of the first {@code limit} ids, in lanes by id. */
    private static float mass(int limit, float largest, Worker worker) {
        Ranking ranking = worker.sampler.ranking;
        long row = worker.sampler.row;
        int width = ranking.width();
        if (limit >= width) {
            return Reductions.exponentials(row, width, largest, worker);
        }
        ranking.reach(limit - 1);
        int lastId = ranking.id(limit - 1);
        float last = OffHeap.get(row + 4L * lastId);
        float[] lanes = worker.lanes;
        Arrays.fill(lanes, 0f);
        for (int id = 0; id < width; id++) {
            float x = OffHeap.get(row + 4L * id);
            if (x > last || x == last && id <= lastId) {
                lanes[id % Lanes.COUNT] += Functions.exp(x - largest);
            }
        }
        return Lanes.tree(lanes);
    }

    /**
     * How many of the first {@code kept} ids are at least {@code minP} times as likely as the
     * first.
     */
    private static int likely(float minP, int kept, float largest, Worker worker) {
        Ranking ranking = worker.sampler.ranking;
        float least = largest + Functions.log(minP);
        int i = 1;
        while (i < kept) {
            ranking.reach(i);
            if (!(OffHeap.get(worker.sampler.row + 4L * ranking.id(i)) >= least)) {
                break;
            }
            i++;
        }
        return i;
    }
}
