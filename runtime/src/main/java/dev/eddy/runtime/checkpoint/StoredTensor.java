package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Tensor;

/**
 * A tensor and the file that holds it.
 *
 * @param source the file's name, for error messages
 */
record StoredTensor(String source, Tensor tensor) {}
