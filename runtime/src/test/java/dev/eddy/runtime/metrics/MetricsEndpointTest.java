package dev.eddy.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class MetricsEndpointTest {
    @Test
    void open_afterMeasurements_showsThemInBaseUnits() throws Exception {
        try (var endpoint = MetricsEndpoint.open("127.0.0.1", 0, Duration.ofMillis(100))) {
            Metrics metrics = endpoint.metrics();
            metrics.counter(Metric.ELEMENTS_IN, "prose").add(3);
            metrics.counter(Metric.ELEMENTS_IN, "prose").add(4);
            metrics.gauge(Metric.SESSIONS, "slot").set(5);
            metrics.gauge(Metric.SESSIONS, "slot").add(-2);
            metrics.gauge(Metric.MEMORY, "cpu:0", "prose", "arena").set(4096);
            metrics.histogram(Metric.STEP_TIME, "prose").record(2_000_000);
            metrics.histogram(Metric.BATCH_ENTRIES, "prose").record(3);

            String page = sortLabels(awaitPage(endpoint, "eddy_step_time_seconds_count"));

            assertThat(page)
                    .contains("eddy_elements_in_total{model=\"prose\"} 7.0")
                    .contains("eddy_sessions{residence=\"slot\"} 3.0")
                    .contains(
                            "eddy_memory_bytes{device=\"cpu:0\",holds=\"arena\",model=\"prose\"}"
                                    + " 4096.0")
                    .contains("eddy_step_time_seconds_bucket{le=\"0.001\",model=\"prose\"} 0.0")
                    .contains("eddy_step_time_seconds_bucket{le=\"0.0025\",model=\"prose\"} 1.0")
                    .contains("eddy_batch_entries_bucket{le=\"4.0\",model=\"prose\"} 1.0");
        }
    }

    @Test
    void open_whileAnotherIsOpen_isRefused() throws Exception {
        try (var endpoint = MetricsEndpoint.open("127.0.0.1", 0, Duration.ofSeconds(1))) {
            assertThat(endpoint.address().getPort()).isPositive();
            assertThatThrownBy(() -> MetricsEndpoint.open("127.0.0.1", 0, Duration.ofSeconds(1)))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void counter_ofAGaugeOrWithoutItsTags_isRefusedByName() {
        Metrics metrics = Metrics.none();
        assertThatThrownBy(() -> metrics.counter(Metric.SESSIONS, "slot"))
                .hasMessageContaining("SESSIONS is a GAUGE");
        assertThatThrownBy(() -> metrics.counter(Metric.TURNS, "prose"))
                .hasMessageContaining("[model, reason]");
    }

    /** The page with the labels of each line in alphabetical order: Kamon keeps none. */
    private static String sortLabels(String page) {
        return Pattern.compile("\\{(.*)}")
                .matcher(page)
                .replaceAll(labels ->
                        Arrays.stream(labels.group(1).split(","))
                                .sorted()
                                .collect(Collectors.joining(",", "{", "}")));
    }

    private static String awaitPage(MetricsEndpoint endpoint, String until)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            var request =
                    HttpRequest.newBuilder(
                                    URI.create(
                                            "http://127.0.0.1:"
                                                    + endpoint.address().getPort()
                                                    + "/metrics"))
                            .build();
            String page = "";
            for (int i = 0; i < 600 && !page.contains(until); i++) {
                Thread.sleep(50);
                page = http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            }
            return page;
        }
    }
}
