/** Tests of the Vector API backend. */
@NullMarked
package dev.eddy.kernels.cpu;

import org.jspecify.annotations.NullMarked;
