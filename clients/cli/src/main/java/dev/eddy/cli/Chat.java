package dev.eddy.cli;

import com.google.protobuf.Duration;
import dev.eddy.client.Conversation;
import dev.eddy.client.ConversationBuilder;
import dev.eddy.client.EddyClient;
import dev.eddy.client.EddyException;
import dev.eddy.client.RefusedException;
import dev.eddy.client.Turn;
import dev.eddy.v1.Attached;
import dev.eddy.v1.Model;
import dev.eddy.v1.Output;
import dev.eddy.v1.RenderTurnResponse;
import dev.eddy.v1.StateGrowth;
import dev.eddy.v1.TurnEnded;
import dev.eddy.v1.TurnPiece;
import java.util.OptionalInt;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The dialogue of {@code eddy chat}: lines in, turns out, and a few commands. */
final class Chat {
    private final ChatConsole console;
    private final Model model;
    private final Supplier<ConversationBuilder> sessions;
    private final EddyClient client;
    private final long maxTokens;
    private final boolean templated;

    private Conversation conversation;
    private boolean begun;
    private int[] closing = {};
    private long tokens;
    private double seconds;
    private @Nullable TurnEnded last;

    Chat(
            ChatConsole console,
            Model model,
            Supplier<ConversationBuilder> sessions,
            EddyClient client,
            long maxTokens,
            boolean templated) {
        this.console = console;
        this.model = model;
        this.sessions = sessions;
        this.client = client;
        this.maxTokens = maxTokens;
        this.templated = templated;
        this.conversation = sessions.get().open();
    }

    /** Talks until the input ends or the user says so. */
    void run() {
        console.line("%s: %s".formatted(model.getName(), model.getNotice()));
        console.line("/help tells what else there is; Ctrl-C interrupts, Ctrl-D ends");
        try {
            for (String line = console.read(); line != null; line = console.read()) {
                String word = line.strip();
                if (word.equals("/quit") || word.equals("/exit")) {
                    return;
                }
                if (word.startsWith("/")) {
                    command(word);
                } else {
                    say(line);
                }
            }
        } finally {
            close();
        }
    }

    private void command(String word) {
        switch (word) {
            case "/help" -> help();
            case "/stats" -> stats();
            case "/new" -> {
                close();
                conversation = sessions.get().open();
                begun = false;
                tokens = 0;
                seconds = 0;
                last = null;
                console.line(
                        "a new session, seed "
                                + Long.toUnsignedString(conversation.attached().getSeed()));
            }
            default -> console.line("there is no " + word + "; /help tells what there is");
        }
    }

    private void help() {
        console.line(
                templated
                        ? "Write something and it is answered; an empty line lets the answer go on."
                        : "Write something and it is continued; an empty line lets the text go on.");
        console.line(
                "All of it is one session: what was said before is remembered in a state of constant size.");
        console.line("  /stats   position, speed, size of the state");
        console.line("  /new     begins another session");
        console.line("  /quit    ends, as Ctrl-D does");
        console.line("  Ctrl-C   interrupts the text");
    }

    private void say(String line) {
        try {
            if (!line.isEmpty() && templated) {
                sendTurn(line);
            } else if (!line.isEmpty()) {
                // A line after the first begins a paragraph: what came before may have ended
                // anywhere.
                conversation.send((begun ? "\n\n" : "") + line);
            } else if (!begun) {
                console.line("write the beginning of a text");
                return;
            }
            begun = true;
            Turn turn = conversation.turn().maxElements(maxTokens).stopIds(closing).start();
            console.whileInterruptible(
                    turn::cancel,
                    () -> {
                        for (Output output : turn) {
                            console.print(output.getText());
                        }
                    });
            ended(turn.ended().join());
        } catch (EddyException e) {
            if (!(e instanceof RefusedException) && !e.reason().equals("CHAT_TEMPLATE_REFUSED")) {
                throw e;
            }
            console.line("refused: " + e.getMessage());
        }
    }

    /** A line in the words of the model's chat template, after what ended its answer before. */
    private void sendTurn(String line) {
        TurnEnded before = last;
        OptionalInt endedBy =
                before != null && before.hasMatchedId()
                        ? OptionalInt.of(before.getMatchedId())
                        : OptionalInt.empty();
        RenderTurnResponse turn = client.renderTurn(model.getName(), line, !begun, endedBy);
        closing = turn.hasStopId() ? new int[] {turn.getStopId()} : new int[0];
        for (TurnPiece piece : turn.getPiecesList()) {
            var unused =
                    switch (piece.getPieceCase()) {
                        case ID -> conversation.sendIds(piece.getId());
                        case TEXT, PIECE_NOT_SET ->
                                conversation.input(input ->
                                        input.setText(piece.getText()).setEndOfMessage(true));
                    };
        }
    }

    private void ended(TurnEnded end) {
        last = end;
        tokens += end.getUsage().getOutputElements();
        seconds += generating(end);
        console.line("");
        if (end.getReason() == TurnEnded.Reason.CANCELLED) {
            console.line("(interrupted)");
        } else if (end.getReason() == TurnEnded.Reason.FAILED) {
            console.line("(failed: " + end.getError().getMessage() + ")");
        }
    }

    private void stats() {
        Attached attached = conversation.attached();
        console.line(
                "session    %s, seed %s",
                attached.getSessionId(), Long.toUnsignedString(attached.getSeed()));
        console.line("position   %,d tokens", conversation.position());
        console.line(
                "state      %,d bytes, %s",
                attached.getStateBytes(),
                attached.getStateGrowth() == StateGrowth.STATE_GROWTH_CONSTANT
                        ? "the same at every position"
                        : "growing");
        TurnEnded end = last;
        if (end == null) {
            console.line("speed      nothing was said yet");
            return;
        }
        console.line(
                "last turn  %,d tokens, %.0f tokens/s, the first after %.0f ms",
                end.getUsage().getOutputElements(),
                rate(end.getUsage().getOutputElements(), generating(end)),
                1000 * seconds(end.getTimings().getFirstOutput()));
        console.line("all turns  %,d tokens, %.0f tokens/s", tokens, rate(tokens, seconds));
    }

    /** Seconds from a turn's first token to its end, without those in which nobody read. */
    private static double generating(TurnEnded end) {
        return seconds(end.getTimings().getTotal())
                - seconds(end.getTimings().getFirstOutput())
                - seconds(end.getTimings().getWithoutCredit());
    }

    private static double rate(long tokens, double seconds) {
        return tokens <= 1 || seconds <= 0 ? 0 : (tokens - 1) / seconds;
    }

    private static double seconds(Duration duration) {
        return duration.getSeconds() + duration.getNanos() / 1e9;
    }

    private void close() {
        String id = conversation.sessionId();
        conversation.close();
        client.delete(id);
    }
}
