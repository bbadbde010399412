package dev.eddy.kernels.program;

/** How a narrower operand of width w covers a value of width W, where w divides W. */
public enum Spread {
    /**
     * Column c takes element {@code c * w / W}: each element covers W / w neighbours (one number a
     * head).
     */
    BLOCKS,
    /** Column c takes element {@code c mod w}: the operand repeats (one vector for all heads). */
    TILES
}
