package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a checkpoint's content: the canonical settings, then each tensor's name, type, rank,
 * extents and bytes, in the order of names. Texts are preceded by their length, so that no two
 * contents read alike.
 */
final class ContentDigest {
    private final MessageDigest sha;
    private final byte[] window = new byte[1 << 16];

    ContentDigest(Config config) {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        add(config.canonical());
    }

    void add(Tensor tensor) {
        add(tensor.name());
        add(tensor.dtype().name());
        add(tensor.shape().rank());
        for (int axis = 0; axis < tensor.shape().rank(); axis++) {
            add(tensor.shape().dim(axis));
        }
        MemorySegment data = tensor.data();
        for (long from = 0; from < data.byteSize(); from += window.length) {
            int count = (int) Math.min(window.length, data.byteSize() - from);
            MemorySegment.copy(data, ValueLayout.JAVA_BYTE, from, window, 0, count);
            sha.update(window, 0, count);
        }
    }

    void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes.length);
        sha.update(bytes);
    }

    void add(long value) {
        sha.update(ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    }

    /** The digest in 64 hexadecimal digits; nothing may be added afterwards. */
    String hex() {
        return HexFormat.of().formatHex(sha.digest());
    }
}
