package dev.eddy.runtime.server;

import dev.eddy.runtime.session.DetachReason;
import dev.eddy.runtime.session.Durability;
import dev.eddy.runtime.session.Payload;
import dev.eddy.runtime.session.Reason;
import dev.eddy.runtime.session.Refusal;
import dev.eddy.runtime.session.SessionCommand;
import dev.eddy.runtime.session.SessionException;
import dev.eddy.runtime.session.SessionInfo;
import dev.eddy.runtime.session.SessionReply;
import dev.eddy.runtime.session.Sessions;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Sessions whose model says the alphabet, for tests of what lies between them and the wire: they
 * answer within {@code tell}. A session labelled {@code stuck} never takes a request after the
 * first.
 */
final class LetterSessions implements Sessions {
    private final AtomicInteger ids = new AtomicInteger();
    private final ConcurrentHashMap<String, Letters> sessions = new ConcurrentHashMap<>();

    /** One session. */
    static final class Letters {
        private long epoch;
        private long sequence;
        private long position;
        private long credit;
        private long turn;
        private long left;
        private boolean stuck;
        private boolean finishing;
        private boolean creditFollows;

        /** Letters said. */
        volatile long said;

        /** Inputs that came. */
        volatile long inputs;
    }

    Letters session(String id) {
        return java.util.Objects.requireNonNull(sessions.get(id), id);
    }

    @Override
    public String newId(String model) {
        return "s" + ids.incrementAndGet();
    }

    @Override
    public void tell(String sessionId, SessionCommand command) {
        Letters letters = sessions.computeIfAbsent(sessionId, id -> new Letters());
        synchronized (letters) {
            switch (command) {
                case SessionCommand.Attach attach -> attach(sessionId, letters, attach);
                case SessionCommand.Input input -> {
                    letters.inputs++;
                    if (!letters.stuck || letters.inputs == 1) {
                        input.stream().tell(new SessionReply.Taken(++letters.sequence));
                        letters.position +=
                                input.payload() instanceof Payload.Text text
                                        ? text.text().length()
                                        : 1;
                        input.stream()
                                .tell(
                                        new SessionReply.Absorbed(
                                                letters.sequence, letters.position, null, null));
                    }
                }
                case SessionCommand.Generate generate -> {
                    generate.stream().tell(new SessionReply.Taken(++letters.sequence));
                    letters.turn = letters.sequence;
                    Long most = generate.maxElements();
                    letters.left = most == null ? Long.MAX_VALUE : most;
                }
                case SessionCommand.Cancel cancel ->
                        cancel.stream().tell(new SessionReply.Taken(++letters.sequence));
                case SessionCommand.Credit credit -> letters.credit += credit.elements();
                case SessionCommand.Ack ack -> {}
                case SessionCommand.Finish finish -> {
                    letters.finishing = true;
                    letters.creditFollows = finish.creditFollows();
                }
                case SessionCommand.Detach detach -> detach.stream().tell(detached(detach.why()));
                default -> throw new AssertionError(command);
            }
            if (command instanceof SessionCommand.Streamed streamed) {
                say(letters, streamed);
            }
        }
    }

    private static void attach(String sessionId, Letters letters, SessionCommand.Attach attach) {
        letters.epoch++;
        letters.credit = attach.credit();
        letters.stuck = attach.create() != null && attach.create().labels().containsKey("stuck");
        attach.stream()
                .tell(
                        new SessionReply.Attached(
                                sessionId,
                                letters.epoch,
                                0,
                                0,
                                0,
                                0,
                                7,
                                0,
                                1,
                                false,
                                "state",
                                "numerics",
                                "letters",
                                Durability.MEMORY,
                                1000,
                                1000));
    }

    private static void say(Letters letters, SessionCommand.Streamed to) {
        while (letters.turn != 0 && letters.left > 0 && letters.credit > 0) {
            letters.said++;
            letters.position++;
            letters.credit--;
            letters.left--;
            int id = (int) (letters.said % 26);
            to.stream()
                    .tell(
                            new SessionReply.Output(
                                    letters.turn,
                                    letters.said,
                                    letters.position,
                                    new int[] {id},
                                    String.valueOf((char) ('a' + id)),
                                    new float[0],
                                    0,
                                    null));
        }
        if (letters.turn != 0 && letters.left == 0) {
            to.stream()
                    .tell(
                            new SessionReply.TurnEnded(
                                    letters.turn,
                                    dev.eddy.runtime.session.TurnEndReason.MAX_ELEMENTS,
                                    letters.position,
                                    letters.said,
                                    -1,
                                    "",
                                    new SessionReply.Usage(0, letters.said, 0, 0),
                                    null,
                                    null));
            letters.turn = 0;
        }
        if (letters.finishing && letters.turn == 0) {
            to.stream().tell(detached(DetachReason.COMPLETED));
        } else if (letters.finishing && letters.credit == 0 && !letters.creditFollows) {
            to.stream().tell(detached(DetachReason.OUT_OF_CREDIT));
        }
    }

    private static SessionReply detached(DetachReason why) {
        return new SessionReply.Detached(why, "s", 1, 0, 0, 0, null);
    }

    @Override
    public CompletionStage<SessionInfo> describe(String sessionId) {
        return CompletableFuture.failedFuture(
                new SessionException(
                        Refusal.of(Reason.SESSION_NOT_FOUND, "no session " + sessionId)));
    }

    @Override
    public CompletionStage<Page> list(Query query) {
        return CompletableFuture.failedFuture(new IllegalStateException("a defect, on purpose"));
    }

    @Override
    public CompletionStage<Void> delete(String sessionId) {
        return CompletableFuture.failedFuture(
                new SessionException(
                        Refusal.of(Reason.SESSION_NOT_FOUND, "no session " + sessionId)));
    }

    @Override
    public CompletionStage<Void> drain() {
        return CompletableFuture.failedFuture(
                new UnsupportedOperationException(List.of().toString()));
    }
}
