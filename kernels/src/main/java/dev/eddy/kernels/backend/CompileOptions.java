package dev.eddy.kernels.backend;

import dev.eddy.kernels.tensor.DType;
import java.util.function.DoubleConsumer;

/**
 * What a program is compiled for.
 *
 * @param weights type of matrix-product weights; others stay as stored
 * @param state element type of accumulators: F32 or BF16
 * @param threads compute threads; results do not depend on it
 * @param slots sessions resident at once
 * @param maxEntries most entries in a step
 * @param maxRows most elements in a step, over all entries
 * @param maxSelected most output rows in a step
 * @param positions positions of all slots together for which there is room where a program's state
 *     grows; of no account where it does not
 * @param device which of the backend's devices, from 0; of no account for a backend that has but
 *     the machine's cores
 * @param progress told the share of the weights loaded so far, 0 to 1
 */
public record CompileOptions(
        WeightType weights,
        DType state,
        int threads,
        int slots,
        int maxEntries,
        int maxRows,
        int maxSelected,
        long positions,
        int device,
        DoubleConsumer progress) {
    /** Positions a slot for which {@link #of} makes room where a program's state grows. */
    public static final int DEFAULT_POSITIONS = 4096;

    public CompileOptions {
        require(state == DType.F32 || state == DType.BF16, "state dtype", state, "F32 or BF16");
        require(threads >= 1 && threads <= 1024, "threads", threads, "1 to 1024");
        require(slots >= 1, "slots", slots, "1 or more");
        require(maxEntries >= 1, "max entries", maxEntries, "1 or more");
        require(maxRows >= 1, "max rows", maxRows, "1 or more");
        require(maxSelected >= 1, "max selected", maxSelected, "1 or more");
        require(positions >= 1, "positions", positions, "1 or more");
        require(device >= 0, "device", device, "0 or more");
    }

    /**
     * Options for {@code slots} sessions and steps of at most {@code maxRows} elements, everything
     * selectable, {@value #DEFAULT_POSITIONS} positions a slot.
     */
    public static CompileOptions of(WeightType weights, int threads, int slots, int maxRows) {
        return new CompileOptions(
                weights,
                DType.F32,
                threads,
                slots,
                slots,
                maxRows,
                maxRows + slots,
                (long) slots * DEFAULT_POSITIONS,
                0,
                _ -> {});
    }

    /** The same with room for as many positions, of all slots together. */
    public CompileOptions withPositions(long count) {
        return new CompileOptions(
                weights,
                state,
                threads,
                slots,
                maxEntries,
                maxRows,
                maxSelected,
                count,
                device,
                progress);
    }

    /** The same for another of the backend's devices. */
    public CompileOptions withDevice(int number) {
        return new CompileOptions(
                weights,
                state,
                threads,
                slots,
                maxEntries,
                maxRows,
                maxSelected,
                positions,
                number,
                progress);
    }

    /** The same with another type of weights. */
    public CompileOptions withWeights(WeightType type) {
        return new CompileOptions(
                type,
                state,
                threads,
                slots,
                maxEntries,
                maxRows,
                maxSelected,
                positions,
                device,
                progress);
    }

    /** The same with another state dtype. */
    public CompileOptions withState(DType dtype) {
        return new CompileOptions(
                weights,
                dtype,
                threads,
                slots,
                maxEntries,
                maxRows,
                maxSelected,
                positions,
                device,
                progress);
    }

    /** The same, telling {@code listener} how far loading is. */
    public CompileOptions withProgress(DoubleConsumer listener) {
        return new CompileOptions(
                weights,
                state,
                threads,
                slots,
                maxEntries,
                maxRows,
                maxSelected,
                positions,
                device,
                listener);
    }

    private static void require(boolean ok, String name, Object value, String allowed) {
        if (!ok) {
            throw new InvalidRequestException(name + " is " + value + "; allowed is " + allowed);
        }
    }
}
