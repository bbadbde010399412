package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Attach;
import dev.eddy.v1.Attached;
import dev.eddy.v1.Cancel;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.Credit;
import dev.eddy.v1.Detach;
import dev.eddy.v1.Detached;
import dev.eddy.v1.Durability;
import dev.eddy.v1.Durable;
import dev.eddy.v1.Error;
import dev.eddy.v1.KnownSession;
import dev.eddy.v1.Output;
import dev.eddy.v1.TurnEnded;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The line to one session: it outlives the streams that carry it. One lock guards everything;
 * nothing that is called under it blocks but waiting for {@link #changed}.
 *
 * <p>A stream that breaks is replaced after a backoff: the line attaches with the epoch it had and
 * the output it received, sends again what the server had not taken, and goes on. Callers notice a
 * pause at most.
 */
final class Line implements Stream.Listener {
    /**
     * How long to try.
     *
     * @param opening until the session is attached to for the first time
     * @param broken until a broken stream is replaced
     */
    record Patience(Duration opening, Duration broken) {}

    private enum Phase {
        CONNECTING,
        ATTACHED,
        WAITING,
        CLOSED
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Transport transport;
    private final Attach opening;
    private final Patience patience;
    private final Outbox outbox = new Outbox();
    private final Inbox inbox;
    private final CompletableFuture<Attached> opened = new CompletableFuture<>();

    private Phase phase = Phase.WAITING;
    private @Nullable Stream stream;
    private @Nullable Attached attached;
    private @Nullable EddyException failure;
    private final Backoff backoff = new Backoff();
    private long brokenSince = System.nanoTime();
    private int gapsToPassOver;
    private long durablePosition;

    Line(Transport transport, Attach opening, int prefetch, Patience patience) {
        this.transport = transport;
        this.opening = opening;
        this.patience = patience;
        this.inbox = new Inbox(this, prefetch, opening.getAcknowledged());
    }

    /** Connects; the future completes with the first Attached, or fails as the line does. */
    CompletableFuture<Attached> open() {
        locked(() -> {
            connect();
            return null;
        });
        return opened;
    }

    // ---- Asked by the faces.

    <T> T locked(Supplier<T> body) {
        lock.lock();
        try {
            return body.get();
        } finally {
            lock.unlock();
        }
    }

    void execute(Runnable task) {
        transport.executor().execute(task);
    }

    /** Wakes whoever waits; the lock is held. */
    void signal() {
        changed.signalAll();
    }

    /** Where the session stood when the present stream attached. */
    Attached attached() {
        return locked(() -> Objects.requireNonNull(attached, "not attached yet"));
    }

    long position() {
        return locked(inbox::position);
    }

    long durablePosition() {
        return locked(() -> durablePosition);
    }

    /**
     * Numbers an input and sends it, now or when the line is attached again. Waits while the
     * session has much left to absorb.
     *
     * @param elements how many elements it has at most
     */
    Outbox.Input sendInput(LongFunction<ConverseRequest> request, long elements) {
        lock.lock();
        try {
            while (failure == null && !outbox.hasRoomFor(elements)) {
                await();
            }
            var input = new Outbox.Input(elements);
            send(sequence -> new Outbox.Entry(sequence, request.apply(sequence), input, null));
            return input;
        } finally {
            lock.unlock();
        }
    }

    /** Asks for a turn. */
    Turn sendGenerate(LongFunction<ConverseRequest> request) {
        return locked(() -> {
            Turn turn = new Turn(this, outbox.nextSequence());
            send(sequence -> new Outbox.Entry(sequence, request.apply(sequence), null, turn));
            inbox.turns().add(turn);
            return turn;
        });
    }

    private void send(LongFunction<Outbox.Entry> numbered) {
        EddyException cause = failure;
        if (cause != null) {
            throw cause;
        }
        Outbox.Entry entry = numbered.apply(outbox.nextSequence());
        outbox.add(entry);
        if (phase == Phase.ATTACHED) {
            write(entry.request());
        }
    }

    void cancel(Turn turn) {
        locked(() -> {
            if (!turn.isOver() && phase != Phase.CLOSED) {
                send(sequence -> {
                    var cancel = Cancel.newBuilder().setSequence(sequence).setTurn(turn.number());
                    var request = ConverseRequest.newBuilder().setCancel(cancel).build();
                    return new Outbox.Entry(sequence, request, null, null);
                });
            }
            return null;
        });
    }

    /** The next output of a turn that is iterated over, or null at its end; waits. */
    @Nullable Output await(Turn turn) {
        lock.lock();
        try {
            while (true) {
                Output output = inbox.take(turn);
                if (output != null) {
                    makeRoom();
                    return output;
                }
                EddyException cause = turn.failure();
                if (cause != null) {
                    throw cause;
                }
                if (turn.isOver()) {
                    return null;
                }
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next output that a turn's subscriber asked for, or null for none now. */
    @Nullable Output takeDemanded(Turn turn) {
        return locked(() -> {
            Output output = inbox.takeDemanded(turn);
            makeRoom();
            return output;
        });
    }

    /** A subscriber asks for more. */
    void demand(Turn turn, long items) {
        locked(() -> {
            long sum = turn.demand() + items;
            turn.demand(sum < 0 ? Long.MAX_VALUE : sum);
            makeRoom();
            return null;
        });
    }

    /** Forgets what a turn has brought and still brings. */
    void discard(Turn turn) {
        locked(() -> {
            turn.demand(0);
            turn.listener(() -> {
                inbox.drop(turn);
                makeRoom();
            });
            inbox.drop(turn);
            makeRoom();
            return null;
        });
    }

    /** A turn of this session that this client did not ask for. */
    @Nullable Turn pollResumed() {
        return locked(inbox.turns()::pollAdopted);
    }

    /** Detaches; waits a moment for the server to have noticed. */
    void close() {
        lock.lock();
        try {
            if (phase == Phase.ATTACHED && stream != null) {
                stream.send(
                        ConverseRequest.newBuilder()
                                .setDetach(Detach.getDefaultInstance())
                                .build());
                stream.halfClose();
                long left = TimeUnit.SECONDS.toNanos(2);
                while (phase == Phase.ATTACHED && left > 0) {
                    left = changed.awaitNanos(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            fail(closed("the conversation was closed"));
            lock.unlock();
        }
    }

    private static EddyException closed(String message) {
        return new EddyException(Status.Code.CANCELLED, "CLOSED", message, Map.of());
    }

    // ---- Told by the stream.

    @Override
    public void onResponse(Stream from, ConverseResponse response) {
        lock.lock();
        try {
            if (from != stream || phase == Phase.CLOSED) {
                return;
            }
            switch (response.getResponseCase()) {
                case ATTACHED -> onAttached(response.getAttached());
                case ABSORBED -> onAbsorbed(response.getAbsorbed());
                case DURABLE -> onDurable(response.getDurable());
                case OUTPUT -> inbox.output(response.getOutput());
                case TURN_ENDED -> onTurnEnded(response.getTurnEnded());
                case DETACHED -> onDetached(response.getDetached());
                case ERROR -> onError(response.getError());
                case RESPONSE_NOT_SET -> {
                    // A response of a later version: passed over.
                }
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onEnd(Stream from, @Nullable Throwable cause) {
        lock.lock();
        try {
            if (from != stream || phase == Phase.CLOSED) {
                return;
            }
            if (cause == null) {
                fail(
                        new EddyException(
                                Status.Code.CANCELLED,
                                "DETACHED",
                                "the session was detached",
                                Map.of()));
            } else if (Problems.isWorthAnotherTry(cause)) {
                reconnect(Problems.exception(cause));
            } else {
                fail(Problems.exception(cause));
            }
        } finally {
            lock.unlock();
        }
    }

    private void onAttached(Attached news) {
        if (attached == null) {
            outbox.continueAfter(news.getLastSequence());
        } else if (news.getLastSequence() + 1 < outbox.oldest()) {
            fail(Problems.requestsLost(news.getLastSequence(), outbox.oldest()));
            return;
        }
        attached = news;
        phase = Phase.ATTACHED;
        backoff.reset();
        gapsToPassOver = 0;
        inbox.attached(news);
        outbox.limit(news.getInputLimit());
        for (Outbox.Entry entry : outbox.after(news.getLastSequence())) {
            write(entry.request());
        }
        makeRoom();
        execute(() -> opened.complete(news));
        signal();
    }

    private void onAbsorbed(Absorbed absorbed) {
        outbox.absorbed(inbox.absorbed(absorbed), this::execute);
        if (!isLogged()) {
            outbox.removeUpTo(absorbed.getSequence());
        }
        signal();
    }

    private void onDurable(Durable durable) {
        durablePosition = durable.getPosition();
        if (isLogged()) {
            outbox.removeUpTo(durable.getSequence());
        }
        signal();
    }

    private void onTurnEnded(TurnEnded end) {
        if (inbox.turnEnded(end)) {
            if (!isLogged()) {
                outbox.removeUpTo(end.getTurn());
            }
            write(ConverseRequest.newBuilder().setAck(inbox.delivered()).build());
        }
    }

    private void onDetached(Detached detached) {
        // The status that follows decides whether to go on; only the wait is told here.
        backoff.atLeast(
                Duration.ofSeconds(
                        detached.getResume().getRetryAfter().getSeconds(),
                        detached.getResume().getRetryAfter().getNanos()));
    }

    /**
     * A refused request leaves its number free, and the server refuses those behind it as gaps. All
     * of them fail here at once; the refusals of those already written are passed over when they
     * come.
     */
    private void onError(Error error) {
        if (gapsToPassOver > 0 && error.getInfo().getReason().equals("SEQUENCE_GAP")) {
            gapsToPassOver--;
            return;
        }
        RefusedException cause = Problems.refusal(error);
        if (error.getSequence() == 0) {
            // Of a request that the server could not read, or of one of ours without number: what
            // it was is not known, so nothing sent can be relied on.
            fail(cause);
            return;
        }
        boolean first = true;
        for (Outbox.Entry entry : outbox.removeFrom(error.getSequence())) {
            fail(
                    entry,
                    first
                            ? cause
                            : Problems.notTaken(entry.sequence(), error.getSequence(), cause));
            gapsToPassOver += first ? 0 : 1;
            first = false;
        }
        signal();
    }

    // ---- The rest; the lock is held.

    private void connect() {
        phase = Phase.CONNECTING;
        Attach.Builder attach = opening.toBuilder().setAcknowledged(inbox.received());
        Attached before = attached;
        if (before != null) {
            attach.setKnownSession(
                            KnownSession.newBuilder()
                                    .setSessionId(before.getSessionId())
                                    .setEpoch(before.getEpoch())
                                    .setAllowRebase(opening.getKnownSession().getAllowRebase()))
                    .clearSampling();
        } else if (!opening.hasAcknowledged()) {
            attach.clearAcknowledged();
        }
        attach.setCredit(inbox.restart());
        stream = new Stream(this);
        transport.converse(stream);
        write(ConverseRequest.newBuilder().setAttach(attach).build());
    }

    private void reconnect(EddyException cause) {
        if (phase == Phase.ATTACHED) {
            brokenSince = System.nanoTime();
        }
        phase = Phase.WAITING;
        stream = null;
        Duration broken = Duration.ofNanos(System.nanoTime() - brokenSince);
        Duration wait = backoff.next();
        Duration longest = attached == null ? patience.opening() : patience.broken();
        if (broken.plus(wait).compareTo(longest) > 0) {
            fail(
                    new UnreachableException(
                            "%s cannot be reached (%s); gave up after %d ms: check that the server runs and listens there"
                                    .formatted(
                                            transport.target(),
                                            cause.getMessage(),
                                            broken.toMillis())));
            return;
        }
        boolean follows =
                transport.schedule(
                        () ->
                                locked(() -> {
                                    if (phase == Phase.WAITING) {
                                        connect();
                                    }
                                    return null;
                                }),
                        wait);
        if (!follows) {
            fail(closed("the client was closed"));
        }
    }

    private void fail(EddyException cause) {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSED;
        failure = cause;
        if (stream != null) {
            stream.cancel();
        }
        for (Outbox.Entry entry : outbox.removeFrom(0)) {
            fail(entry, cause);
        }
        inbox.turns().fail(cause);
        execute(() -> opened.completeExceptionally(cause));
        signal();
    }

    private void fail(Outbox.Entry entry, EddyException cause) {
        if (entry.input() != null) {
            entry.input().fail(cause, this::execute);
        }
        if (entry.turn() != null) {
            inbox.turns().remove(entry.turn());
            entry.turn().fail(cause);
        }
    }

    private boolean isLogged() {
        return attached != null
                && (attached.getDurability() == Durability.DURABILITY_LOGGED
                        || attached.getDurability() == Durability.DURABILITY_COMMITTED);
    }

    /** Gives credit for what was taken, and acknowledges it, when enough has come together. */
    private void makeRoom() {
        if (phase == Phase.ATTACHED) {
            long credit = inbox.credit();
            if (inbox.isAckDue(credit > 0)) {
                write(ConverseRequest.newBuilder().setAck(inbox.delivered()).build());
            }
            if (credit > 0) {
                write(
                        ConverseRequest.newBuilder()
                                .setCredit(Credit.newBuilder().setElements(credit))
                                .build());
            }
        }
    }

    private void write(ConverseRequest request) {
        if (stream != null) {
            stream.send(request);
        }
    }

    private void await() {
        try {
            changed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problems.interrupted();
        }
    }
}
