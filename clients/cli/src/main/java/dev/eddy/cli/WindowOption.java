package dev.eddy.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that gives attention a state of constant size. */
final class WindowOption {
    @Option(
            names = "--window",
            paramLabel = "N",
            description =
                    "Let attention see the last N positions alone: its state is of constant size"
                            + " then, and sessions have no end.")
    private @Nullable Integer window;

    /** Positions that attention sees, its own included; 0 for what the model says. */
    int positions() {
        if (window == null) {
            return 0;
        }
        Checks.atLeast("--window", window, 1);
        return window;
    }
}
