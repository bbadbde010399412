package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Checkpoint;

/** LSTM and GRU layers by torch's formulas, in double precision, over whole sequences. */
final class Cells {
    private Cells() {}

    /** Rows of a table, by id. */
    static double[][] rows(Checkpoint checkpoint, String table, int[] ids) {
        float[] all = Golden.floats(checkpoint, table);
        int vocabulary = checkpoint.config().positive("vocab_size");
        int width = all.length / vocabulary;
        double[][] rows = new double[ids.length][width];
        for (int t = 0; t < ids.length; t++) {
            for (int i = 0; i < width; i++) {
                rows[t][i] = all[ids[t] * width + i];
            }
        }
        return rows;
    }

    /** W x + b of each row. */
    static double[][] linear(float[] weight, float[] bias, double[][] x) {
        double[][] y = new double[x.length][];
        for (int t = 0; t < x.length; t++) {
            y[t] = linear(weight, bias, x[t]);
        }
        return y;
    }

    private static double[] linear(float[] weight, float[] bias, double[] x) {
        double[] y = new double[bias.length];
        for (int i = 0; i < y.length; i++) {
            y[i] = bias[i];
            for (int j = 0; j < x.length; j++) {
                y[i] += (double) weight[i * x.length + j] * x[j];
            }
        }
        return y;
    }

    static double[][] lstm(Checkpoint p, String suffix, double[][] x) {
        int width = Golden.floats(p, "rnn.bias_hh" + suffix).length / 4;
        double[] h = new double[width];
        double[] c = new double[width];
        double[][] out = new double[x.length][width];
        for (int t = 0; t < x.length; t++) {
            double[] a = part(p, "ih", suffix, x[t]);
            double[] b = part(p, "hh", suffix, h);
            for (int i = 0; i < width; i++) {
                double in = sigmoid(a[i] + b[i]);
                double forget = sigmoid(a[width + i] + b[width + i]);
                double cell = Math.tanh(a[2 * width + i] + b[2 * width + i]);
                double gate = sigmoid(a[3 * width + i] + b[3 * width + i]);
                c[i] = forget * c[i] + in * cell;
                out[t][i] = gate * Math.tanh(c[i]);
            }
            h = out[t];
        }
        return out;
    }

    static double[][] gru(Checkpoint p, String suffix, double[][] x) {
        int width = Golden.floats(p, "rnn.bias_hh" + suffix).length / 3;
        double[] h = new double[width];
        double[][] out = new double[x.length][width];
        for (int t = 0; t < x.length; t++) {
            double[] a = part(p, "ih", suffix, x[t]);
            double[] b = part(p, "hh", suffix, h);
            for (int i = 0; i < width; i++) {
                double reset = sigmoid(a[i] + b[i]);
                double update = sigmoid(a[width + i] + b[width + i]);
                double fresh = Math.tanh(a[2 * width + i] + reset * b[2 * width + i]);
                out[t][i] = (1 - update) * fresh + update * h[i];
            }
            h = out[t];
        }
        return out;
    }

    private static double[] part(Checkpoint p, String which, String suffix, double[] x) {
        return linear(
                Golden.floats(p, "rnn.weight_" + which + suffix),
                Golden.floats(p, "rnn.bias_" + which + suffix),
                x);
    }

    private static double sigmoid(double x) {
        return 1 / (1 + Math.exp(-x));
    }
}
