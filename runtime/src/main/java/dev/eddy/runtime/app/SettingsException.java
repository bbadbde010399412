package dev.eddy.runtime.app;

/**
 * A setting that cannot be used: its message names the key, the value, the limit and the remedy.
 */
public final class SettingsException extends RuntimeException {
    private static final long serialVersionUID = 1;

    SettingsException(String message) {
        super(message);
    }
}
