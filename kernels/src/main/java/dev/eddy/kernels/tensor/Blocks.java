package dev.eddy.kernels.tensor;

import dev.eddy.kernels.numerics.Halves;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * The quantised blocks of ggml, decoded to float in the order of operations of its own reference
 * ({@code ggml-quants.c}, {@code dequantize_row_*}) without fused multiply-add: the bits are those
 * of the Python package {@code gguf}.
 */
final class Blocks {
    private static final int LARGE = 256;
    private static final ValueLayout.OfShort HALF =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT =
            ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Blocks() {}

    /** Decodes elements {@code from .. from + count - 1} of the blocks in {@code data}. */
    static void copyFloats(
            DType dtype, MemorySegment data, long from, float[] target, int offset, int count) {
        int size = dtype.blockElements();
        float[] block = new float[size];
        long end = from + count;
        for (long first = from - from % size; first < end; first += size) {
            decode(dtype, data, first / size * dtype.blockBytes(), block);
            int begin = (int) Math.max(0, from - first);
            int stop = (int) Math.min(size, end - first);
            System.arraycopy(
                    block, begin, target, offset + (int) (first + begin - from), stop - begin);
        }
    }

    private static void decode(DType dtype, MemorySegment data, long at, float[] y) {
        switch (dtype) {
            case Q4_0 -> q4(data, at, y);
            case Q5_0 -> q5(data, at, y);
            case Q8_0 -> q8(data, at, y);
            case Q4_K -> q4k(data, at, y);
            case Q5_K -> q5k(data, at, y);
            case Q6_K -> q6k(data, at, y);
            case F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL ->
                    throw new IllegalArgumentException(dtype + " has no blocks");
        }
    }

    /** Scale f16; 16 bytes: element i in the low half of byte i, element i + 16 in the high. */
    private static void q4(MemorySegment data, long at, float[] y) {
        float d = half(data, at);
        for (int i = 0; i < 16; i++) {
            int both = unsigned(data, at + 2 + i);
            y[i] = ((both & 15) - 8) * d;
            y[i + 16] = ((both >> 4) - 8) * d;
        }
    }

    /** As Q4_0, with the fifth bits of all elements in an int between scale and nibbles. */
    private static void q5(MemorySegment data, long at, float[] y) {
        float d = half(data, at);
        int high = data.get(INT, at + 2);
        for (int i = 0; i < 16; i++) {
            int both = unsigned(data, at + 6 + i);
            y[i] = ((both & 15 | (high >>> i & 1) << 4) - 16) * d;
            y[i + 16] = ((both >> 4 | (high >>> (i + 16) & 1) << 4) - 16) * d;
        }
    }

    /** Scale f16; 32 signed bytes. */
    private static void q8(MemorySegment data, long at, float[] y) {
        float d = half(data, at);
        for (int i = 0; i < 32; i++) {
            y[i] = data.get(ValueLayout.JAVA_BYTE, at + 2 + i) * d;
        }
    }

    /**
     * Scale and least f16; 12 bytes of 6-bit scales and leasts of eight sub-blocks; 128 bytes of
     * nibbles, sub-blocks 2 i and 2 i + 1 in the halves of the same 32 bytes.
     */
    private static void q4k(MemorySegment data, long at, float[] y) {
        float d = half(data, at);
        float least = half(data, at + 2);
        for (int sub = 0; sub < 8; sub++) {
            float scale = d * scale(data, at + 4, sub);
            float bias = least * least(data, at + 4, sub);
            long nibbles = at + 16 + sub / 2 * 32;
            for (int i = 0; i < 32; i++) {
                int q = unsigned(data, nibbles + i) >> 4 * (sub & 1) & 15;
                y[32 * sub + i] = scale * q - bias;
            }
        }
    }

