package dev.eddy.runtime.server;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.eddy.runtime.session.Refusal;
import dev.eddy.runtime.session.SessionException;
import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, as the wire says it: the only place where exceptions and refusals become codes
 * and reasons.
 *
 * @param code the canonical code
 * @param reason in UPPER_SNAKE_CASE, one of those that the protocol document lists
 * @param message what failed, the value, the limit and the remedy, for a person
 * @param details the values, for a program
 */
record Problem(Code code, String reason, String message, Map<String, String> details) {
    private static final String DOMAIN = "eddy.dev";

    /** Trailers have room for some 8 KiB, and carry the message twice, encoded. */
    private static final int LONGEST_MESSAGE = 500;

    private static final int LONGEST_DETAIL = 80;

    Problem {
        message = Text.shown(message, LONGEST_MESSAGE);
        details =
                details.entrySet().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        Map.Entry::getKey,
                                        detail -> Text.shown(detail.getValue(), LONGEST_DETAIL)));
    }

    static Problem invalid(String reason, String message, Object value, Object limit) {
        return new Problem(
                Code.INVALID_ARGUMENT,
                reason,
                message,
                Map.of("value", String.valueOf(value), "limit", String.valueOf(limit)));
    }

    static Problem of(Code code, String reason, String message) {
        return new Problem(code, reason, message, Map.of());
    }

    /** Something that is declared and that this server does not do. */
    static Problem notServed(String key, String what) {
        return new Problem(
                Code.UNIMPLEMENTED,
                "NOT_SERVED",
                what
                        + " is not served yet; this version of the protocol declares it for a later one",
                Map.of(key, what));
    }

    /** A defect: the incident is what to look for in the log. */
    static Problem internal(String incident) {
        return new Problem(
                Code.INTERNAL,
                "INTERNAL",
                "a defect of the server; its log tells more under incident " + incident,
                Map.of("incident", incident));
    }

    static Problem of(Refusal refusal) {
        return new Problem(
                code(refusal), refusal.reason().name(), refusal.message(), refusal.details());
    }

    private static Code code(Refusal refusal) {
        return switch (refusal.reason()) {
            case MODEL_NOT_FOUND, SESSION_NOT_FOUND, SESSION_DELETED -> Code.NOT_FOUND;
            case INVALID_SESSION_ID,
                    INVALID_SAMPLING,
                    INVALID_STOP,
                    INVALID_LIMIT,
                    WRONG_ELEMENT_KIND,
                    ID_OUT_OF_RANGE,
                    INVALID_FRAMES,
                    INPUT_TOO_LARGE,
                    ACK_OUT_OF_RANGE ->
                    Code.INVALID_ARGUMENT;
            case NOT_ATTACHED,
                    ALREADY_ATTACHED,
                    SEQUENCE_GAP,
                    NOTHING_ABSORBED,
                    STATE_ID_MISMATCH,
                    NUMERICS_ID_MISMATCH ->
                    Code.FAILED_PRECONDITION;
            case POSITION_LIMIT, OUTPUT_NOT_KEPT -> Code.OUT_OF_RANGE;
            case NO_CAPACITY, TOO_MANY_SESSIONS -> Code.RESOURCE_EXHAUSTED;
            case FENCED -> Code.ABORTED;
            case DRAINING, SESSION_UNREACHABLE -> Code.UNAVAILABLE;
            case NOT_SERVED -> Code.UNIMPLEMENTED;
            case INTERNAL -> Code.INTERNAL;
        };
    }

    /**
     * The problem that an exception tells of, if it is one that a client can have caused; null for
     * a defect.
     */
    static @Nullable Problem known(Throwable thrown) {
        return switch (thrown) {
            case ProblemException e -> e.problem();
            case SessionException e -> of(e.refusal());
            case CompletionException e when e.getCause() != null -> known(e.getCause());
            default -> null;
        };
    }

    /** The status of a call that ends with this problem. */
    StatusRuntimeException toStatus() {
        return StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .addDetails(Any.pack(info()))
                        .build());
    }

    /**
     * The answer to a request that is refused within a conversation; sequence 0 for one without
     * number.
     */
    dev.eddy.v1.Error toError(long sequence) {
        return dev.eddy.v1.Error.newBuilder()
                .setSequence(sequence)
                .setCode(code)
                .setMessage(message)
                .setInfo(info())
                .build();
    }

    private ErrorInfo info() {
        return ErrorInfo.newBuilder()
                .setReason(reason)
                .setDomain(DOMAIN)
                .putAllMetadata(details)
                .build();
    }

    /** Whether a status says something by itself, as those of this server and of gRPC do. */
    static boolean isStatus(Throwable thrown) {
        return (thrown instanceof StatusRuntimeException || thrown instanceof StatusException)
                && Status.fromThrowable(thrown).getCode() != Status.Code.UNKNOWN;
    }
}
