/**
 * The cuda backend: programs compiled to launches over planned device memory, one graph a step.
 *
 * <p>{@link dev.eddy.kernels.cuda.Schedule} gathers a program's operators into launches: operators
 * that treat rows by themselves share one, products over the same rows share one, everything with
 * state has its own. {@code Scratch} gives every value a place for as long as a launch needs it,
 * {@code Assembler} turns each launch into a kernel, its grid and its parameters, and {@code
 * CudaExecutable} records them once for each {@code Bucket} of batch sizes. What a step holds is
 * read on the device from one buffer ({@code StepInput}), what comes out lies in another ({@code
 * StepOutput}). The kernels are in {@code src/main/cuda}.
 */
@NullMarked
package dev.eddy.kernels.cuda;

import org.jspecify.annotations.NullMarked;
