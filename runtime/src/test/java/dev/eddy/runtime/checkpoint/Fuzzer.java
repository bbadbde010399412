package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Mutation-based fuzzing: takes valid files apart, feeds what becomes of them to a reader and
 * asserts that it either reads them or refuses them with an exception that says something, within
 * bounded time and memory.
 *
 * <p>The seed is printed; builds take the same one, so that they break by changes and not by luck,
 * and {@code -Deddy.fuzz.seed=$RANDOM} explores. {@code -Deddy.fuzz.seconds} says how long to go
 * on.
 */
public final class Fuzzer {
    /** Reads one file's bytes to the end of what a user of it would look at. */
    public interface Reader {
        /**
         * @param onDisk true for one file in sixteen: the others need not touch the disk
         */
        void read(byte[] file, boolean onDisk) throws Exception;
    }

    /** A mutation that knows the format. */
    public interface Mutation {
        byte[] apply(byte[] file, Random random);
    }

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long SLOWEST_NANOS = 5_000_000_000L;
    private static final String[] NUMBERS = {
        "0",
        "1",
        "-1",
        "2",
        "7",
        "8",
        "255",
        "65535",
        "65536",
        "2147483647",
        "2147483648",
        "4294967296",
        "4611686018427387904",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
        "99999999999999999999999999",
        "-9223372036854775808",
        "1e3",
        "1e308",
        "1e309",
        "1E+400",
        "-0",
        "0.5",
        "1.0",
        "NaN",
        "Infinity",
        "-Infinity",
        "null",
        "true",
        "\"1\"",
        "[]",
        "{}",
        "[[]]",
        "9".repeat(1200)
    };
    private static final String[] TOKENS = {
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\\",
        "\\u0000",
        "\\ud800",
        "\"a\":1,",
        "{\"a\":",
        "[[[[[[[[",
        "]]]]",
        "null",
        "\"dtype\"",
        "\"shape\"",
        "\"data_offsets\"",
        "\"F32\"",
        "\"BF16\"",
        "\"F8_E4M3\"",
        "\"__metadata__\"",
        "/**/",
        "\u0000",
        "\u00ff",
        " ",
        "\n",
        "\"__float__\":\"Infinity\""
    };

    private final Class<? extends RuntimeException> refusal;
    private final long seed;
    private final long seconds;
    private final long bytesPerByte;
    private final long bytesAlways;
    private final List<Mutation> mutations;

    /** One whose reader refuses with a {@link CheckpointException}. */
    Fuzzer(int share, long bytesPerByte, long bytesAlways, Mutation... mutations) {
        this(CheckpointException.class, share, bytesPerByte, bytesAlways, mutations);
    }

    /**
     * @param refusal what a refusal is thrown as
     * @param share how many tests share the time
     * @param bytesPerByte heap that reading may allocate for each byte of the file
     * @param bytesAlways heap that it may allocate besides
     */
    public Fuzzer(
            Class<? extends RuntimeException> refusal,
            int share,
            long bytesPerByte,
            long bytesAlways,
            Mutation... mutations) {
        this.refusal = refusal;
        this.seed = Long.getLong("eddy.fuzz.seed", 1);
        this.seconds = Math.ceilDiv(Long.getLong("eddy.fuzz.seconds", 20), share);
        this.bytesPerByte = bytesPerByte;
        this.bytesAlways = bytesAlways;
        this.mutations = List.of(mutations);
    }

    /** Fuzzes {@code reader} with what becomes of {@code seeds}. */
    public void run(String name, List<byte[]> seeds, Reader reader) throws Exception {
        System.out.println(name + ": -Deddy.fuzz.seed=" + seed + " -Deddy.fuzz.seconds=" + seconds);
        for (byte[] file : seeds) {
            reader.read(file, true);
        }
        Random random = new Random(seed);
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        long files = 0;
        long read = 0;
        while (System.nanoTime() < end) {
            byte[] file = mutate(seeds, random);
            if (accepts(file, files % 16 == 0, reader, "seed " + seed + ", file " + files)) {
                read++;
            }
            files++;
        }
        System.out.println(
                name + ": " + files + " files, " + read + " of them read, the others refused");
        assertThat(files).isPositive();
    }

    /** Reads one file, which must be accepted within the same bounds. */
    void once(byte[] file, Reader reader) throws Exception {
        reader.read(file, false); // so that classes are loaded before the heap is measured
        assertThat(accepts(file, false, reader, "one file")).isTrue();
    }

