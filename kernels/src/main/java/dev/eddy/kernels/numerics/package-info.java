/**
 * The arithmetic that every backend shares bit for bit: transcendental polynomials, fixed reduction
 * trees, Philox.
 */
@NullMarked
package dev.eddy.kernels.numerics;

import org.jspecify.annotations.NullMarked;
