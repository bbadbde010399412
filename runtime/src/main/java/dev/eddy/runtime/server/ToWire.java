package dev.eddy.runtime.server;

import com.google.protobuf.Duration;
import com.google.protobuf.Timestamp;
import dev.eddy.runtime.session.DetachReason;
import dev.eddy.runtime.session.SessionInfo;
import dev.eddy.runtime.session.SessionReply;
import dev.eddy.runtime.session.TurnEndReason;
import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Attached;
import dev.eddy.v1.Candidate;
import dev.eddy.v1.Detached;
import dev.eddy.v1.Durability;
import dev.eddy.v1.Durable;
import dev.eddy.v1.Frames;
import dev.eddy.v1.LogProbability;
import dev.eddy.v1.Output;
import dev.eddy.v1.Residence;
import dev.eddy.v1.ResumeHint;
import dev.eddy.v1.Scores;
import dev.eddy.v1.Session;
import dev.eddy.v1.StateGrowth;
import dev.eddy.v1.Timings;
import dev.eddy.v1.TurnEnded;
import dev.eddy.v1.Usage;
import java.time.Instant;

/** Words of sessions as messages of the wire. */
final class ToWire {
    private ToWire() {}

    static Attached attached(SessionReply.Attached attached) {
        return Attached.newBuilder()
                .setSessionId(attached.sessionId())
                .setEpoch(attached.epoch())
                .setPosition(attached.position())
                .setOutputPosition(attached.outputPosition())
                .setLastSequence(attached.lastSequence())
                .setTurn(attached.turn())
                .setSeed(attached.seed())
                .setBranch(attached.branch())
                .setStateBytes(attached.stateBytes())
                .setStateGrowth(growth(attached.growing()))
                .setStateId(attached.stateId())
                .setNumericsId(attached.numericsId())
                .setModel(attached.model())
                .setDurability(durability(attached.durability()))
                .setUnacknowledgedLimit(attached.unacknowledgedLimit())
                .setInputLimit(attached.inputLimit())
                .build();
    }

    static Absorbed absorbed(SessionReply.Absorbed absorbed) {
        var wire =
                Absorbed.newBuilder()
                        .setSequence(absorbed.sequence())
                        .setPosition(absorbed.position());
        SessionReply.Scores scores = absorbed.scores();
        if (scores != null) {
            var run =
                    Scores.newBuilder()
                            .setSequence(scores.sequence())
                            .setFirstPosition(scores.firstPosition());
            for (float score : scores.logProbabilities()) {
                run.addLogProbabilities(score);
            }
            wire.setScores(run);
        }
        java.time.Duration lateness = absorbed.lateness();
        if (lateness != null) {
            wire.setLateness(duration(lateness));
        }
        return wire.build();
    }

    static Durable durable(SessionReply.Durable durable) {
        return Durable.newBuilder()
                .setPosition(durable.position())
                .setSequence(durable.sequence())
                .setOutputPosition(durable.outputPosition())
                .build();
    }

    static Output output(SessionReply.Output output) {
        var wire =
                Output.newBuilder()
                        .setTurn(output.turn())
                        .setOutputPosition(output.outputPosition())
                        .setPosition(output.position())
                        .setText(output.text());
        for (int id : output.ids()) {
            wire.addIds(id);
        }
        if (output.frameWidth() > 0) {
            var frames = Frames.newBuilder().setWidth(output.frameWidth());
            for (float value : output.frames()) {
                frames.addValues(value);
            }
            wire.setFrames(frames);
        }
        SessionReply.LogProbabilities probabilities = output.logProbabilities();
        if (probabilities != null) {
            for (int element = 0; element < probabilities.chosen().length; element++) {
                wire.addLogProbabilities(logProbability(probabilities, element));
            }
        }
        return wire.build();
    }

    /** Elements in an output. */
    static int elements(SessionReply.Output output) {
        return output.frameWidth() > 0
                ? output.frames().length / output.frameWidth()
                : output.ids().length;
    }

    private static LogProbability logProbability(SessionReply.LogProbabilities of, int element) {
        var wire = LogProbability.newBuilder().setChosen(of.chosen()[element]);
        for (int rank = 0; rank < of.candidates(); rank++) {
            int at = element * of.candidates() + rank;
            wire.addTop(
                    Candidate.newBuilder()
                            .setId(of.ids()[at])
                            .setLogProbability(of.logProbabilities()[at]));
        }
        return wire.build();
    }

    static TurnEnded turnEnded(SessionReply.TurnEnded end) {
        var wire =
                TurnEnded.newBuilder()
                        .setTurn(end.turn())
                        .setReason(reason(end.reason()))
                        .setPosition(end.position())
                        .setOutputPosition(end.outputPosition())
                        .setMatchedString(end.matchedString())
                        .setUsage(
                                Usage.newBuilder()
                                        .setInputElements(end.usage().input())
                                        .setOutputElements(end.usage().output())
                                        .setHiddenElements(end.usage().hidden())
                                        .setLateElements(end.usage().late()));
        if (end.matchedId() >= 0) {
            wire.setMatchedId(end.matchedId());
        }
        SessionReply.Timings timings = end.timings();
        if (timings != null) {
            wire.setTimings(timings(timings));
        }
        if (end.refusal() != null) {
            wire.setError(Problem.of(end.refusal()).toError(end.turn()));
        }
        return wire.build();
    }