    private boolean accepts(byte[] file, boolean onDisk, Reader reader, String what) {
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long begin = System.nanoTime();
        boolean accepted = false;
        try {
            reader.read(file, onDisk);
            accepted = true;
        } catch (Throwable e) {
            if (!refusal.isInstance(e)) {
                throw new AssertionError(what + ": " + e + " for " + excerpt(file), e);
            }
            assertThat(e).as(what).message().hasSizeBetween(10, 5000);
        }
        long nanos = System.nanoTime() - begin;
        long heap = THREADS.getCurrentThreadAllocatedBytes() - allocated;
        if (heap > bytesAlways + bytesPerByte * file.length) {
            throw new AssertionError(
                    what
                            + ": "
                            + heap
                            + " bytes allocated for a file of "
                            + file.length
                            + ": "
                            + excerpt(file));
        }
        if (nanos > SLOWEST_NANOS) {
            throw new AssertionError(
                    what + ": took " + nanos / 1_000_000 + " ms for " + excerpt(file));
        }
        return accepted;
    }

    private static String excerpt(byte[] file) {
        return new String(file, 0, Math.min(2000, file.length), StandardCharsets.ISO_8859_1);
    }

    private byte[] mutate(List<byte[]> seeds, Random random) {
        byte[] file = seeds.get(random.nextInt(seeds.size())).clone();
        for (int n = 1 + random.nextInt(random.nextInt(8) == 0 ? 16 : 3); n > 0; n--) {
            int kind = random.nextInt(7 + 2 * mutations.size());
            file =
                    switch (kind) {
                        case 0 -> flipBits(file, random);
                        case 1 -> Arrays.copyOf(file, random.nextInt(file.length + 1));
                        case 2 -> splice(file, seeds.get(random.nextInt(seeds.size())), random);
                        case 3 -> insert(file, TOKENS[random.nextInt(TOKENS.length)], random);
                        case 4 -> swapNumber(file, random);
                        case 5 -> cutOut(file, random);
                        case 6 -> repeat(file, random);
                        default -> mutations.get((kind - 7) % mutations.size()).apply(file, random);
                    };
        }
        return file;
    }

    private static int place(byte[] file, Random random) {
        return file.length == 0 ? 0 : random.nextInt(file.length);
    }

    private static byte[] flipBits(byte[] file, Random random) {
        for (int n = 1 + random.nextInt(4); n > 0 && file.length > 0; n--) {
            file[place(file, random)] ^= (byte) (1 << random.nextInt(8));
        }
        return file;
    }

    private static byte[] splice(byte[] file, byte[] other, Random random) {
        int head = place(file, random);
        int tail = place(other, random);
        return join(Arrays.copyOf(file, head), Arrays.copyOfRange(other, tail, other.length));
    }

    private static byte[] insert(byte[] file, String text, Random random) {
        return replace(file, place(file, random), 0, text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] cutOut(byte[] file, Random random) {
        int from = place(file, random);
        return replace(file, from, Math.min(file.length - from, random.nextInt(20)), new byte[0]);
    }

    private static byte[] repeat(byte[] file, Random random) {
        int from = place(file, random);
        int count = Math.min(file.length - from, random.nextInt(60));
        byte[] part = Arrays.copyOfRange(file, from, from + count);
        byte[] repeated = new byte[0];
        for (int n = 1 << random.nextInt(9); n > 0 && repeated.length < 20_000; n--) {
            repeated = join(repeated, part);
        }
        return replace(file, from, count, repeated);
    }

    /** Replaces a number by another one, of whatever size or none. */
    private static byte[] swapNumber(byte[] file, Random random) {
        int from = place(file, random);
        while (from < file.length && !isDigit(file[from])) {
            from++;
        }
        int end = from;
        while (end < file.length && isDigit(file[end])) {
            end++;
        }
        String number = NUMBERS[random.nextInt(NUMBERS.length)];
        return replace(file, from, end - from, number.getBytes(StandardCharsets.US_ASCII));
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    static byte[] replace(byte[] file, int from, int count, byte[] by) {
        return join(
                join(Arrays.copyOf(file, from), by),
                Arrays.copyOfRange(file, from + count, file.length));
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] joined = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, joined, a.length, b.length);
        return joined;
    }

    /**
     * Writes a length of any kind into the first eight bytes: the right one more often than not.
     */
    static byte[] headerLength(byte[] file, Random random) {
        if (file.length < 8) {
            return file;
        }
        int close = new String(file, StandardCharsets.ISO_8859_1).lastIndexOf('}');
        long length =
                switch (random.nextInt(8)) {
                    case 0 -> random.nextLong();
                    case 1 -> file.length - 8 + random.nextInt(3) - 1;
                    case 2 -> random.nextInt(file.length);
                    default -> Math.max(0, close + 1 - 8);
                };
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        return file;
    }
}
