package dev.eddy.runtime.metrics;

/**
 * Where measurements go. An instrument is looked up once, with the values of its metric's tags in
 * their order, and kept; using it is safe from any thread and takes some tens of nanoseconds.
 */
public interface Metrics {
    /** Counts up. */
    interface Counter {
        /** Adds {@code n}, at least 0. */
        void add(long n);
    }

    /** Holds the latest value. */
    interface Gauge {
        /** Replaces the value. */
        void set(long value);

        /** Adds {@code n}, which may be negative. */
        void add(long n);
    }

    /** Collects a distribution. */
    interface Histogram {
        /** Records one value, at least 0, in the metric's unit: nanoseconds for times. */
        void record(long value);
    }

    /**
     * The counter of a metric with these tag values.
     *
     * @throws IllegalArgumentException if the metric is no counter or has another number of tags
     */
    Counter counter(Metric metric, String... tagValues);

    /**
     * The gauge of a metric with these tag values.
     *
     * @throws IllegalArgumentException if the metric is no gauge or has another number of tags
     */
    Gauge gauge(Metric metric, String... tagValues);

    /**
     * The histogram of a metric with these tag values.
     *
     * @throws IllegalArgumentException if the metric is no histogram or has another number of tags
     */
    Histogram histogram(Metric metric, String... tagValues);

    /** Metrics that nobody reads: nothing is kept, nothing of Kamon is loaded. */
    static Metrics none() {
        return NoMetrics.INSTANCE;
    }
}
