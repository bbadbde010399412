package dev.eddy.kernels.reference;

import dev.eddy.kernels.numerics.E4m3;
import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.numerics.Integers;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.E4m3Row;
import dev.eddy.kernels.tensor.IntegerRow;
import dev.eddy.kernels.tensor.MatrixType;
import dev.eddy.kernels.tensor.Tensor;
import java.util.Arrays;

/**
 * A weight of matrix products, [out, in] or [count, out, in], in its type: the definition of each
 * type's product.
 */
sealed interface ReferenceMatrix {
    /** out[n] = row n of matrix {@code index} times x[from .. from + in - 1]. */
    void product(int index, float[] x, int from, float[] out);

    /** A matrix of that type. */
    static ReferenceMatrix of(MatrixType type, Weight weight, Tensor tensor) {
        int out = weight.shape().size(-2);
        int in = weight.shape().size(-1);
        return switch (type) {
            case F32 -> new Floats(transposed(tensor.toFloats(), out, in), in);
            case BF16 -> {
                float[] factors = transposed(tensor.toFloats(), out, in);
                for (int i = 0; i < factors.length; i++) {
                    factors[i] = Halves.roundFactor(factors[i]);
                }
                yield new Factors(factors, in);
            }
            case FP8 -> scaled(weight, tensor, out, in);
            case INT8, INT4, Q8_0, Q4_0, Q4_K, Q6_K -> integers(type, weight, tensor);
        };
    }

    private static ReferenceMatrix scaled(Weight weight, Tensor tensor, int out, int in) {
        E4m3Row row = new E4m3Row(in);
        float[] factors = new float[Math.toIntExact(weight.elements())];
        float[] scales = new float[factors.length / in];
        for (int n = 0; n < scales.length; n++) {
            scales[n] = row.read(tensor, n);
            for (int k = 0; k < in; k++) {
                factors[n * in + k] = E4m3.toFloat(row.codes[k]);
            }
        }
        return new Scaled(new Factors(transposed(factors, out, in), in), scales);
    }

    /** Matrices [.., out, in] as [.., in, out]. */
    private static float[] transposed(float[] values, int out, int in) {
        float[] transposed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int matrix = i / (out * in) * (out * in);
            transposed[matrix + i % in * out + (i - matrix) / in] = values[i];
        }
        return transposed;
    }

    private static ReferenceMatrix integers(MatrixType type, Weight weight, Tensor tensor) {
        int in = weight.shape().size(-1);
        IntegerRow row = new IntegerRow(type, in);
        int rows = Math.toIntExact(weight.elements() / in);
        int[][] q = new int[rows][];
        float[][] scales = new float[rows][];
        float[][] leasts = new float[rows][];
        for (int n = 0; n < rows; n++) {
            row.read(tensor, n);
            q[n] = row.q.clone();
            scales[n] = row.scales.clone();
            leasts[n] = row.leasts.clone();
        }
        return new Rounded(type, in, q, scales, leasts);
    }

    /** [.., in, out] floats. */
    record Floats(float[] w, int in) implements ReferenceMatrix {
        @Override
        public void product(int index, float[] x, int from, float[] out) {
            Arrays.fill(out, 0);
            for (int k = 0; k < in; k++) {
                add(w, (index * in + k) * out.length, x[from + k], out);
            }
        }
    }

    /** [.., in, out] bfloat16 factors: pairs of k, the second of each first. */
    record Factors(float[] w, int in) implements ReferenceMatrix {
        @Override
        public void product(int index, float[] x, int from, float[] out) {
            Arrays.fill(out, 0);
            for (int k = 0; k < in; k += 2) {
                if (k + 1 < in) {
                    add(w, (index * in + k + 1) * out.length, factor(x, from + k + 1), out);
                }
                add(w, (index * in + k) * out.length, factor(x, from + k), out);
            }
        }

        private static float factor(float[] x, int at) {
            return Halves.roundFactor(x[at]);
        }
    }

    /** The same with a scale for each output, [.., out]. */
    record Scaled(Factors factors, float[] scales) implements ReferenceMatrix {
        @Override
        public void product(int index, float[] x, int from, float[] out) {
            factors.product(index, x, from, out);
            for (int n = 0; n < out.length; n++) {
                out[n] *= scales[index * out.length + n];
            }
        }
    }

    private static void add(float[] w, int row, float xk, float[] out) {
        for (int n = 0; n < out.length; n++) {
            out[n] = Math.fma(xk, w[row + n], out[n]);
        }
    }

    /** Integers by row, with scales and leasts by group. */
    record Rounded(MatrixType type, int in, int[][] q, float[][] scales, float[][] leasts)
            implements ReferenceMatrix {
        @Override
        public void product(int index, float[] x, int from, float[] out) {
            int[] rounded = new int[q[0].length];
            float[] blocks = new float[Math.ceilDiv(rounded.length, Integers.BLOCK)];
            for (int k = 0; k < in; k += Integers.BLOCK) {
                int count = Math.min(Integers.BLOCK, in - k);
                int largest = Integers.largest(x, from + k, count);
                blocks[k / Integers.BLOCK] = Integers.scale(largest);
                for (int i = k; i < k + count; i++) {
                    rounded[i] = Integers.round(x[from + i], Integers.inverse(largest));
                }
            }
            for (int n = 0; n < out.length; n++) {
                out[n] = product(rounded, blocks, index * out.length + n);
            }
        }

        private float product(int[] x, float[] blocks, int n) {
            float result = 0;
            for (int block = 0; block < blocks.length; block++) {
                int from = block * Integers.BLOCK;
                int to = Math.min(from + Integers.BLOCK, x.length);
                float sum = type.hasRowScale() ? dot(x, q[n], from, to) : groups(x, n, from, to);
                result = Math.fma(sum, blocks[block], result);
            }
            return type.hasRowScale() ? result * scales[n][0] : result;
        }

        private float groups(int[] x, int n, int from, int to) {
            float sum = 0;
            for (int k = from; k < to; k += type.group()) {
                int group = k / type.group();
                sum = Math.fma((float) dot(x, q[n], k, k + type.group()), scales[n][group], sum);
                if (type.hasLeasts()) {
                    int all = 0;
                    for (int i = k; i < k + type.group(); i++) {
                        all += x[i];
                    }
                    sum = Math.fma((float) -all, leasts[n][group], sum);
                }
            }
            return sum;
        }

        private static int dot(int[] x, int[] q, int from, int to) {
            int sum = 0;
            for (int k = from; k < to; k++) {
                sum += x[k] * q[k];
            }
            return sum;
        }
    }
}
