package dev.eddy.runtime.session;

import java.util.Map;

/**
 * Why a session refused something.
 *
 * @param message what failed, the value, the limit and the remedy, for a person
 * @param details the values, for a program
 */
public record Refusal(Reason reason, String message, Map<String, String> details) {
    public Refusal {
        details = Map.copyOf(details);
    }

    /** A refusal that its message says all about. */
    public static Refusal of(Reason reason, String message) {
        return new Refusal(reason, message, Map.of());
    }

    /** A refusal of {@code value} for breaking {@code limit}. */
    public static Refusal of(Reason reason, String message, Object value, Object limit) {
        return new Refusal(
                reason,
                message,
                Map.of("value", String.valueOf(value), "limit", String.valueOf(limit)));
    }
}
