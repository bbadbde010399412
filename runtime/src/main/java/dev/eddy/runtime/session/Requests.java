package dev.eddy.runtime.session;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.program.Program;
import dev.eddy.runtime.engine.Elements;
import dev.eddy.runtime.tokenizer.Encoder;
import dev.eddy.runtime.tokenizer.Tokenizer;
import dev.eddy.runtime.tokenizer.TokenizerException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Checks requests against a session's model and state and turns them into events of its log. */
final class Requests {
    private static final int MAX_STOPS = 16;
    private static final int MAX_STOP_BYTES = 256;
    private static final int MAX_STOP_IDS = 256;

    private final SessionModel model;
    private final SessionSettings settings;
    private final long reach;

    /**
     * Checks for a session.
     *
     * @param reach the position up to which the engine may already be on its way
     */
    Requests(SessionModel model, SessionSettings settings, long reach) {
        this.model = model;
        this.settings = settings;
        this.reach = reach;
    }

    /**
     * An input, taken.
     *
     * @throws SessionException if it is refused
     */
    SessionEvent.InputTaken input(
            SessionCommand.Input input,
            SessionState state,
            long sequence,
            InputPolicy policy,
            long at) {
        Settled settled =
                switch (input.payload()) {
                    case Payload.Text(String text) -> text(text, input.endOfMessage(), state);
                    case Payload.Ids(int[] ids) -> ids(ids, state);
                    case Payload.Data(byte[] bytes) -> data(bytes, state);
                    case Payload.Frames frames -> frames(frames);
                };
        int count = settled.elements.count();
        if (count > settings.maxInput()) {
            throw refuse(
                    Reason.INPUT_TOO_LARGE,
                    "the input has "
                            + count
                            + " elements; at most "
                            + settings.maxInput()
                            + " come at once: cut it into several",
                    count,
                    settings.maxInput());
        }
        checkRoom(count, state);
        return new SessionEvent.InputTaken(
                sequence,
                settled.elements,
                settled.unsettled,
                policy,
                input.scored(),
                micros(input.timestamp()),
                nanos("deadline", input.deadline()),
                at);
    }

    /**
     * A turn, taken.
     *
     * @throws SessionException if it is refused
     */
    SessionEvent.GenerateTaken generate(
            SessionCommand.Generate generate, SessionState state, long sequence, long at) {
        if (!model.samples()) {
            throw new SessionException(
                    Refusal.of(
                            Reason.WRONG_ELEMENT_KIND,
                            "model "
                                    + model.name()
                                    + " gives one output for each element it absorbs; it has no"
                                    + " turns: send input"));
        }
        Elements settled =
                state.unsettled.isEmpty() ? Elements.NONE : text("", true, state).elements;
        if (state.position() == 0 && state.backlog() == 0 && settled.count() == 0) {
            throw new SessionException(
                    Refusal.of(
                            Reason.NOTHING_ABSORBED,
                            "the session has absorbed nothing, so there is nothing to go on from:"
                                    + " send input first"));
        }
        checkRoom(settled.count(), state);
        return new SessionEvent.GenerateTaken(
                sequence, settled, state.unsettledScored, spec(generate, state), at);
    }

    /** Refuses elements beyond the session's limit: nothing of them is absorbed. */
    private void checkRoom(int count, SessionState state) {
        long end = reach + state.backlog() + count;
        if (count > 0 && end > state.limit) {
            throw refuse(
                    Reason.POSITION_LIMIT,
                    "with "
                            + count
                            + " elements the session would reach position "
                            + end
                            + (reach > state.position() ? ", its turn under way included" : "")
                            + "; its limit is "
                            + state.limit
                            + ": open a session with a larger max_position",
                    end,
                    state.limit);
        }
    }

