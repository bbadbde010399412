package dev.eddy.cli;

import java.util.Locale;

/** A progress bar on standard error: drawn on a terminal, silent in a pipe. */
final class Progress implements AutoCloseable {
    private static final int WIDTH = 30;
    private static final long REDRAW_NANOS = 100_000_000L;

    private final String label;
    private final boolean terminal = System.console() != null && System.console().isTerminal();
    private final long started = System.nanoTime();
    private long drawn = started;
    private boolean visible;

    Progress(String label) {
        this.label = label;
    }

    /** Tells the share done, 0 to 1. */
    void update(double share) {
        long now = System.nanoTime();
        if (!terminal || now - drawn < REDRAW_NANOS) {
            return;
        }
        drawn = now;
        visible = true;
        int filled = (int) Math.round(Math.clamp(share, 0.0, 1.0) * WIDTH);
        double seconds = (now - started) / 1e9;
        String left =
                share > 0.02
                        ? String.format(Locale.ROOT, ", %.0f s left", seconds / share - seconds)
                        : "";
        System.err.printf(
                Locale.ROOT,
                "\r\033[2K%s [%s%s] %3.0f %%%s",
                label,
                "#".repeat(filled),
                ".".repeat(WIDTH - filled),
                share * 100,
                left);
        System.err.flush();
    }

    /** Wipes the bar. */
    @Override
    public void close() {
        if (visible) {
            System.err.print("\r\033[2K");
            System.err.flush();
        }
    }
}
