package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.model.ModelBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mixture of experts (arXiv:1701.06538) without capacity: each row sums what its best experts
 * make of it, whoever else is in the batch.
 *
 * @param count X experts
 * @param chosen how many a row takes
 * @param groups equal groups that the experts form; 1 for none
 * @param chosenGroups in how many of them a row's experts may lie
 * @param scores how router logits become scores
 * @param normalise whether a row's weights are divided by their sum
 * @param scale what they are multiplied by then
 * @param activation the experts' function
 * @param gated whether experts are gated layers, whose first projection holds gate and up
 */
public record Experts(
        int count,
        int chosen,
        int groups,
        int chosenGroups,
        Scores scores,
        boolean normalise,
        float scale,
        UnaryFunction activation,
        boolean gated) {

    /** How router logits become scores. */
    public enum Scores {
        SOFTMAX,
        SIGMOID
    }

    /** Gated experts in one group, weighted by a softmax over all of them. */
    public Experts(int count, int chosen, boolean normalise, UnaryFunction activation) {
        this(count, chosen, 1, 1, Scores.SOFTMAX, normalise, 1, activation, true);
    }

    /**
     * The experts of each row of x [R, D].
     *
     * @param router [X, D]
     * @param bias [X] added to scores for the choice alone; null for none
     * @return what {@link #mix} takes, [R, 2 chosen]
     */
    public Value route(ModelBuilder m, Value x, Weight router, @Nullable Weight bias) {
        Value logits = m.ops().matmul(x, router); // [R, X]
        Value scored =
                switch (scores) {
                    case SOFTMAX -> m.ops().softmax(logits, 1);
                    case SIGMOID -> m.ops().unary(UnaryFunction.SIGMOID, logits);
                };
        return m.ops().route(scored, bias, chosen, groups, chosenGroups, normalise, scale);
    }

    /** The weighted sum of the experts' outputs for x [R, K]: up [X, U, K], down [X, D, I]. */
    public Value mix(ModelBuilder m, Value x, Value routes, Weight up, Weight down) {
        return m.ops().experts(x, routes, up, down, activation, gated);
    }

    /** What an expert's matrices are called: gate and up [I, D], down [D, I]. */
    public record Names(String gate, String up, String down) {
        /** As in Llama's feed-forward layer. */
        public static final Names LLAMA = new Names("gate_proj", "up_proj", "down_proj");

        /** As in Mixtral. */
        public static final Names MIXTRAL = new Names("w1", "w3", "w2");
    }

    /**
     * Routes x [R, D] and sums gated experts that are stored one by one as {@code experts.i.NAME};
     * out [R, D].
     *
     * @param inner their width I
     * @param router [X, D]
     * @param bias [X] added to scores for the choice alone; null for none
     */
    public Value apply(
            ModelBuilder m, Value x, int inner, Names names, Weight router, @Nullable Weight bias) {
        Weight up = stacked(m, "experts", inner, x.width(), names.gate(), names.up());
        Weight down = stacked(m, "experts", x.width(), inner, names.down());
        return mix(m, x, route(m, x, router, bias), up, down);
    }

    /**
     * Matrices [X, n rows, columns] of all experts, stored one by one as {@code
     * SCOPE.i.NAME.weight} [rows, columns], the n names of an expert one below the other.
     */
    public Weight stacked(ModelBuilder m, String scope, int rows, int columns, String... names) {
        List<ModelBuilder.Stored> parts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            for (String name : names) {
                parts.add(m.stored(scope + "." + i + "." + name + ".weight", rows, columns));
            }
        }
        return m.joined(
                Shape.of(count, (long) names.length * rows, columns),
                parts.toArray(ModelBuilder.Stored[]::new));
    }
}
