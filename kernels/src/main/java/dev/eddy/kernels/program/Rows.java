package dev.eddy.kernels.program;

/** Which rows of the batch a value has. */
public enum Rows {
    /** One row for every element of every entry. */
    ALL,
    /** One row for every position whose output somebody wants: the rows that reach the LM head. */
    SELECTED
}
