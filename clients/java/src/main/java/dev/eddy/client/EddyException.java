package dev.eddy.client;

import io.grpc.Status;
import java.util.Map;

/**
 * What went wrong, as the server or the connection told it. {@link #getMessage} is for a person,
 * {@link #reason} for a program.
 */
public sealed class EddyException extends RuntimeException
        permits RefusedException, FencedException, UnreachableException {
    private static final long serialVersionUID = 1;

    private final Status.Code code;
    private final String reason;
    private final Map<String, String> metadata;

    EddyException(Status.Code code, String reason, String message, Map<String, String> metadata) {
        super(message);
        this.code = code;
        this.reason = reason;
        this.metadata = Map.copyOf(metadata);
    }

    /** The canonical code. */
    public final Status.Code code() {
        return code;
    }

    /**
     * The reason in UPPER_SNAKE_CASE, as the protocol document lists them; empty where the server
     * gave none.
     */
    public final String reason() {
        return reason;
    }

    /** The values that the reason speaks of ({@code value}, {@code limit}, ...); may be empty. */
    public final Map<String, String> metadata() {
        return metadata;
    }
}
