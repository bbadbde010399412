package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Attached;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.Frames;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Ids;
import dev.eddy.v1.Input;
import dev.eddy.v1.Scores;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * An endless conversation with one session. Input may be sent and turns asked for at any time, from
 * any thread; requests take effect in the order of the calls. It reconnects by itself; {@link
 * EddyException} says when that did not help. Closing leaves the session on the server, from where
 * {@link EddyClient#resume} takes it up again.
 */
public final class Conversation implements AutoCloseable {
    private final Line line;

    Conversation(Line line) {
        this.line = line;
    }

    /** The session's id: what to resume with. */
    public String sessionId() {
        return attached().getSessionId();
    }

    /**
     * Where the session stood when the present connection was made, with its seed, state bytes and
     * ids.
     */
    public Attached attached() {
        return line.attached();
    }

    /** Elements that the session is known to have absorbed. */
    public long position() {
        return line.position();
    }

    /** Elements that are on stable storage; 0 for sessions kept in memory. */
    public long durablePosition() {
        return line.durablePosition();
    }

    /**
     * Sends a piece of text. How text is cut into pieces makes no difference; its last piece may
     * wait for what follows.
     *
     * @return completes when it is absorbed, or with a {@link RefusedException}
     */
    public CompletableFuture<Absorbed> send(String text) {
        return input(input -> input.setText(text));
    }

    /** Sends element ids, each below the model's vocabulary. */
    public CompletableFuture<Absorbed> sendIds(int... ids) {
        var values = Ids.newBuilder();
        for (int id : ids) {
            values.addValues(id);
        }
        return input(input -> input.setIds(values));
    }

    /** Sends float frames: a multiple of {@code width} values. */
    public CompletableFuture<Absorbed> sendFrames(int width, float... values) {
        var frames = Frames.newBuilder().setWidth(width);
        for (float value : values) {
            frames.addValues(value);
        }
        return input(input -> input.setFrames(frames));
    }

    /** Sends any input; its sequence number is set here. */
    public CompletableFuture<Absorbed> input(Consumer<Input.Builder> fill) {
        var input = Input.newBuilder();
        fill.accept(input);
        var entry =
                line.send(
                        sequence ->
                                ConverseRequest.newBuilder()
                                        .setInput(input.setSequence(sequence))
                                        .build(),
                        true,
                        false);
        return Objects.requireNonNull(entry.input()).absorbed().copy();
    }

    /**
     * Sends a text and returns how probable its elements were, in nats, each after all that the
     * session absorbed before.
     */
    public CompletableFuture<Scores> score(String text) {
        return input(input -> input.setText(text).setEndOfMessage(true).setScored(true))
                .thenApply(Absorbed::getScores);
    }

    /** Asks for a turn: {@code turn().maxElements(100).stop("\n").start()}. */
    public TurnBuilder turn() {
        return new TurnBuilder(this);
    }

    /** Asks for a turn of at most so many elements, with the session's sampling. */
    public Turn generate(long maxElements) {
        return turn().maxElements(maxElements).start();
    }

    /**
     * Asks for a turn without a limit: it ends when the model ends it, by a stop, or when it is
     * cancelled.
     */
    public Turn generate() {
        return turn().start();
    }

    Turn generate(Generate.Builder generate) {
        var entry =
                line.send(
                        sequence ->
                                ConverseRequest.newBuilder()
                                        .setGenerate(generate.setSequence(sequence))
                                        .build(),
                        false,
                        true);
        return Objects.requireNonNull(entry.turn());
    }

    /**
     * A turn that this client did not ask for, and that is under way or brought output that was not
     * acknowledged: after {@link EddyClient#resume}, once for each.
     */
    public Optional<Turn> nextResumedTurn() {
        return Optional.ofNullable(line.pollResumed());
    }

    /** Detaches from the session, which stays on the server as long as that keeps it. */
    @Override
    public void close() {
        line.close();
    }
}
