package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Attached;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.Frames;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Ids;
import dev.eddy.v1.Input;
import dev.eddy.v1.Scores;
import java.util.ArrayList;
import java.util.List;
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
    /** Largest piece that an input is cut into: chars, ids or floats. */
    private static final int PIECE = 1 << 14;

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
     * Sends a piece of text, of any length. How text is cut into pieces makes no difference; its
     * last piece may wait for what follows. Waits while the session has much left to absorb.
     *
     * @return completes when it is absorbed, or with a {@link RefusedException}
     */
    public CompletableFuture<Absorbed> send(String text) {
        return last(pieces(text, false));
    }

    /** Sends element ids, each below the model's vocabulary. */
    public CompletableFuture<Absorbed> sendIds(int... ids) {
        List<CompletableFuture<Absorbed>> pieces = new ArrayList<>();
        for (int from = 0; from == 0 || from < ids.length; from += PIECE) {
            var values = Ids.newBuilder();
            for (int i = from; i < Math.min(ids.length, from + PIECE); i++) {
                values.addValues(ids[i]);
            }
            pieces.add(input(input -> input.setIds(values)));
        }
        return last(pieces);
    }

    /** Sends float frames: a multiple of {@code width} values. */
    public CompletableFuture<Absorbed> sendFrames(int width, float... values) {
        int piece = Math.max(1, PIECE / Math.max(1, width)) * Math.max(1, width);
        List<CompletableFuture<Absorbed>> pieces = new ArrayList<>();
        for (int from = 0; from == 0 || from < values.length; from += piece) {
            var frames = Frames.newBuilder().setWidth(width);
            for (int i = from; i < Math.min(values.length, from + piece); i++) {
                frames.addValues(values[i]);
            }
            pieces.add(input(input -> input.setFrames(frames)));
        }
        return last(pieces);
    }

    /** Sends any input, as it is; its sequence number is set here. */
    public CompletableFuture<Absorbed> input(Consumer<Input.Builder> fill) {
        var input = Input.newBuilder();
        fill.accept(input);
        return line.sendInput(
                        sequence ->
                                ConverseRequest.newBuilder()
                                        .setInput(input.setSequence(sequence))
                                        .build(),
                        Inputs.mostElements(input))
                .absorbed()
                .copy();
    }

    /**
     * Sends a text and returns how probable its elements were, in nats, each after all that the
     * session absorbed before.
     */
    public CompletableFuture<Scores> score(String text) {
        var pieces = pieces(text, true);
        return CompletableFuture.allOf(pieces.toArray(new CompletableFuture<?>[0]))
                .thenApply(done -> Inputs.joined(pieces));
    }

    private List<CompletableFuture<Absorbed>> pieces(String text, boolean scored) {
        List<CompletableFuture<Absorbed>> pieces = new ArrayList<>();
        for (String piece : Inputs.pieces(text, PIECE)) {
            pieces.add(input(input -> input.setText(piece).setScored(scored)));
        }
        if (scored) {
            pieces.add(input(input -> input.setText("").setEndOfMessage(true).setScored(true)));
        }
        return pieces;
    }

    private static CompletableFuture<Absorbed> last(List<CompletableFuture<Absorbed>> pieces) {
        return pieces.getLast();
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
        return line.sendGenerate(sequence ->
                ConverseRequest.newBuilder().setGenerate(generate.setSequence(sequence)).build());
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