    private static Timings timings(SessionReply.Timings timings) {
        var wire =
                Timings.newBuilder()
                        .setQueued(duration(timings.queued()))
                        .setTotal(duration(timings.total()))
                        .setWithoutCredit(duration(timings.withoutCredit()));
        java.time.Duration first = timings.firstOutput();
        if (first != null) {
            wire.setFirstOutput(duration(first));
        }
        return wire.build();
    }

    static Detached detached(SessionReply.Detached detached, java.time.Duration retryAfter) {
        var wire = Detached.newBuilder().setReason(reason(detached.reason()));
        if (detached.refusal() != null) {
            wire.setError(Problem.of(detached.refusal()).toError(0));
        }
        if (detached.reason() != DetachReason.DELETED) {
            var hint =
                    ResumeHint.newBuilder()
                            .setSessionId(detached.sessionId())
                            .setEpoch(detached.epoch())
                            .setPosition(detached.position())
                            .setOutputPosition(detached.outputPosition())
                            .setLastSequence(detached.lastSequence());
            if (detached.reason() == DetachReason.DRAINING) {
                hint.setRetryAfter(duration(retryAfter));
            }
            wire.setResume(hint);
        }
        return wire.build();
    }

    static Session session(SessionInfo info) {
        return Session.newBuilder()
                .setSessionId(info.sessionId())
                .setModel(info.model())
                .setPosition(info.position())
                .setOutputPosition(info.outputPosition())
                .setLastSequence(info.lastSequence())
                .setEpoch(info.epoch())
                .setAttached(info.attached())
                .setGenerating(info.generating())
                .setResidence(
                        switch (info.residence()) {
                            case SLOT -> Residence.RESIDENCE_SLOT;
                            case HOST -> Residence.RESIDENCE_HOST;
                            case STORE -> Residence.RESIDENCE_STORE;
                        })
                .setStateBytes(info.stateBytes())
                .setStateGrowth(growth(info.growing()))
                .setStateId(info.stateId())
                .setNumericsId(info.numericsId())
                .setSeed(info.seed())
                .setBranch(info.branch())
                .setDurability(durability(info.durability()))
                .setCreateTime(timestamp(info.created()))
                .setActiveTime(timestamp(info.active()))
                .putAllLabels(info.labels())
                .build();
    }

    private static TurnEnded.Reason reason(TurnEndReason reason) {
        return switch (reason) {
            case END_ID -> TurnEnded.Reason.END_ID;
            case STOP_ID -> TurnEnded.Reason.STOP_ID;
            case STOP_STRING -> TurnEnded.Reason.STOP_STRING;
            case MAX_ELEMENTS -> TurnEnded.Reason.MAX_ELEMENTS;
            case MAX_DURATION -> TurnEnded.Reason.MAX_DURATION;
            case CANCELLED -> TurnEnded.Reason.CANCELLED;
            case INTERRUPTED -> TurnEnded.Reason.INTERRUPTED;
            case MAX_POSITION -> TurnEnded.Reason.MAX_POSITION;
            case FAILED -> TurnEnded.Reason.FAILED;
        };
    }

    private static Detached.Reason reason(DetachReason reason) {
        return switch (reason) {
            case REQUESTED -> Detached.Reason.REQUESTED;
            case COMPLETED -> Detached.Reason.COMPLETED;
            case OUT_OF_CREDIT -> Detached.Reason.OUT_OF_CREDIT;
            case FENCED -> Detached.Reason.FENCED;
            case DRAINING -> Detached.Reason.DRAINING;
            case DELETED -> Detached.Reason.DELETED;
            case REWOUND -> Detached.Reason.REWOUND;
            case FAILED -> Detached.Reason.FAILED;
            case MOVED -> Detached.Reason.MOVED;
        };
    }

    private static StateGrowth growth(boolean growing) {
        return growing ? StateGrowth.STATE_GROWTH_GROWING : StateGrowth.STATE_GROWTH_CONSTANT;
    }

    private static Durability durability(dev.eddy.runtime.session.Durability durability) {
        return switch (durability) {
            case MEMORY -> Durability.DURABILITY_MEMORY;
            case LOGGED -> Durability.DURABILITY_LOGGED;
            case COMMITTED -> Durability.DURABILITY_COMMITTED;
        };
    }

    private static Duration duration(java.time.Duration duration) {
        return Duration.newBuilder()
                .setSeconds(duration.getSeconds())
                .setNanos(duration.getNano())
                .build();
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.newBuilder()
                .setSeconds(instant.getEpochSecond())
                .setNanos(instant.getNano())
                .build();
    }
}
