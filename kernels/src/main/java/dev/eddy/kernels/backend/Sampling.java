package dev.eddy.kernels.backend;

import java.util.Arrays;

/**
 * How the next id is drawn from a row of logits. The order is fixed: logit bias; repetition,
 * presence and frequency penalties over the session's last {@code penaltyWindow} ids; temperature;
 * top-k; top-p; min-p; then the largest logit plus Gumbel noise of {@link
 * dev.eddy.kernels.numerics.Philox} (lane = id), ties to the lower id. Temperature 0 is greedy and
 * ignores the filters. Log-probabilities are of the model's own distribution, before all of these.
 *
 * @param temperature 0 (greedy) or positive
 * @param topK ids kept, 0 for all
 * @param topP smallest probability mass kept, 1 for all; the id that crosses it is kept
 * @param minP ids less likely than this times the likeliest are dropped, 0 for none
 * @param repetitionPenalty divides positive and multiplies negative logits of recent ids; 1 for
 *     none
 * @param presencePenalty subtracted once from the logit of every recent id
 * @param frequencyPenalty subtracted from a recent id's logit as often as it occurred
 * @param penaltyWindow how many of the session's last ids count, at most {@value
 *     #MAX_PENALTY_WINDOW}
 * @param topLogProbs how many of the likeliest ids to return with their log-probabilities, at most
 *     {@value #MAX_TOP_LOG_PROBS}
 * @param logitBias ids, ascending, and what is added to their logits
 * @param stopIds ids, ascending, that halt the slot when sampled
 */
public record Sampling(
        float temperature,
        int topK,
        float topP,
        float minP,
        float repetitionPenalty,
        float presencePenalty,
        float frequencyPenalty,
        int penaltyWindow,
        int topLogProbs,
        LogitBias logitBias,
        int[] stopIds) {
    /** Ids that the penalty ring of a slot remembers. */
    public static final int MAX_PENALTY_WINDOW = 256;

    /** Most alternatives returned with one sampled id. */
    public static final int MAX_TOP_LOG_PROBS = 20;

    private static final int[] NONE = {};

    /** Argmax, nothing else. */
    public static final Sampling GREEDY = builder().build();

    public Sampling {
        require(
                temperature >= 0 && temperature < Float.POSITIVE_INFINITY,
                "temperature",
                temperature,
                "0 or more");
        require(topK >= 0, "top_k", topK, "0 (all) or more");
        require(topP > 0 && topP <= 1, "top_p", topP, "above 0 and at most 1");
        require(minP >= 0 && minP <= 1, "min_p", minP, "0 to 1");
        require(
                repetitionPenalty > 0 && repetitionPenalty < Float.POSITIVE_INFINITY,
                "repetition_penalty",
                repetitionPenalty,
                "above 0 (1 is none)");
        require(
                Math.abs(presencePenalty) <= 1000,
                "presence_penalty",
                presencePenalty,
                "-1000 to 1000");
        require(
                Math.abs(frequencyPenalty) <= 1000,
                "frequency_penalty",
                frequencyPenalty,
                "-1000 to 1000");
        require(
                penaltyWindow >= 0 && penaltyWindow <= MAX_PENALTY_WINDOW,
                "penalty_window",
                penaltyWindow,
                "0 to " + MAX_PENALTY_WINDOW);
        require(
                topLogProbs >= 0 && topLogProbs <= MAX_TOP_LOG_PROBS,
                "top_log_probs",
                topLogProbs,
                "0 to " + MAX_TOP_LOG_PROBS);
        stopIds = Arrays.stream(stopIds).sorted().distinct().toArray();
    }

    /** Sparse additions to the logits; ids ascending, each once. */
    public record LogitBias(int[] ids, float[] values) {
        /** No bias. */
        public static final LogitBias NONE = new LogitBias(Sampling.NONE, new float[0]);

        public LogitBias {
            require(ids.length == values.length, "logit_bias", values.length, "one value an id");
            for (int i = 0; i < ids.length; i++) {
                require(
                        i == 0 || ids[i - 1] < ids[i],
                        "logit_bias ids",
                        ids[i],
                        "ascending, each once");
                require(
                        Math.abs(values[i]) <= 1000,
                        "logit_bias of id " + ids[i],
                        values[i],
                        "-1000 to 1000");
            }
        }
    }

    /** True if {@code id} halts the slot. */
    public boolean stops(int id) {
        return Arrays.binarySearch(stopIds, id) >= 0;
    }

    /** True if recent ids change the logits. */
    public boolean penalises() {
        return penaltyWindow > 0
                && (repetitionPenalty != 1 || presencePenalty != 0 || frequencyPenalty != 0);
    }

    /** Starts from greedy without penalties. */
    public static Builder builder() {
        return new Builder();
    }

    private static void require(boolean ok, String name, Number value, String allowed) {
        if (!ok) {
            throw new InvalidRequestException(name + " is " + value + "; allowed is " + allowed);
        }
    }

    /** Builds a {@link Sampling}; every setting starts at the value that changes nothing. */
    public static final class Builder {
        private float temperature;
        private int topK;
        private float topP = 1;
        private float minP;
        private float repetitionPenalty = 1;
        private float presencePenalty;
        private float frequencyPenalty;
        private int penaltyWindow = MAX_PENALTY_WINDOW;
        private int topLogProbs;
        private LogitBias logitBias = LogitBias.NONE;
        private int[] stopIds = NONE;

        private Builder() {}

        public Builder temperature(float value) {
            temperature = value;
            return this;
        }

        public Builder topK(int value) {
            topK = value;
            return this;
        }

        public Builder topP(float value) {
            topP = value;
            return this;
        }

        public Builder minP(float value) {
            minP = value;
            return this;
        }

        public Builder repetitionPenalty(float value) {
            repetitionPenalty = value;
            return this;
        }

        public Builder presencePenalty(float value) {
            presencePenalty = value;
            return this;
        }

        public Builder frequencyPenalty(float value) {
            frequencyPenalty = value;
            return this;
        }

        public Builder penaltyWindow(int value) {
            penaltyWindow = value;
            return this;
        }

        public Builder topLogProbs(int value) {
            topLogProbs = value;
            return this;
        }

        public Builder logitBias(LogitBias value) {
            logitBias = value;
            return this;
        }

        public Builder stopIds(int... value) {
            stopIds = value;
            return this;
        }

        /**
         * The sampling.
         *
         * @throws InvalidRequestException naming the setting, its value and what is allowed
         */
        public Sampling build() {
            return new Sampling(
                    temperature,
                    topK,
                    topP,
                    minP,
                    repetitionPenalty,
                    presencePenalty,
                    frequencyPenalty,
                    penaltyWindow,
                    topLogProbs,
                    logitBias,
                    stopIds);
        }
    }
}
