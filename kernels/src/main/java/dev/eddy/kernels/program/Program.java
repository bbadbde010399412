package dev.eddy.kernels.program;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
 * @param limit the position that no session may pass, {@link #ENDLESS} where there is none
 */
public record Program(
        Input input,
        List<Op> ops,
        int values,
        List<Weight> weights,
        List<State> states,
        Output output,
        long limit) {
    /** The {@code limit} of a program whose sessions may go on for ever. */
    public static final long ENDLESS = Long.MAX_VALUE;

    public Program {
        ops = List.copyOf(ops);
        weights = List.copyOf(weights);
        states = List.copyOf(states);
    }

    /** True if a session's state grows with its position. */
    public boolean grows() {
        return states.stream().anyMatch(state -> state.role() == State.Role.HISTORY);
    }

    /**
     * The weights of matrix products, which a backend keeps in its chosen type: [out, in], or
     * [count, out, in] for experts. Each once, by id.
     */
    public List<Weight> matrices() {
        return ops.stream()
                .flatMap(op ->
                        switch (op) {
                            case Op.MatMul matmul -> Stream.of(matmul.weight());
                            case Op.CellScan cell -> Stream.of(cell.recurrent());
                            case Op.Experts experts -> Stream.of(experts.up(), experts.down());
                            default -> Stream.<Weight>empty();
                        })
                .distinct()
                .sorted(Comparator.comparingInt(Weight::id))
                .toList();
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
