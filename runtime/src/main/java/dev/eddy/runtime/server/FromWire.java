package dev.eddy.runtime.server;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.eddy.runtime.session.Acknowledged;
import dev.eddy.runtime.session.InputPolicy;
import dev.eddy.runtime.session.NewSession;
import dev.eddy.runtime.session.Payload;
import dev.eddy.runtime.session.SamplingOptions;
import dev.eddy.runtime.session.SessionCommand;
import dev.eddy.runtime.session.SessionReply;
import dev.eddy.v1.Ack;
import dev.eddy.v1.Attach;
import dev.eddy.v1.Cancel;
import dev.eddy.v1.Durability;
import dev.eddy.v1.Frames;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Ids;
import dev.eddy.v1.Input;
import dev.eddy.v1.Sampling;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pekko.actor.typed.ActorRef;
import org.jspecify.annotations.Nullable;

/**
 * Messages of the wire as words of sessions. What no session could take whatever its model is
 * refused here, with a {@link ProblemException}; the rest is the session's to refuse.
 */
final class FromWire {
    private static final int MOST_LABELS = 16;
    private static final int LONGEST_LABEL_KEY = 63;
    private static final int LONGEST_LABEL_VALUE = 255;
    private static final int MOST_BIASES = 1024;
    private static final int MOST_STOP_STRINGS = 16;
    private static final int LONGEST_STOP_STRING = 256;
    private static final int MOST_STOP_IDS = 256;
    private static final int MOST_CANDIDATES = 20;
    private static final int WIDEST_PENALTIES = 256;
    private static final java.time.Duration LONGEST_DURATION = java.time.Duration.ofDays(3650);

    private FromWire() {}

    /**
     * An attachment.
     *
     * @param model the model of a new session, looked up by the caller
     * @param credit output elements that the session may send at first
     */
    static SessionCommand.Attach attach(
            Attach attach, @Nullable String model, long credit, ActorRef<SessionReply> stream) {
        return new SessionCommand.Attach(
                stream,
                model == null ? null : newSession(attach.getNewSession(), model),
                attach.getKnownSession().getEpoch(),
                attach.getKnownSession().getAllowRebase(),
                sampling(attach.getSampling()),
                or(policy(attach.getInputPolicy()), InputPolicy.QUEUE),
                durability(attach.getDurability()),
                attach.hasAcknowledged() ? acknowledged(attach.getAcknowledged()) : null,
                attach.hasCredit(),
                credit);
    }

    private static NewSession newSession(dev.eddy.v1.NewSession wire, String model) {
        Map<String, String> labels = wire.getLabelsMap();
        if (labels.size() > MOST_LABELS) {
            throw invalid("INVALID_LABELS", "labels: %s; at most %s", labels.size(), MOST_LABELS);
        }
        labels.forEach((key, value) -> {
            if (key.isEmpty() || key.length() > LONGEST_LABEL_KEY) {
                throw invalid(
                        "INVALID_LABELS",
                        "a label's key has %s characters; from 1 to %s",
                        key.length(),
                        LONGEST_LABEL_KEY);
            }
            if (value.length() > LONGEST_LABEL_VALUE) {
                throw invalid(
                        "INVALID_LABELS",
                        "a label's value has %s characters; at most %s",
                        value.length(),
                        LONGEST_LABEL_VALUE);
            }
        });
        return new NewSession(
                model,
                wire.hasSeed() ? wire.getSeed() : null,
                count("INVALID_LIMIT", "max_position", wire.getMaxPosition()),
                wire.hasKeep() ? duration("keep", wire.getKeep()) : null,
                labels);
    }

    static Acknowledged acknowledged(Ack ack) {
        return new Acknowledged(
                count("ACK_OUT_OF_RANGE", "output_position", ack.getOutputPosition()),
                count("ACK_OUT_OF_RANGE", "turn", ack.getTurn()),
                count("ACK_OUT_OF_RANGE", "position", ack.getPosition()));
    }

    static SessionCommand.Input input(Input input, ActorRef<SessionReply> stream) {
        return new SessionCommand.Input(
                stream,
                count("SEQUENCE_GAP", "sequence", input.getSequence()),
                payload(input),
                input.getEndOfMessage(),
                input.hasTimestamp() ? instant(input.getTimestamp()) : null,
                input.hasDeadline() ? duration("deadline", input.getDeadline()) : null,
                input.getScored(),
                policy(input.getPolicy()));
    }