    private TurnSpec spec(SessionCommand.Generate generate, SessionState state) {
        Long maxElements = generate.maxElements();
        if (maxElements != null && maxElements < 0) {
            throw refuse(
                    Reason.INVALID_LIMIT,
                    "max_elements is " + maxElements + "; allowed is 0 or more",
                    maxElements,
                    0);
        }
        Integer logProbabilities = generate.logProbabilities();
        if (logProbabilities != null
                && (logProbabilities < 0 || logProbabilities > Sampling.MAX_TOP_LOG_PROBS)) {
            throw refuse(
                    Reason.INVALID_LIMIT,
                    "log_probabilities is "
                            + logProbabilities
                            + "; allowed is 0 to "
                            + Sampling.MAX_TOP_LOG_PROBS,
                    logProbabilities,
                    Sampling.MAX_TOP_LOG_PROBS);
        }
        checkStops(generate);
        SamplingOptions sampling = generate.sampling().over(state.sampling);
        TurnSpec spec =
                new TurnSpec(
                        maxElements == null ? Long.MAX_VALUE : maxElements,
                        nanos("max_duration", generate.maxDuration()),
                        generate.stopStrings(),
                        generate.stopIds(),
                        generate.ignoreEndIds() ? new int[0] : model.endIds(),
                        sampling,
                        logProbabilities == null ? -1 : logProbabilities,
                        nanos("element_deadline", generate.elementDeadline()));
        sampling(spec);
        return spec;
    }

    private void checkStops(SessionCommand.Generate generate) {
        int strings = generate.stopStrings().size();
        if (strings > 0 && model.tokenizer() == null) {
            throw new SessionException(
                    Refusal.of(
                            Reason.INVALID_STOP,
                            "model "
                                    + model.name()
                                    + " gives no text that a stop string could be found in; use"
                                    + " stop_ids"));
        }
        if (strings > MAX_STOPS) {
            throw refuse(
                    Reason.INVALID_STOP,
                    strings + " stop strings; allowed are at most " + MAX_STOPS,
                    strings,
                    MAX_STOPS);
        }
        for (String stop : generate.stopStrings()) {
            int bytes = stop.getBytes(StandardCharsets.UTF_8).length;
            if (bytes < 1 || bytes > MAX_STOP_BYTES) {
                throw refuse(
                        Reason.INVALID_STOP,
                        "a stop string has " + bytes + " bytes; allowed are 1 to " + MAX_STOP_BYTES,
                        bytes,
                        MAX_STOP_BYTES);
            }
        }
        if (generate.stopIds().length > MAX_STOP_IDS) {
            throw refuse(
                    Reason.INVALID_STOP,
                    generate.stopIds().length + " stop ids; allowed are at most " + MAX_STOP_IDS,
                    generate.stopIds().length,
                    MAX_STOP_IDS);
        }
        checkIds(generate.stopIds(), Reason.INVALID_STOP);
    }

    /**
     * How a turn samples.
     *
     * @throws SessionException if a setting is outside its limits
     */
    static Sampling sampling(TurnSpec spec) {
        int[] stops =
                IntStream.concat(Arrays.stream(spec.stopIds()), Arrays.stream(spec.endIds()))
                        .toArray();
        return sampling(spec.sampling(), stops, Math.max(0, spec.logProbabilities()));
    }

    /**
     * Checks a session's defaults.
     *
     * @throws SessionException if a setting is outside its limits
     */
    static void check(SamplingOptions defaults) {
        sampling(defaults, new int[0], 0);
    }

    private static Sampling sampling(SamplingOptions options, int[] stops, int top) {
        try {
            return options.toSampling(stops, top);
        } catch (InvalidRequestException e) {
            throw new SessionException(
                    Refusal.of(
                            Reason.INVALID_SAMPLING,
                            e.getMessage() == null ? "invalid sampling" : e.getMessage()));
        }
    }

    // ---- payloads

    /** What a payload is as elements, and the text that is not split into ids yet. */
    private record Settled(Elements elements, String unsettled) {}

