package dev.eddy.client;

import io.grpc.Status;
import java.util.Map;

/**
 * A request was refused and had no effect; the conversation goes on. Requests sent behind it are
 * refused with it, since they were made on the assumption that it would be taken.
 */
public final class RefusedException extends EddyException {
    private static final long serialVersionUID = 1;

    RefusedException(
            Status.Code code, String reason, String message, Map<String, String> metadata) {
        super(code, reason, message, metadata);
    }
}
