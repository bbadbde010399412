package dev.eddy.runtime.metrics;

/**
 * Metrics that nobody reads; still strict about kinds and tags, so that tests without Prometheus
 * find mistakes.
 */
final class NoMetrics implements Metrics {
    static final NoMetrics INSTANCE = new NoMetrics();

    private static final Counter COUNTER = n -> {};
    private static final Histogram HISTOGRAM = value -> {};
    private static final Gauge GAUGE =
            new Gauge() {
                @Override
                public void set(long value) {}

                @Override
                public void add(long n) {}
            };

    private NoMetrics() {}

    @Override
    public Counter counter(Metric metric, String... tagValues) {
        check(metric, Metric.Kind.COUNTER, tagValues);
        return COUNTER;
    }

    @Override
    public Gauge gauge(Metric metric, String... tagValues) {
        check(metric, Metric.Kind.GAUGE, tagValues);
        return GAUGE;
    }

    @Override
    public Histogram histogram(Metric metric, String... tagValues) {
        check(metric, Metric.Kind.HISTOGRAM, tagValues);
        return HISTOGRAM;
    }

    static void check(Metric metric, Metric.Kind kind, String... tagValues) {
        if (metric.kind() != kind) {
            throw new IllegalArgumentException(
                    metric + " is a " + metric.kind() + ", asked for as " + kind);
        }
        if (tagValues.length != metric.tags().size()) {
            throw new IllegalArgumentException(
                    metric
                            + " has the tags "
                            + metric.tags()
                            + ", given were "
                            + tagValues.length
                            + " values");
        }
    }
}