    private Settled text(String text, boolean end, SessionState state) {
        Tokenizer tokenizer = model.tokenizer();
        if (tokenizer == null) {
            throw wrongKind("text", "a tokenizer");
        }
        IntStream.Builder ids = IntStream.builder();
        boolean first = state.position() == 0 && state.backlog() == 0 && state.unsettled.isEmpty();
        if (first) {
            for (int id : model.beginIds()) {
                ids.add(id);
            }
        }
        try {
            Encoder encoder = tokenizer.encoder(state.unsettled);
            encoder.accept(text, ids);
            if (end) {
                encoder.flush(ids);
            }
            return new Settled(new Elements.Ids(ids.build().toArray()), encoder.tail());
        } catch (TokenizerException e) {
            throw new SessionException(
                    Refusal.of(
                            Reason.WRONG_ELEMENT_KIND,
                            "model " + model.name() + " cannot take this text: " + e.getMessage()));
        }
    }

    private Settled ids(int[] ids, SessionState state) {
        if (!(model.input() instanceof Program.Input.Ids)) {
            throw wrongKind("ids", "ids");
        }
        checkIds(ids, Reason.ID_OUT_OF_RANGE);
        return afterUnsettled(ids, state);
    }

    private Settled data(byte[] bytes, SessionState state) {
        if (model.kind() != SessionModel.Kind.BYTE) {
            throw wrongKind("data", "bytes");
        }
        int[] ids = new int[bytes.length];
        Arrays.setAll(ids, i -> bytes[i] & 0xff);
        return afterUnsettled(ids, state);
    }

    /** Elements that are no text end the text before them. */
    private Settled afterUnsettled(int[] ids, SessionState state) {
        if (!state.unsettled.isEmpty()
                && text("", true, state).elements instanceof Elements.Ids(int[] before)) {
            int[] all = Arrays.copyOf(before, before.length + ids.length);
            System.arraycopy(ids, 0, all, before.length, ids.length);
            return new Settled(new Elements.Ids(all), "");
        }
        return new Settled(new Elements.Ids(ids), "");
    }

    private Settled frames(Payload.Frames frames) {
        if (!(model.input() instanceof Program.Input.Frames input)) {
            throw wrongKind("frames", "frames");
        }
        if (frames.width() != input.width() || frames.values().length % input.width() != 0) {
            throw refuse(
                    Reason.INVALID_FRAMES,
                    frames.values().length
                            + " floats in frames of "
                            + frames.width()
                            + "; model "
                            + model.name()
                            + " absorbs whole frames of "
                            + input.width(),
                    frames.width(),
                    input.width());
        }
        for (float value : frames.values()) {
            if (!Float.isFinite(value)) {
                throw refuse(
                        Reason.INVALID_FRAMES,
                        "a frame holds " + value + "; allowed are finite floats",
                        value,
                        "finite");
            }
        }
        return new Settled(new Elements.Frames(frames.width(), frames.values()), "");
    }

    private void checkIds(int[] ids, Reason reason) {
        int vocabulary =
                model.input() instanceof Program.Input.Ids input
                        ? input.vocabulary()
                        : Integer.MAX_VALUE;
        for (int id : ids) {
            if (id < 0 || id >= vocabulary) {
                throw refuse(
                        reason,
                        "id "
                                + Integer.toUnsignedString(id)
                                + " is not below the "
                                + vocabulary
                                + " ids of model "
                                + model.name(),
                        Integer.toUnsignedString(id),
                        vocabulary);
            }
        }
    }

    private SessionException wrongKind(String given, String needed) {
        return refuse(
                Reason.WRONG_ELEMENT_KIND,
                "model " + model.name() + " has no " + needed + ": it absorbs no " + given,
                given,
                model.kind());
    }

    private static long nanos(String name, @Nullable Duration duration) {
        if (duration == null) {
            return 0;
        }
        if (duration.isNegative() || duration.compareTo(Duration.ofDays(3650)) > 0) {
            throw refuse(
                    Reason.INVALID_LIMIT,
                    name + " is " + duration + "; allowed is 0 to 10 years",
                    duration,
                    "PT87600H");
        }
        return Math.max(1, duration.toNanos());
    }

    private static @Nullable Long micros(@Nullable Instant instant) {
        return instant == null
                ? null
                : Long.valueOf(instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1000);
    }

    private static SessionException refuse(
            Reason reason, String message, Object value, Object limit) {
        return new SessionException(Refusal.of(reason, message, value, limit));
    }
}
