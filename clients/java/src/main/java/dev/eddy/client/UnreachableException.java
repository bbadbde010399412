package dev.eddy.client;

import io.grpc.Status;
import java.util.Map;

/** The server could not be reached for as long as the client was told to try. */
public final class UnreachableException extends EddyException {
    private static final long serialVersionUID = 1;

    UnreachableException(String message) {
        super(Status.Code.UNAVAILABLE, "UNREACHABLE", message, Map.of());
    }
}