    private static Payload payload(Input input) {
        return switch (input.getPayloadCase()) {
            case TEXT -> new Payload.Text(input.getText());
            case IDS -> new Payload.Ids(ids(input.getIds()));
            case DATA -> new Payload.Data(input.getData().toByteArray());
            case FRAMES -> frames(input.getFrames());
            // Ends a message whose text came before.
            case PAYLOAD_NOT_SET -> new Payload.Text("");
        };
    }

    private static int[] ids(Ids wire) {
        int[] ids = new int[wire.getValuesCount()];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = id(wire.getValues(i));
        }
        return ids;
    }

    private static int id(int unsigned) {
        if (unsigned < 0) {
            throw invalid(
                    "ID_OUT_OF_RANGE",
                    "id %s; ids are at most %s",
                    Integer.toUnsignedString(unsigned),
                    Integer.MAX_VALUE);
        }
        return unsigned;
    }

    private static Payload.Frames frames(Frames wire) {
        int width = wire.getWidth();
        int count = wire.getValuesCount();
        if (width <= 0 || count % width != 0) {
            throw invalid(
                    "INVALID_FRAMES",
                    "frames of %s values; they must be a multiple of the width, %s, which is at least 1",
                    count,
                    Integer.toUnsignedString(width));
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = wire.getValues(i);
            if (!Float.isFinite(values[i])) {
                throw invalid(
                        "INVALID_FRAMES",
                        "a frame's value is %s; all must be %s",
                        values[i],
                        "finite");
            }
        }
        return new Payload.Frames(width, values);
    }

    static SessionCommand.Generate generate(Generate generate, ActorRef<SessionReply> stream) {
        checkStops(generate.getStopStringsList(), generate.getStopIdsCount());
        int[] stopIds = new int[generate.getStopIdsCount()];
        for (int i = 0; i < stopIds.length; i++) {
            stopIds[i] = id(generate.getStopIds(i));
        }
        Integer candidates = null;
        if (generate.hasLogProbabilities()) {
            candidates =
                    atMost(
                            "INVALID_LIMIT",
                            "log_probabilities",
                            generate.getLogProbabilities(),
                            MOST_CANDIDATES);
        }
        return new SessionCommand.Generate(
                stream,
                count("SEQUENCE_GAP", "sequence", generate.getSequence()),
                generate.hasMaxElements()
                        ? count("INVALID_LIMIT", "max_elements", generate.getMaxElements())
                        : null,
                generate.hasMaxDuration()
                        ? duration("max_duration", generate.getMaxDuration())
                        : null,
                generate.getStopStringsList(),
                stopIds,
                generate.getIgnoreEndIds(),
                sampling(generate.getSampling()),
                candidates,
                generate.hasElementDeadline()
                        ? duration("element_deadline", generate.getElementDeadline())
                        : null);
    }

    private static void checkStops(List<String> strings, int ids) {
        if (strings.size() > MOST_STOP_STRINGS) {
            throw invalid(
                    "INVALID_STOP",
                    "stop strings: %s; at most %s",
                    strings.size(),
                    MOST_STOP_STRINGS);
        }
        for (String string : strings) {
            int bytes = string.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > LONGEST_STOP_STRING) {
                throw invalid(
                        "INVALID_STOP",
                        "a stop string has %s bytes; from 1 to %s",
                        bytes,
                        LONGEST_STOP_STRING);
            }
        }
        if (ids > MOST_STOP_IDS) {
            throw invalid("INVALID_STOP", "stop ids: %s; at most %s", ids, MOST_STOP_IDS);
        }
    }

    static SessionCommand.Cancel cancel(Cancel cancel, ActorRef<SessionReply> stream) {
        return new SessionCommand.Cancel(
                stream,
                count("SEQUENCE_GAP", "sequence", cancel.getSequence()),
                count("INVALID_LIMIT", "turn", cancel.getTurn()));
    }

    private static SamplingOptions sampling(Sampling wire) {
        if (wire.getLogitBiasCount() > MOST_BIASES) {
            throw invalid(
                    "INVALID_SAMPLING",
                    "logit biases: %s; at most %s",
                    wire.getLogitBiasCount(),
                    MOST_BIASES);
        }
        Map<Integer, Float> bias = new HashMap<>();
        wire.getLogitBiasMap().forEach((id, value) -> bias.put(id(id), value));
        return new SamplingOptions(
                wire.hasTemperature() ? wire.getTemperature() : null,
                wire.hasTopK()
                        ? (int) Math.min(Integer.toUnsignedLong(wire.getTopK()), Integer.MAX_VALUE)
                        : null,
                wire.hasTopP() ? wire.getTopP() : null,
                wire.hasMinP() ? wire.getMinP() : null,
                wire.hasRepetitionPenalty() ? wire.getRepetitionPenalty() : null,
                wire.hasPresencePenalty() ? wire.getPresencePenalty() : null,
                wire.hasFrequencyPenalty() ? wire.getFrequencyPenalty() : null,
                wire.hasPenaltyWindow()
                        ? atMost(
                                "INVALID_SAMPLING",
                                "penalty_window",
                                wire.getPenaltyWindow(),
                                WIDEST_PENALTIES)
                        : null,
                bias);
    }

    private static @Nullable InputPolicy policy(dev.eddy.v1.InputPolicy policy) {
        return switch (policy) {
            case INPUT_POLICY_UNSPECIFIED -> null;
            case INPUT_POLICY_INTERRUPT -> InputPolicy.INTERRUPT;
            case INPUT_POLICY_QUEUE -> InputPolicy.QUEUE;
            case INPUT_POLICY_INTERLEAVE -> InputPolicy.INTERLEAVE;
            case UNRECOGNIZED -> throw unknown("input policy");
        };
    }

    private static dev.eddy.runtime.session.@Nullable Durability durability(Durability durability) {
        return switch (durability) {
            case DURABILITY_UNSPECIFIED -> null;
            case DURABILITY_MEMORY -> dev.eddy.runtime.session.Durability.MEMORY;
            case DURABILITY_LOGGED -> dev.eddy.runtime.session.Durability.LOGGED;
            case DURABILITY_COMMITTED -> dev.eddy.runtime.session.Durability.COMMITTED;
            case UNRECOGNIZED -> throw unknown("durability");
        };
    }

    /** A count that the wire carries as uint64 and Java as long. */
    private static long count(String reason, String name, long unsigned) {
        if (unsigned < 0) {
            throw invalid(
                    reason,
                    name + " is %s; at most %s",
                    Long.toUnsignedString(unsigned),
                    Long.MAX_VALUE);
        }
        return unsigned;
    }

    private static int atMost(String reason, String name, int unsigned, int most) {
        if (Integer.compareUnsigned(unsigned, most) > 0) {
            throw invalid(
                    reason, name + " is %s; at most %s", Integer.toUnsignedString(unsigned), most);
        }
        return unsigned;
    }

    private static java.time.Duration duration(String name, Duration wire) {
        boolean sound =
                wire.getSeconds() >= 0 && wire.getNanos() >= 0 && wire.getNanos() < 1_000_000_000;
        if (!sound || wire.getSeconds() > LONGEST_DURATION.getSeconds()) {
            throw invalid(
                    "INVALID_DURATION",
                    name + " is %s; from 0 to %s",
                    wire.getSeconds() + " s and " + wire.getNanos() + " ns",
                    LONGEST_DURATION.getSeconds() + " s");
        }
        return java.time.Duration.ofSeconds(wire.getSeconds(), wire.getNanos());
    }

    private static Instant instant(Timestamp wire) {
        try {
            return Instant.ofEpochSecond(wire.getSeconds(), wire.getNanos());
        } catch (DateTimeException | ArithmeticException e) {
            throw invalid(
                    "INVALID_DURATION",
                    "timestamp is %s; at most %s",
                    wire.getSeconds() + " s",
                    Instant.MAX.getEpochSecond() + " s");
        }
    }

    private static <T> T or(@Nullable T value, T otherwise) {
        return value != null ? value : otherwise;
    }

    private static ProblemException unknown(String what) {
        return new ProblemException(
                Problem.invalid(
                        "UNKNOWN_VALUE",
                        "this server does not know this "
                                + what
                                + "; use one that its version of the protocol names",
                        "unknown",
                        what));
    }

    private static ProblemException invalid(
            String reason, String format, Object value, Object limit) {
        return new ProblemException(
                Problem.invalid(reason, format.formatted(value, limit), value, limit));
    }
}
