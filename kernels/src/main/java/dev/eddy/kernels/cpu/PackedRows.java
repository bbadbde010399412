package dev.eddy.kernels.cpu;

/**
 * Memory for rows packed for matrix products: floats on the heap for kernels in Java, which
 * broadcast from there in one load, and bytes off the heap for all else.
 */
record PackedRows(float[] floats, long address) {}
