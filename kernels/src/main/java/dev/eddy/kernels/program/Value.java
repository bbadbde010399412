package dev.eddy.kernels.program;

/**
 * A symbolic float32 activation [rows, width], made by exactly one operator.
 *
 * @param id its index among the program's values
 * @param rows which rows of the batch it has
 * @param width columns
 */
public record Value(int id, Rows rows, int width) implements Operand {}
