package dev.eddy.runtime.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import kamon.Kamon;
import kamon.metric.MeasurementUnit;
import kamon.tag.TagSet;

/** Metrics kept by Kamon's API, without its agent. */
final class KamonMetrics implements Metrics {
    private record Key(Metric metric, List<String> tagValues) {}

    private final ConcurrentHashMap<Key, Counter> counters = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, Gauge> gauges = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Key, Histogram> histograms = new ConcurrentHashMap<>();

    @Override
    public Counter counter(Metric metric, String... tagValues) {
        return lookUp(
                counters,
                Metric.Kind.COUNTER,
                metric,
                tagValues,
                tags -> {
                    var kamon =
                            Kamon.counter(metric.id(), metric.description(), unit(metric))
                                    .withTags(tags);
                    return kamon::increment;
                });
    }

    @Override
    public Gauge gauge(Metric metric, String... tagValues) {
        return lookUp(
                gauges,
                Metric.Kind.GAUGE,
                metric,
                tagValues,
                tags -> {
                    var kamon =
                            Kamon.gauge(metric.id(), metric.description(), unit(metric))
                                    .withTags(tags);
                    return new Gauge() {
                        @Override
                        public void set(long value) {
                            kamon.update(value);
                        }

                        @Override
                        public void add(long n) {
                            kamon.increment(n);
                        }
                    };
                });
    }

    @Override
    public Histogram histogram(Metric metric, String... tagValues) {
        return lookUp(
                histograms,
                Metric.Kind.HISTOGRAM,
                metric,
                tagValues,
                tags -> {
                    var kamon =
                            Kamon.histogram(metric.id(), metric.description(), unit(metric))
                                    .withTags(tags);
                    return value -> kamon.record(Math.max(0, value));
                });
    }

    private static <I> I lookUp(
            ConcurrentHashMap<Key, I> instruments,
            Metric.Kind kind,
            Metric metric,
            String[] tagValues,
            Function<TagSet, I> create) {
        NoMetrics.check(metric, kind, tagValues);
        return instruments.computeIfAbsent(
                new Key(metric, List.copyOf(Arrays.asList(tagValues))),
                key -> create.apply(tags(key)));
    }

    private static TagSet tags(Key key) {
        var builder = TagSet.builder();
        for (int i = 0; i < key.tagValues().size(); i++) {
            builder.add(key.metric().tags().get(i), key.tagValues().get(i));
        }
        return builder.build();
    }

    private static MeasurementUnit unit(Metric metric) {
        return switch (metric.unit()) {
            case NONE -> MeasurementUnit.none();
            case BYTES -> MeasurementUnit.information().bytes();
            case NANOSECONDS -> MeasurementUnit.time().nanoseconds();
        };
    }
}
