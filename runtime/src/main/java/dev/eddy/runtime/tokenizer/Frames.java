package dev.eddy.runtime.tokenizer;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * What stands where a tokenizer stands for models whose elements are frames of floats: bytes
 * arriving in any chunks, little-endian float32 frames of {@code width} numbers leaving whole. The
 * bytes of a frame that is not yet whole are part of a session's state. Not safe for use by several
 * threads.
 */
public final class Frames {
    private final int width;
    private final byte[] partial;
    private int filled;

    /** Frames of {@code width} floats. */
    public Frames(int width) {
        this(width, new byte[0]);
    }

    /**
     * Goes on where another stopped.
     *
     * @param partial that other's {@link #partial()}
     * @throws TokenizerException if it is no shorter than a frame
     */
    public Frames(int width, byte[] partial) {
        if (width < 1 || width > Integer.MAX_VALUE / Float.BYTES) {
            throw new TokenizerException("frame width " + width + ": expected 1 or more floats");
        }
        if (partial.length >= width * Float.BYTES) {
            throw new TokenizerException(
                    "partial frame of "
                            + partial.length
                            + " bytes: expected fewer than "
                            + width * Float.BYTES);
        }
        this.width = width;
        this.partial = Arrays.copyOf(partial, width * Float.BYTES);
        this.filled = partial.length;
    }

    /** Floats of one frame. */
    public int width() {
        return width;
    }

    /**
     * Takes {@code count} more bytes and passes on the frames that they complete, each in an array
     * of its own.
     */
    public void accept(byte[] chunk, int offset, int count, Consumer<float[]> frames) {
        int from = offset;
        int left = count;
        while (left > 0) {
            int taken = Math.min(left, partial.length - filled);
            System.arraycopy(chunk, from, partial, filled, taken);
            filled += taken;
            from += taken;
            left -= taken;
            if (filled == partial.length) {
                float[] frame = new float[width];
                ByteBuffer.wrap(partial).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(frame);
                filled = 0;
                frames.accept(frame);
            }
        }
    }

    /** The bytes of the frame that is not yet whole. */
    public byte[] partial() {
        return Arrays.copyOf(partial, filled);
    }

    /**
     * Ends the input.
     *
     * @throws TokenizerException if a frame is not whole
     */
    public void finish() {
        if (filled > 0) {
            throw new TokenizerException(
                    "input ends within a frame, after "
                            + filled
                            + " of its "
                            + partial.length
                            + " bytes: expected whole frames of "
                            + width
                            + " little-endian float32");
        }
    }
}
