package dev.eddy.kernels.numerics;

/**
 * Philox 4x32-10, the counter-based generator of Salmon et al., "Parallel random numbers: as easy
 * as 1, 2, 3" (SC11). Eddy's key is a session's seed, its counter (position, branch, lane): a draw
 * depends on nothing else.
 */
public final class Philox {
    private static final long M0 = 0xD2511F53L;
    private static final long M1 = 0xCD9E8D57L;
    private static final int W0 = 0x9E3779B9;
    private static final int W1 = 0xBB67AE85;
    private static final long MASK = 0xffffffffL;

    private Philox() {}

    /** The four output words for a counter of four words and a key of two. */
    public static int[] block(int c0, int c1, int c2, int c3, int k0, int k1) {
        for (int round = 0; round < 10; round++) {
            long p0 = M0 * (c0 & MASK);
            long p1 = M1 * (c2 & MASK);
            int n0 = (int) (p1 >>> 32) ^ c1 ^ k0;
            int n2 = (int) (p0 >>> 32) ^ c3 ^ k1;
            c1 = (int) p1;
            c3 = (int) p0;
            c0 = n0;
            c2 = n2;
            k0 += W0;
            k1 += W1;
        }
        return new int[] {c0, c1, c2, c3};
    }

    /**
     * First output word for key = seed and counter = (position low, position high, branch, lane).
     */
    public static int word(long seed, long position, int branch, int lane) {
        return block(
                (int) position,
                (int) (position >>> 32),
                branch,
                lane,
                (int) seed,
                (int) (seed >>> 32))[0];
    }

    /** A float uniform in (0, 1): (the word's top 23 bits + 1/2) / 2^23, exact, never 0 or 1. */
    public static float uniform(int word) {
        return ((word >>> 9) + 0.5f) * 0x1p-23f;
    }

    /**
     * A draw of the standard Gumbel distribution, -ln(-ln(u)), for one lane. At most 16.7, at least
     * -2.8.
     */
    public static float gumbel(long seed, long position, int branch, int lane) {
        return -Functions.log(-Functions.log(uniform(word(seed, position, branch, lane))));
    }
}
