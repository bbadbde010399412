package dev.eddy.runtime.app;

import java.time.Duration;

/**
 * What the metrics page is told by {@code eddy.metrics}.
 *
 * @param host address to listen at
 * @param port port to listen at, 0 for a free one, -1 for no page
 * @param interval how often its values are brought up to date
 */
public record MetricsSettings(String host, int port, Duration interval) {
    /** Port that stands for no page. */
    public static final int NO_PAGE = -1;
}
