package dev.eddy.runtime.session;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Sampling;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Sampling settings of which some may be left to a default (null, or no bias): a turn's over its
 * session's over the server's.
 */
public record SamplingOptions(
        @Nullable Float temperature,
        @Nullable Integer topK,
        @Nullable Float topP,
        @Nullable Float minP,
        @Nullable Float repetitionPenalty,
        @Nullable Float presencePenalty,
        @Nullable Float frequencyPenalty,
        @Nullable Integer penaltyWindow,
        Map<Integer, Float> logitBias) {
    /** Everything left open. */
    public static final SamplingOptions UNSET =
            new SamplingOptions(null, null, null, null, null, null, null, null, Map.of());

    public SamplingOptions {
        logitBias = Map.copyOf(logitBias);
    }

    /** These settings, and where they are open those of {@code defaults}. */
    public SamplingOptions over(SamplingOptions defaults) {
        return new SamplingOptions(
                first(temperature, defaults.temperature),
                first(topK, defaults.topK),
                first(topP, defaults.topP),
                first(minP, defaults.minP),
                first(repetitionPenalty, defaults.repetitionPenalty),
                first(presencePenalty, defaults.presencePenalty),
                first(frequencyPenalty, defaults.frequencyPenalty),
                first(penaltyWindow, defaults.penaltyWindow),
                logitBias.isEmpty() ? defaults.logitBias : logitBias);
    }

    /**
     * The sampling; what is still open changes nothing, and the temperature is 1.
     *
     * @param stopIds ids that end the turn
     * @param topLogProbs how many of the likeliest ids to return
     * @throws InvalidRequestException naming the setting, its value and what is allowed
     */
    public Sampling toSampling(int[] stopIds, int topLogProbs) {
        TreeMap<Integer, Float> bias = new TreeMap<>(logitBias);
        int[] biasIds = bias.keySet().stream().mapToInt(Integer::intValue).toArray();
        float[] biasValues = new float[biasIds.length];
        for (int i = 0; i < biasIds.length; i++) {
            biasValues[i] = bias.getOrDefault(biasIds[i], 0f);
        }
        return Sampling.builder()
                .temperature(or(temperature, 1f))
                .topK(or(topK, 0))
                .topP(or(topP, 1f))
                .minP(or(minP, 0f))
                .repetitionPenalty(or(repetitionPenalty, 1f))
                .presencePenalty(or(presencePenalty, 0f))
                .frequencyPenalty(or(frequencyPenalty, 0f))
                .penaltyWindow(or(penaltyWindow, Sampling.MAX_PENALTY_WINDOW))
                .logitBias(new Sampling.LogitBias(biasIds, biasValues))
                .stopIds(stopIds)
                .topLogProbs(topLogProbs)
                .build();
    }

    private static <T> @Nullable T first(@Nullable T value, @Nullable T otherwise) {
        return value != null ? value : otherwise;
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value != null ? value : otherwise;
    }
}
