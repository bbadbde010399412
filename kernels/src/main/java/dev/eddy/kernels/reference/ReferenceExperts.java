package dev.eddy.kernels.reference;

import dev.eddy.kernels.program.Op;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Mixture of experts, row by row: who else is in the batch changes nothing. */
final class ReferenceExperts {
    private ReferenceExperts() {}

    /** Chooses each row's experts from scores [R, X]. */
    static void route(Op.Route op, float[] scores, float @Nullable [] bias, float[] out) {
        int experts = op.scores().width();
        for (int row = 0; row * experts < scores.length; row++) {
            float[] choice = Arrays.copyOfRange(scores, row * experts, (row + 1) * experts);
            for (int i = 0; bias != null && i < experts; i++) {
                choice[i] += bias[i];
            }
            if (op.chosenGroups() < op.groups()) {
                dropGroups(op, choice);
            }
            int[] best = descending(choice);
            int at = row * 2 * op.count();
            float sum = 0;
            for (int i = 0; i < op.count(); i++) {
                out[at + i] = best[i];
                sum += scores[row * experts + best[i]];
            }
            for (int i = 0; i < op.count(); i++) {
                float score = scores[row * experts + best[i]];
                out[at + op.count() + i] = (op.normalise() ? score / sum : score) * op.scale();
            }
        }
    }

    /** Sets the choices of all but the best groups to minus infinity. */
    private static void dropGroups(Op.Route op, float[] choice) {
        int size = choice.length / op.groups();
        float[] strength = new float[op.groups()];
        for (int g = 0; g < op.groups(); g++) {
            float[] group = Arrays.copyOfRange(choice, g * size, (g + 1) * size);
            int[] best = descending(group);
            strength[g] = group[best[0]] + (size > 1 ? group[best[1]] : 0);
        }
        int[] order = descending(strength);
        for (int i = op.chosenGroups(); i < op.groups(); i++) {
            Arrays.fill(choice, order[i] * size, (order[i] + 1) * size, Float.NEGATIVE_INFINITY);
        }
    }

    private static int[] descending(float[] x) {
        return IntStream.range(0, x.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> -x[i] + 0f).thenComparing(i -> i))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    /** Runs the chosen experts. */
    static void experts(Op.Experts op, ReferenceInterpreter values, float[] out) {
        float[] x = values.of(op.x());
        float[] routes = values.of(op.routes());
        int count = op.routes().width() / 2;
        int width = op.x().width();
        int rows = op.up().shape().size(1);
        int inner = op.down().shape().size(2);
        float[] up = new float[rows];
        float[] hidden = new float[inner];
        float[] y = new float[op.out().width()];
        for (int row = 0; row * width < x.length; row++) {
            for (int i = 0; i < count; i++) {
                int expert = (int) routes[row * 2 * count + i];
                values.product(op.up(), expert, x, row * width, up);
                for (int j = 0; j < inner; j++) {
                    float active = ReferenceInterpreter.apply(op.activation(), up[j]);
                    hidden[j] = op.gated() ? active * up[inner + j] : active;
                }
                values.product(op.down(), expert, hidden, 0, y);
                float weight = routes[row * 2 * count + count + i];
                for (int j = 0; j < y.length; j++) {
                    out[row * y.length + j] = Math.fma(weight, y[j], out[row * y.length + j]);
                }
            }
        }
    }
}