    /**
     * As Q4_K, with 32 bytes between scales and nibbles: bit {@code sub} of byte i is the fifth.
     */
    private static void q5k(MemorySegment data, long at, float[] y) {
        float d = half(data, at);
        float least = half(data, at + 2);
        for (int sub = 0; sub < 8; sub++) {
            float scale = d * scale(data, at + 4, sub);
            float bias = least * least(data, at + 4, sub);
            long nibbles = at + 48 + sub / 2 * 32;
            for (int i = 0; i < 32; i++) {
                int low = unsigned(data, nibbles + i) >> 4 * (sub & 1) & 15;
                int high = unsigned(data, at + 16 + i) >> sub & 1;
                y[32 * sub + i] = scale * (low | high << 4) - bias;
            }
        }
    }

    /**
     * 128 bytes of low nibbles, 64 of upper bit pairs, 16 signed scales, scale f16. In each half of
     * the block, quarter k of 32 elements takes its nibbles from bytes 32 (k mod 2), low for k < 2,
     * and its bit pairs from bits 2 k.
     */
    private static void q6k(MemorySegment data, long at, float[] y) {
        float d = half(data, at + 208);
        for (int element = 0; element < LARGE; element++) {
            float scale = d * data.get(ValueLayout.JAVA_BYTE, at + 192 + element / 16);
            y[element] = scale * q6kInteger(data, at, element);
        }
    }

    /**
     * Six bits: sub-blocks 0 to 3 in the low bits of bytes 0 to 3, the others in 8 to 11 and 0 to
     * 3.
     */
    static int scale(MemorySegment data, long at, int sub) {
        return sub < 4
                ? unsigned(data, at + sub) & 63
                : unsigned(data, at + sub + 4) & 15 | unsigned(data, at + sub - 4) >> 6 << 4;
    }

    /** As {@link #scale}, from bytes 4 to 7 and the high halves of bytes 8 to 11. */
    static int least(MemorySegment data, long at, int sub) {
        return sub < 4
                ? unsigned(data, at + sub + 4) & 63
                : unsigned(data, at + sub + 4) >> 4 | unsigned(data, at + sub) >> 6 << 4;
    }

    /** The integers of a block of Q8_0. */
    static void q8Integers(MemorySegment data, long at, int[] q, int to) {
        for (int i = 0; i < 32; i++) {
            q[to + i] = data.get(ValueLayout.JAVA_BYTE, at + 2 + i);
        }
    }

    /** The integers of a block of Q4_0, -8 to 7. */
    static void q4Integers(MemorySegment data, long at, int[] q, int to) {
        for (int i = 0; i < 16; i++) {
            int both = unsigned(data, at + 2 + i);
            q[to + i] = (both & 15) - 8;
            q[to + i + 16] = (both >> 4) - 8;
        }
    }

    /** The integers of a block of Q4_K, 0 to 15. */
    static void q4kIntegers(MemorySegment data, long at, int[] q, int to) {
        for (int i = 0; i < LARGE; i++) {
            int nibbles = unsigned(data, at + 16 + i / 64 * 32 + i % 32);
            q[to + i] = nibbles >> 4 * (i / 32 & 1) & 15;
        }
    }

    /** The integers of a block of Q6_K, -32 to 31. */
    static void q6kIntegers(MemorySegment data, long at, int[] q, int to) {
        for (int i = 0; i < LARGE; i++) {
            q[to + i] = q6kInteger(data, at, i);
        }
    }

    private static int q6kInteger(MemorySegment data, long at, int element) {
        int half = element / 128;
        int quarter = element % 128 / 32;
        int i = element % 32;
        int low = unsigned(data, at + 64 * half + 32 * (quarter % 2) + i) >> quarter / 2 * 4;
        int high = unsigned(data, at + 128 + 32 * half + i) >> 2 * quarter;
        return (low & 15 | (high & 3) << 4) - 32;
    }

    /** The bits of a float16. */
    static short bits(MemorySegment data, long at) {
        return data.get(HALF, at);
    }

    static float half(MemorySegment data, long at) {
        return Halves.fromF16(data.get(HALF, at));
    }

    static int unsigned(MemorySegment data, long at) {
        return data.get(ValueLayout.JAVA_BYTE, at) & 0xff;
    }
}
