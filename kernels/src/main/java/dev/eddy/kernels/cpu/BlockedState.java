package dev.eddy.kernels.cpu;

/**
 * The order in which the diagonal recurrence keeps [D, N]: blocks of sixteen channels, [D / 16, N,
 * 16].
 */
final class BlockedState {
    /** Channels of a block. */
    static final int CHANNELS = 16;

    private BlockedState() {}

    /** Where mode n of channel d is among the floats. */
    static long index(int d, int n, int modes) {
        return ((long) (d / CHANNELS) * modes + n) * CHANNELS + d % CHANNELS;
    }

    /**
     * Where mode n of channel d is among the bfloat16 halves: [D / 32, N, 16] pairs of channels d
     * and d + 16.
     */
    static long halfIndex(int d, int n, int modes) {
        long pair = ((long) (d / (2 * CHANNELS)) * modes + n) * CHANNELS + d % CHANNELS;
        return 2 * pair + d / CHANNELS % 2;
    }
}
