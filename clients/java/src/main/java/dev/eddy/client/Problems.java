package dev.eddy.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import dev.eddy.v1.Error;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Turns statuses and refusals of the wire into exceptions. */
final class Problems {
    /** What a broken connection or a server that goes away looks like. */
    private static final Set<Status.Code> CONNECTION_LOST =
            EnumSet.of(
                    Status.Code.UNAVAILABLE,
                    Status.Code.INTERNAL,
                    Status.Code.UNKNOWN,
                    Status.Code.CANCELLED);

    private Problems() {}

    /**
     * Whether attaching again may help: the connection broke, or the server said it would be back.
     */
    static boolean isWorthAnotherTry(Throwable thrown) {
        Status status = Status.fromThrowable(thrown);
        return status.getCode() == Status.Code.UNAVAILABLE
                || (CONNECTION_LOST.contains(status.getCode())
                        && info(thrown).getReason().isEmpty());
    }

    static EddyException exception(Throwable thrown) {
        Status status = Status.fromThrowable(thrown);
        ErrorInfo info = info(thrown);
        String description = status.getDescription();
        String message =
                description == null ? "the server answered " + status.getCode() : description;
        if (info.getReason().equals("FENCED")) {
            return new FencedException(message);
        }
        if (info.getReason().isEmpty() && status.getCode() == Status.Code.UNAVAILABLE) {
            return new UnreachableException(message);
        }
        return new EddyException(
                status.getCode(), info.getReason(), message, info.getMetadataMap());
    }

    static RefusedException refusal(Error error) {
        return new RefusedException(
                Status.fromCodeValue(error.getCodeValue()).getCode(),
                error.getInfo().getReason(),
                error.getMessage(),
                error.getInfo().getMetadataMap());
    }

    /** For a request that was sent behind a refused one. */
    static RefusedException notTaken(long sequence, long refused, RefusedException cause) {
        return new RefusedException(
                cause.code(),
                cause.reason(),
                "request %d was not taken, since request %d before it was refused: %s"
                        .formatted(sequence, refused, cause.getMessage()),
                cause.metadata());
    }

    /** The session forgot requests that this client holds no longer. */
    static EddyException requestsLost(long lastTaken, long oldestHeld) {
        return new EddyException(
                Status.Code.DATA_LOSS,
                "REQUESTS_LOST",
                "the session went back to request %d, and requests up to %d are no longer held"
                        .formatted(lastTaken, oldestHeld - 1),
                Map.of());
    }

    static EddyException interrupted() {
        return new EddyException(
                Status.Code.CANCELLED,
                "INTERRUPTED",
                "interrupted while waiting for the session",
                Map.of());
    }

    private static ErrorInfo info(Throwable thrown) {
        Metadata trailers = Status.trailersFromThrowable(thrown);
        if (trailers != null) {
            com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
            for (var detail : status == null ? List.<Any>of() : status.getDetailsList()) {
                if (detail.is(ErrorInfo.class)) {
                    try {
                        return detail.unpack(ErrorInfo.class);
                    } catch (InvalidProtocolBufferException e) {
                        return ErrorInfo.getDefaultInstance();
                    }
                }
            }
        }
        return ErrorInfo.getDefaultInstance();
    }
}
