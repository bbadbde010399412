package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Tensor;

/**
 * A program's weights: each as stored, in floats, and those of matrix products once more in the
 * chosen type. A tied embedding is both.
 */
final class ReferenceWeights {
    private final float[][] stored;
    private final ReferenceMatrix[] matrices;

    ReferenceWeights(Program program, CompileOptions options) {
        int count = program.weights().size();
        stored = new float[count][];
        matrices = new ReferenceMatrix[count];
        boolean[] multiplied = new boolean[count];
        for (Weight weight : program.matrices()) {
            multiplied[weight.id()] = true;
        }
        for (Weight weight : program.weights()) {
            int id = weight.id();
            Tensor tensor = weight.source().get();
            stored[id] = tensor.toFloats();
            if (multiplied[id]) {
                matrices[id] = ReferenceMatrix.of(options.weights().matrix(weight), weight, tensor);
            }
            options.progress().accept((id + 1.0) / count);
        }
    }

    /** A weight as the checkpoint has it, row-major. */
    float[] stored(Weight weight) {
        return stored[weight.id()];
    }

    /** A weight of matrix products. */
    ReferenceMatrix matrix(Weight weight) {
        return matrices[weight.id()];
    }
}
