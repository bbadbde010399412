/** Tests of the arithmetic that all backends share. */
@NullMarked
package dev.eddy.kernels.numerics;

import org.jspecify.annotations.NullMarked;
