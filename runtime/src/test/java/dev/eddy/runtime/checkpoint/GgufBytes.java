package dev.eddy.runtime.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A GGUF file written by hand, right or wrong. */
final class GgufBytes {
    private static final int STRING = 8;
    private static final int ARRAY = 9;

    private final ByteArrayOutputStream keys = new ByteArrayOutputStream();
    private final ByteArrayOutputStream tensors = new ByteArrayOutputStream();
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();
    private long keyCount;
    private long tensorCount;
    private int version = 3;
    private int alignment = 32;

    static byte[] u32(long value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value).array();
    }

    static byte[] u64(long value) {
        return ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.writeBytes(u64(bytes.length));
        out.writeBytes(bytes);
    }

    GgufBytes version(int version) {
        this.version = version;
        return this;
    }

    /** More or fewer keys and tensors than follow. */
    GgufBytes counts(long tensors, long keys) {
        tensorCount = tensors;
        keyCount = keys;
        return this;
    }

    GgufBytes key(String key, int type, byte... value) {
        text(keys, key);
        keys.writeBytes(u32(type));
        keys.writeBytes(value);
        keyCount++;
        return this;
    }

    GgufBytes key(String key, String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        text(out, value);
        return key(key, STRING, out.toByteArray());
    }

    GgufBytes key(String key, int value) {
        if (key.equals("general.alignment")) {
            alignment = Math.max(value, 1);
        }
        return key(key, 4, u32(value));
    }

    GgufBytes key(String key, double value) {
        return key(key, 6, u32(Float.floatToRawIntBits((float) value)));
    }

    GgufBytes key(String key, boolean value) {
        return key(key, 7, (byte) (value ? 1 : 0));
    }

    GgufBytes ints(String key, List<Integer> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(u32(5));
        out.writeBytes(u64(values.size()));
        values.forEach(value -> out.writeBytes(u32(value)));
        return key(key, ARRAY, out.toByteArray());
    }

    GgufBytes strings(String key, List<String> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(u32(STRING));
        out.writeBytes(u64(values.size()));
        values.forEach(value -> text(out, value));
        return key(key, ARRAY, out.toByteArray());
    }

    GgufBytes tensor(String name, int type, long offset, long... dims) {
        text(tensors, name);
        tensors.writeBytes(u32(dims.length));
        for (long dim : dims) {
            tensors.writeBytes(u64(dim));
        }
        tensors.writeBytes(u32(type));
        tensors.writeBytes(u64(offset));
        tensorCount++;
        return this;
    }

    /** A tensor with its bytes, outermost extent first, behind those before it. */
    GgufBytes tensor(String name, int type, byte[] content, long... dims) {
        while (data.size() % alignment != 0) {
            data.write(0);
        }
        long[] reversed = new long[dims.length];
        for (int i = 0; i < dims.length; i++) {
            reversed[i] = dims[dims.length - 1 - i];
        }
        long offset = data.size();
        data.writeBytes(content);
        return tensor(name, type, offset, reversed);
    }

    /** The file, with the tensors that have bytes. */
    byte[] bytes() {
        byte[] header = bytes(0);
        byte[] file = Arrays.copyOf(header, header.length + data.size());
        System.arraycopy(data.toByteArray(), 0, file, header.length, data.size());
        return file;
    }

    /** The file, with that many bytes of data after the header. */
    byte[] bytes(int count) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("GGUF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(u32(version));
        out.writeBytes(u64(tensorCount));
        out.writeBytes(u64(keyCount));
        out.writeBytes(keys.toByteArray());
        out.writeBytes(tensors.toByteArray());
        while (out.size() % alignment != 0) {
            out.write(0);
        }
        for (int i = 0; i < count; i++) {
            out.write(i);
        }
        return out.toByteArray();
    }

    /** A model's keys, small. */
    static GgufBytes mamba() {
        return new GgufBytes()
                .key("general.architecture", "mamba")
                .key("mamba.embedding_length", 8)
                .key("mamba.block_count", 1)
                .key("mamba.ssm.inner_size", 16)
                .key("mamba.ssm.state_size", 4)
                .key("mamba.ssm.conv_kernel", 4)
                .key("mamba.ssm.time_step_rank", 2);
    }
}
