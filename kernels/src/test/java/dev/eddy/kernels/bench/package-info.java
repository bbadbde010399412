/**
 * JMH benchmarks of the cpu backend's kernels, and of the ceilings that their figures are shares
 * of.
 */
@NullMarked
package dev.eddy.kernels.bench;

import org.jspecify.annotations.NullMarked;
