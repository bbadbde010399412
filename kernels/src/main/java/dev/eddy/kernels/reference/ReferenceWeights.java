package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;

/**
 * A program's weights as float arrays: each as stored, and those of matrix products once more,
 * rounded to the chosen type and transposed to [in, out]. A tied embedding is both.
 */
final class ReferenceWeights {
    private final float[][] stored;
    private final float[][] matrices;

    ReferenceWeights(Program program, CompileOptions options) {
        int count = program.weights().size();
        stored = new float[count][];
        matrices = new float[count][];
        boolean[] multiplied = new boolean[count];
        for (Weight weight : program.matrices()) {
            multiplied[weight.id()] = true;
        }
        for (Weight weight : program.weights()) {
            int id = weight.id();
            stored[id] = weight.source().get().toFloats();
            if (multiplied[id]) {
                matrices[id] = matrix(stored[id], weight, options.weights());
            }
            options.progress().accept((id + 1.0) / count);
        }
    }

    /** A weight as the checkpoint has it, row-major. */
    float[] stored(Weight weight) {
        return stored[weight.id()];
    }

    /** A matrix [.., out, in] in the chosen type, transposed to [.., in, out]. */
    float[] matrix(Weight weight) {
        return matrices[weight.id()];
    }

    private static float[] matrix(float[] values, Weight weight, DType dtype) {
        int out = weight.shape().size(-2);
        int in = weight.shape().size(-1);
        float[] transposed = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int matrix = i / (out * in) * (out * in);
            int n = (i - matrix) / in;
            int k = i % in;
            transposed[matrix + k * out + n] =
                    dtype == DType.BF16 ? Halves.roundBf16(values[i]) : values[i];
        }
        return transposed;
    }
}
