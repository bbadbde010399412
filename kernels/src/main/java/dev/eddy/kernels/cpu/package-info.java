/**
 * The Vector API backend: the reference's bits, fast. {@link dev.eddy.kernels.cpu.Schedule} orders
 * a program into regions, {@link dev.eddy.kernels.cpu.ScratchPlan} places its values, {@link
 * dev.eddy.kernels.cpu.Assembler} makes the stages, which a {@link dev.eddy.kernels.cpu.Team} of
 * threads shares out.
 */
@NullMarked
package dev.eddy.kernels.cpu;

import org.jspecify.annotations.NullMarked;
