package dev.eddy.cli;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of a server for models with attention, whose state may grow. */
final class StateOptions {
    @Mixin private WindowOption window = new WindowOption();

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
        if (window.positions() > 0) {
            settings.put("eddy.device.window", window.positions());
        }
        if (positions != null) {
            Checks.atLeast("--positions", positions, 1);
            settings.put("eddy.device.positions", positions);
        }
        return settings;
    }
}
