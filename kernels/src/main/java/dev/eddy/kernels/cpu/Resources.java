package dev.eddy.kernels.cpu;

import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.Tensor;

/**
 * What stages are built on: weights in the forms they read, and memory for packed rows. A plan
 * counts what is asked for; an executable has it.
 */
interface Resources {
    /** Address of a weight in a form. */
    long weight(PackedWeight form);

    /** Address of {@code width} times the same number. */
    long constant(float value, int width);

    /** A table as the checkpoint has it. */
    Tensor table(Weight weight);

    /** The {@code index}-th memory for packed rows, with room for {@code rows} of a form. */
    PackedRows packed(int index, RowForm form, long rows);

    /**
     * Address of at least {@code bytes} bytes that stages work in; the same for the same name, so
     * that stages of different regions may share it.
     */
    long work(String name, long bytes);

    /** Address of scratch memory. */
    long scratch();
}
