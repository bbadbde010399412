package dev.eddy.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a server for models with attention, whose state may grow. */
final class StateOptions {
    @Option(
            names = "--window",
            paramLabel = "N",
            description =
                    "Let attention see the last N positions alone: its state is of constant size"
                            + " then, and sessions have no end.")
    private @Nullable Integer window;

    @Option(
            names = "--positions",
            paramLabel = "N",
            description =
                    "Where a session whose state grows ends, unless it declares another position"
                            + " (default: 4096).")
    private @Nullable Integer positions;

    /** What was chosen, as settings of a server. */
    Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>();
        if (window != null) {
            Checks.atLeast("--window", window, 1);
            settings.put("eddy.device.window", window);
        }
        if (positions != null) {
            Checks.atLeast("--positions", positions, 1);
            settings.put("eddy.device.positions", positions);
        }
        return settings;
    }
}
