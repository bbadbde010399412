package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.SamplerSlots;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.numerics.Functions;
import dev.eddy.kernels.numerics.Lanes;
import dev.eddy.kernels.numerics.Philox;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

/**
 * Draws ids from rows of logits by sorting them: the readable definition of {@link Sampling}'s
 * order. A NaN logit counts as minus infinity.
 */
final class ReferenceSampler {
    private final SamplerSlots slots;

    ReferenceSampler(SamplerSlots slots) {
        this.slots = slots;
    }

    /**
     * Samples for entry {@code e} from its row of {@code output} [selected, vocabulary] and makes
     * the id pending.
     */
    void sample(Step step, int e, float[] output, int vocabulary) {
        Sampling sampling = step.sampling(e);
        int from = step.samplingRow(e) * vocabulary;
        float[] raw = Arrays.copyOfRange(output, from, from + vocabulary);
        float total = Lanes.logSumExp(raw, 0, vocabulary);
        long position = step.start(e) + step.length(e);
        float[] adjusted = adjust(raw, sampling, step.slot(e), position);
        int id = draw(adjusted, sampling, step.seed(e), position, step.branch(e));
        step.sampled(e, id, raw[id] - total);
        if (sampling.topLogProbs() > 0) {
            Integer[] order = descending(raw);
            for (int i = 0; i < Math.min(sampling.topLogProbs(), vocabulary); i++) {
                step.top(e, i, order[i], raw[order[i]] - total);
            }
        }
        slots.sampled(step, e, id);
    }

    /** Logits after bias and penalties. */
    private float[] adjust(float[] raw, Sampling sampling, int slot, long position) {
        float[] x = raw.clone();
        for (int i = 0; i < x.length; i++) {
            x[i] = Float.isNaN(x[i]) ? Float.NEGATIVE_INFINITY : x[i];
        }
        int[] biased = sampling.logitBias().ids();
        for (int i = 0; i < biased.length; i++) {
            if (biased[i] < x.length) {
                x[biased[i]] += sampling.logitBias().values()[i];
            }
        }
        if (sampling.penalises()) {
            Map<Integer, Integer> counts = new HashMap<>();
            for (int back = 1; back <= SamplerSlots.window(sampling, position); back++) {
                counts.merge(slots.recent(slot, position, back), 1, Integer::sum);
            }
            counts.forEach((id, count) -> {
                if (id < x.length) {
                    x[id] = penalise(x[id], count, sampling);
                }
            });
        }
        return x;
    }

    private static float penalise(float x, int count, Sampling sampling) {
        float y = x > 0 ? x / sampling.repetitionPenalty() : x * sampling.repetitionPenalty();
        return y - sampling.presencePenalty() - sampling.frequencyPenalty() * count;
    }

    private static int draw(float[] x, Sampling sampling, long seed, long position, int branch) {
        if (sampling.temperature() == 0) {
            return descending(x)[0];
        }
        for (int i = 0; i < x.length; i++) {
            x[i] /= sampling.temperature();
        }
        Integer[] order = descending(x);
        int kept = keep(x, order, sampling);
        int best = order[0];
        float bestValue = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < kept; i++) {
            int id = order[i];
            float value = x[id] + Philox.gumbel(seed, position, branch, id);
            if (value > bestValue || value == bestValue && id < best) {
                best = id;
                bestValue = value;
            }
        }
        return best;
    }

    /** How many of the ids in order top-k, top-p and min-p keep; at least one. */
    private static int keep(float[] x, Integer[] order, Sampling sampling) {
        float largest = x[order[0]];
        int kept = sampling.topK() == 0 ? order.length : Math.min(sampling.topK(), order.length);
        if (sampling.topP() < 1) {
            float[] mass = new float[x.length];
            for (int i = 0; i < kept; i++) {
                mass[order[i]] = Functions.exp(x[order[i]] - largest);
            }
            float wanted = sampling.topP() * Lanes.sum(mass, 0, mass.length);
            float sum = 0;
            int i = 0;
            while (i < kept && sum < wanted) {
                sum += mass[order[i++]];
            }
            kept = Math.max(i, 1);
        }
        if (sampling.minP() > 0) {
            float least = largest + Functions.log(sampling.minP());
            int i = 1;
            while (i < kept && x[order[i]] >= least) {
                i++;
            }
            kept = i;
        }
        return kept;
    }

    /** Ids by falling logit, equal ones by rising id. */
    private static Integer[] descending(float[] x) {
        Integer[] order = new Integer[x.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparing((Integer i) -> -x[i] + 0f).thenComparing(i -> i));
        return order;
    }
}
