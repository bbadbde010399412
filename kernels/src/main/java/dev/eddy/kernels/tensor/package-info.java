/** Stored numbers: element types, shapes and named tensors over memory segments. */
@NullMarked
package dev.eddy.kernels.tensor;

import org.jspecify.annotations.NullMarked;
