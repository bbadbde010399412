package dev.eddy.kernels.backend;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A device measured apart from any model: what its memory gives, against which the bound of a step
 * is taken, and its matrix products beside those of its vendor's library. Used by one thread.
 */
public interface Yardsticks extends AutoCloseable {
    /** What is measured. */
    Device device();

    /** Why the times mean nothing, in words for the user; empty where they mean something. */
    Optional<String> caution();

    /** The highest clocks that the driver states; the device may run at lower ones. */
    Clocks clocks();

    /**
     * Measures the device's memory now; takes half of what is free, up to {@link #BANDWIDTH_BYTES}.
     */
    Bandwidth bandwidth();

    /** Measures what travels between the device and page-locked host memory now. */
    Bus bus();

    /** The vendor's library of products, or why there is none. */
    Library library();

    /**
     * Times a matrix product as a step computes it, with bfloat16 weights: out[R, N] = x[R, K] W[N,
     * K]', x rounded to bfloat16, out float32. Launches follow each other, each with the weights of
     * another of up to 256 places, which take 512 MB: only matrices of less than 0.3 MB stay in a
     * cache.
     *
     * @param product N and K
     * @param rows numbers of rows R to measure with
     * @return a time for each
     * @throws BackendException if the device cannot hold it
     */
    List<ProductTime> times(Product product, int... rows);

    /** Frees what measuring took. */
    @Override
    void close();

    /** Bytes that are read where so many are free. */
    long BANDWIDTH_BYTES = 4L << 30;

    /** In MHz. */
    record Clocks(double multiprocessors, double memory) {}

    /**
     * Bytes a second.
     *
     * @param read of a kernel that adds everything up
     * @param copy of a copy within the device; what it reads and what it writes both count
     * @param bytes that were read each time
     */
    record Bandwidth(double read, double copy, long bytes) {}

    /** Bytes a second, to the device and from it, one way at a time. */
    record Bus(double to, double from) {}

    /**
     * A library.
     *
     * @param found whether it is there
     * @param words its name, version and file; or what was looked for, and where to get it
     */
    record Library(boolean found, String words) {}

    /**
     * The shape of a weight.
     *
     * @param outputs N
     * @param depth K
     */
    record Product(int outputs, int depth) {
        public Product {
            if (outputs < 1 || depth < 1) {
                throw new InvalidRequestException(
                        "a product of %d outputs and depth %d: both must be 1 or more"
                                .formatted(outputs, depth));
            }
        }

        /** Bytes that a launch must move: bfloat16 weights and rows, float32 results. */
        public long bytes(int rows) {
            return 2L * outputs * depth + rows * (2L * depth + 4L * outputs);
        }

        /** Multiplications and additions. */
        public double operations(int rows) {
            return 2.0 * outputs * depth * rows;
        }
    }

    /**
     * What a launch takes.
     *
     * @param rows R
     * @param micros microseconds of ours, the median
     * @param library the same of the library; null where there is none, or it has no such product
     */
    record ProductTime(int rows, double micros, @Nullable LibraryTime library) {}

    /**
     * What the library's product takes.
     *
     * @param micros microseconds, the median
     * @param difference the largest between its results and ours, as a share of the largest result
     */
    record LibraryTime(double micros, double difference) {}
}
