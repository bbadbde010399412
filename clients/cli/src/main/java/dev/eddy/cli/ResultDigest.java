package dev.eddy.cli;

import java.util.zip.CRC32;

/**
 * A digest of the first ids that a session sampled: the same whatever ran beside it, so that
 * measurements with different numbers of sessions, or of different kernels, can be compared.
 */
final class ResultDigest {
    private static final int MOST = 64;

    private final CRC32 digest = new CRC32();
    private int left;

    /** Of so many ids at most. */
    ResultDigest(int ids) {
        left = Math.min(ids, MOST);
    }

    /** Adds an id, unless it has all that count. */
    void add(int id) {
        if (left > 0) {
            left--;
            for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
                digest.update(id >>> shift);
            }
        }
    }

    @Override
    public String toString() {
        return String.format("%08x", digest.getValue());
    }
}
