/** Tests of stored numbers. */
@NullMarked
package dev.eddy.kernels.tensor;

import org.jspecify.annotations.NullMarked;
