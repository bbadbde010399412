/** The Vector API backend: the reference's bits, fast. */
@NullMarked
package dev.eddy.kernels.cpu;

import org.jspecify.annotations.NullMarked;
