package dev.eddy.cli;

import java.util.zip.CRC32;

/**
 * A digest of the first ids that a session sampled, and of the bits of their log-probabilities,
 * since models of random weights often repeat an id for ever: the same whatever ran beside it, so
 * that measurements with different numbers of sessions, or of different kernels, can be compared.
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
    void add(int id, float logProb) {
        if (left > 0) {
            left--;
            add(id);
            add(Float.floatToRawIntBits(logProb));
        }
    }

    private void add(int word) {
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            digest.update(word >>> shift);
        }
    }

    @Override
    public String toString() {
        return String.format("%08x", digest.getValue());
    }
}
