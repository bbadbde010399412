package dev.eddy.runtime.model.mixer;

import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelBuilder.Stored;
import java.util.ArrayList;
import java.util.List;

/**
 * Hyena's implicit long filter (arXiv:2302.10866, section 3.3): a network of sines takes the
 * embedding of a position to one tap of every channel, which decays with the position. Evaluated in
 * double precision when the model is loaded.
 *
 * @param channels C
 * @param length taps L, the longest sequence in training
 * @param embedding width of a position's embedding
 * @param order width of the network
 * @param inner hidden layers of the network beside its first
 * @param modulate whether taps decay
 * @param shift what is left of the decay at last
 */
public record ImplicitFilter(
        int channels,
        int length,
        int embedding,
        int order,
        int inner,
        boolean modulate,
        float shift) {
    /** The taps [C, L], oldest first, of the network whose weights are in m. */
    public Weight taps(ModelBuilder m) {
        List<Stored> from = new ArrayList<>();
        from.add(m.stored("pos_emb.z", 1, length, embedding));
        from.add(m.stored("pos_emb.t", 1, length, 1));
        from.add(m.stored("modulation.deltas", 1, 1, channels));
        for (int i = 0; i <= inner; i++) {
            String linear = "implicit_filter." + 2 * i;
            from.add(m.stored(linear + ".weight", order, i == 0 ? embedding : order));
            from.add(m.stored(linear + ".bias", order));
            from.add(m.stored("implicit_filter." + (2 * i + 1) + ".freq", 1, order));
        }
        from.add(m.stored("implicit_filter." + 2 * (inner + 1) + ".weight", channels, order));
        return m.derived(
                "taps", Shape.of(channels, length), this::evaluate, from.toArray(new Stored[0]));
    }

    private float[] evaluate(float[][] from) {
        float[] taps = new float[channels * length];
        for (int t = 0; t < length; t++) {
            double[] row = new double[embedding];
            for (int i = 0; i < embedding; i++) {
                row[i] = from[0][t * embedding + i];
            }
            for (int i = 0; i <= inner; i++) {
                row = linear(from[3 + 3 * i], row);
                for (int j = 0; j < order; j++) {
                    row[j] = StrictMath.sin(from[5 + 3 * i][j] * (row[j] + from[4 + 3 * i][j]));
                }
            }
            row = linear(from[from.length - 1], row);
            for (int c = 0; c < channels; c++) {
                double decay = StrictMath.exp(-from[1][t] * Math.abs((double) from[2][c]));
                double window = modulate ? decay + shift : 1;
                taps[c * length + length - 1 - t] = (float) (row[c] * window);
            }
        }
        return taps;
    }

    private static double[] linear(float[] weight, double[] x) {
        double[] y = new double[weight.length / x.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += weight[i * x.length + j] * x[j];
            }
        }
        return y;
    }
}
