package dev.eddy.client;

import io.grpc.Status;
import java.util.Map;

/**
 * Another client attached to the session, which is its now. Attach again only on purpose: it fences
 * the other.
 */
public final class FencedException extends EddyException {
    private static final long serialVersionUID = 1;

    FencedException(String message) {
        super(Status.Code.ABORTED, "FENCED", message, Map.of());
    }
}
