package dev.eddy.runtime.session;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session to be created.
 *
 * @param model the model's name
 * @param seed the key of its randomness; null lets the server choose
 * @param maxPosition for a growing state, the position it will never exceed; 0 for the server's
 *     default
 * @param keep how long it is kept while no stream is attached; null for the server's default, zero
 *     to delete it with its first stream
 * @param labels notes to find it by
 */
public record NewSession(
        String model,
        @Nullable Long seed,
        long maxPosition,
        @Nullable Duration keep,
        Map<String, String> labels) {
    public NewSession {
        labels = Map.copyOf(labels);
    }
}
