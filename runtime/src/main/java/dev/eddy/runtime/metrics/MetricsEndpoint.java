package dev.eddy.runtime.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import kamon.Kamon;
import kamon.prometheus.PrometheusReporter;

/**
 * The page that Prometheus reads, {@code http://HOST:PORT/metrics}, and the metrics shown on it.
 * Kamon is global to the process, and so is this: one may be open at a time.
 */
public final class MetricsEndpoint implements AutoCloseable {
    private static final AtomicBoolean OPEN = new AtomicBoolean();
    private static final String REPORTER = "eddy-prometheus";

    private final HttpServer http;
    private final Metrics metrics;

    private MetricsEndpoint(HttpServer http, Metrics metrics) {
        this.http = http;
        this.metrics = metrics;
    }

    /**
     * Opens the page.
     *
     * @param host address to listen at
     * @param port port to listen at; 0 takes a free one
     * @param interval how often the values shown are brought up to date
     * @throws IOException if nothing can listen there
     * @throws IllegalStateException if this process has one open already
     */
    public static MetricsEndpoint open(String host, int port, Duration interval)
            throws IOException {
        if (!OPEN.compareAndSet(false, true)) {
            throw new IllegalStateException(
                    "this process shows its metrics already; close that endpoint first");
        }
        HttpServer http;
        try {
            http = HttpServer.create(new InetSocketAddress(host, port), 0);
        } catch (IOException | RuntimeException e) {
            OPEN.set(false);
            throw e;
        }
        Kamon.initWithoutAttaching(configuration(interval));
        var reporter = PrometheusReporter.create();
        var unused = Kamon.registerModule(REPORTER, reporter);
        http.createContext("/metrics", exchange -> show(exchange, reporter.scrapeData()));
        http.start();
        return new MetricsEndpoint(http, new KamonMetrics());
    }

    /** The metrics that the page shows. */
    public Metrics metrics() {
        return metrics;
    }

    /** Where the page is. */
    public InetSocketAddress address() {
        return http.getAddress();
    }

    @Override
    public void close() {
        http.stop(0);
        var unused = Kamon.stop();
        OPEN.set(false);
    }

    private static void show(HttpExchange exchange, String text) throws IOException {
        try (exchange) {
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders()
                    .set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Kamon's own settings under ours: what Kamon reads is no setting of Eddy's. */
    private static Config configuration(Duration interval) {
        Map<String, List<Double>> buckets = new HashMap<>();
        for (Metric metric : Metric.values()) {
            if (metric.kind() == Metric.Kind.HISTOGRAM) {
                buckets.put('"' + metric.id() + '"', metric.buckets().bounds());
            }
        }
        Map<String, Object> ours =
                Map.of(
                        "kamon.init.hide-banner", true,
                        "kamon.environment.service", "eddy",
                        "kamon.environment.host", "local",
                        "kamon.metric.tick-interval", interval,
                        "kamon.metric.optimistic-tick-alignment", false,
                        "kamon.modules.prometheus-reporter.enabled", false,
                        "kamon.prometheus.start-embedded-http-server", false);
        Config custom = ConfigFactory.empty();
        for (Map.Entry<String, List<Double>> entry : buckets.entrySet()) {
            custom =
                    custom.withValue(
                            "kamon.prometheus.buckets.custom." + entry.getKey(),
                            ConfigValueFactory.fromIterable(entry.getValue()));
        }
        return ConfigFactory.parseMap(ours).withFallback(custom).withFallback(ConfigFactory.load());
    }
}
