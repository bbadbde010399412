package dev.eddy.kernels.program;

import java.util.List;

/**
 * A model's operators in the order in which they were recorded, free of data-dependent control
 * flow. Immutable; made by {@link ProgramBuilder}.
 *
 * @param input what one element is
 * @param ops the operators; each reads only values made before it
 * @param values how many values they make
 * @param weights all weights, by id
 * @param states all states, by id; with the sampler's fields they are a session's whole state
 * @param output what the selected rows yield
 */
public record Program(
        Input input,
        List<Op> ops,
        int values,
        List<Weight> weights,
        List<State> states,
        Output output) {
    public Program {
        ops = List.copyOf(ops);
        weights = List.copyOf(weights);
        states = List.copyOf(states);
    }

    /** What one element is. */
    public sealed interface Input {
        /** Ids below {@code vocabulary}: tokens, bytes, bases. */
        record Ids(int vocabulary) implements Input {}

        /** Frames of {@code width} floats. */
        record Frames(int width) implements Input {}
    }

    /** What the selected rows yield. */
    public sealed interface Output {
        /** Its value, with {@link Rows#SELECTED}. */
        Value value();

        /** Logits [S, V]: sampled from, scored, or returned. */
        record Logits(Value value) implements Output {}

        /** Floats [S, W], returned as they are. */
        record Floats(Value value) implements Output {}
    }
}
