package dev.eddy.client;

import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Ack;
import dev.eddy.v1.Attach;
import dev.eddy.v1.Attached;
import dev.eddy.v1.Cancel;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.Credit;
import dev.eddy.v1.Detach;
import dev.eddy.v1.Detached;
import dev.eddy.v1.Durability;
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
    private final Room room;
    private final Outbox outbox = new Outbox();
    private final Turns turns = new Turns();
    private final CompletableFuture<Attached> opened = new CompletableFuture<>();

    private Phase phase = Phase.WAITING;
    private @Nullable Stream stream;
    private @Nullable Attached attached;
    private @Nullable EddyException failure;
    private final Backoff backoff = new Backoff();
    private long brokenSince = System.nanoTime();
    private int gapsToPassOver;
    private Ack received;
    private Ack delivered;
    private long position;
    private long durablePosition;

    Line(Transport transport, Attach opening, int prefetch, Patience patience) {
        this.transport = transport;
        this.opening = opening;
        this.patience = patience;
        this.room = new Room(prefetch);
        this.received = opening.getAcknowledged();
        this.delivered = received;
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
        return locked(() -> position);
    }

    long durablePosition() {
        return locked(() -> durablePosition);
    }

    /**
     * Numbers a request and sends it, now or when the line is attached again. Waits while too much
     * is on its way.
     *
     * @param request makes the request out of its number
     */
    Outbox.Entry send(LongFunction<ConverseRequest> request, boolean input, boolean generate) {
        lock.lock();
        try {
            while (failure == null && outbox.bytes() > Outbox.MOST_BYTES) {
                await();
            }
            throwIfClosed();
            long sequence = outbox.nextSequence();
            var entry =
                    new Outbox.Entry(
                            sequence,
                            request.apply(sequence),
                            input ? new Outbox.Input() : null,
                            generate ? turns.add(new Turn(this, sequence)) : null);
            outbox.add(entry);
            if (phase == Phase.ATTACHED) {
                write(entry.request());
            }
            return entry;
        } finally {
            lock.unlock();
        }
    }

    void cancel(Turn turn) {
        locked(() -> {
            if (!turn.isOver() && phase != Phase.CLOSED) {
                var unused =
                        send(
                                sequence ->
                                        ConverseRequest.newBuilder()
                                                .setCancel(
                                                        Cancel.newBuilder()
                                                                .setSequence(sequence)
                                                                .setTurn(turn.number()))
                                                .build(),
                                false,
                                false);
            }
            return null;
        });
    }

    /** The next output of a turn that is iterated over, or null at its end; waits. */
    @Nullable Output await(Turn turn) {
        lock.lock();
        try {
            while (true) {
                Output output = turn.poll();
                if (output != null) {
                    delivered(output);
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
            Output output = turn.demand() > 0 ? turn.poll() : null;
            if (output != null) {
                turn.demand(turn.demand() - 1);
                delivered(output);
            }
            return output;
        });
    }

    /** How a turn ended, or null if there is still something to come. */
    @Nullable Over over(Turn turn) {
        return locked(() -> turn.isOver() && turn.isEmpty() ? new Over(turn.failure()) : null);
    }

    /**
     * The end of a turn's output.
     *
     * @param failure what ended it, null for a turn that ended as turns do
     */
    record Over(@Nullable EddyException failure) {}

    void listen(Turn turn, Runnable listener) {
        locked(() -> {
            turn.listener(listener);
            return null;
        });
    }

    void demand(Turn turn, long items) {
        locked(() -> {
            long sum = turn.demand() + items;
            turn.demand(sum < 0 ? Long.MAX_VALUE : sum);
            makeRoom();
            return null;
        });
    }

    /** Forgets what a turn still brings. */
    void discard(Turn turn) {
        locked(() -> {
            turn.demand(0);
            turn.listener(() -> drop(turn));
            drop(turn);
            return null;
        });
    }

    /**
     * A turn of this session that this client did not ask for: one that was under way when it
     * attached.
     */
    @Nullable Turn pollResumed() {
        return locked(turns::pollAdopted);
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
            fail(
                    new EddyException(
                            Status.Code.CANCELLED,
                            "CLOSED",
                            "the conversation was closed",
                            Map.of()));
            lock.unlock();
        }
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
                case DURABLE -> {
                    durablePosition = response.getDurable().getPosition();
                    if (isLogged()) {
                        forget(response.getDurable().getSequence());
                    }
                }
                case OUTPUT -> onOutput(response.getOutput());
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
            fail(
                    new EddyException(
                            Status.Code.DATA_LOSS,
                            "REQUESTS_LOST",
                            "the session went back to request %d, and requests up to %d are no longer held"
                                    .formatted(news.getLastSequence(), outbox.oldest() - 1),
                            Map.of()));
            return;
        }
        attached = news;
        position = news.getPosition();
        room.limit(news.getUnacknowledgedLimit());
        phase = Phase.ATTACHED;
        backoff.reset();
        gapsToPassOver = 0;
        if (news.getTurn() != 0) {
            turns.adoptIfUnknown(news.getTurn(), this);
        }
        for (Outbox.Entry entry : outbox.after(news.getLastSequence())) {
            write(entry.request());
        }
        makeRoom();
        execute(() -> opened.complete(news));
        signal();
    }

    private void onAbsorbed(Absorbed absorbed) {
        position = Math.max(position, absorbed.getPosition());
        boolean newScores = absorbed.hasScores() && absorbed.getPosition() > received.getPosition();
        if (newScores) {
            received = received.toBuilder().setPosition(absorbed.getPosition()).build();
            delivered = delivered.toBuilder().setPosition(absorbed.getPosition()).build();
        }
        outbox.absorbed(
                newScores ? absorbed : absorbed.toBuilder().clearScores().build(), this::execute);
        if (!isLogged()) {
            forget(absorbed.getSequence());
        }
    }

    private void onOutput(Output output) {
        int elements = Room.elements(output);
        room.arrived(elements);
        if (output.getOutputPosition() <= received.getOutputPosition()) {
            return;
        }
        received = received.toBuilder().setOutputPosition(output.getOutputPosition()).build();
        position = Math.max(position, output.getPosition());
        room.buffered(elements);
        turns.adoptIfUnknown(output.getTurn(), this).receive(output);
    }

    private void onTurnEnded(TurnEnded end) {
        if (end.getTurn() <= received.getTurn()) {
            return;
        }
        received = received.toBuilder().setTurn(end.getTurn()).build();
        delivered = delivered.toBuilder().setTurn(end.getTurn()).build();
        position = Math.max(position, end.getPosition());
        turns.end(end);
        if (!isLogged()) {
            forget(end.getTurn());
        }
        if (phase == Phase.ATTACHED) {
            write(ConverseRequest.newBuilder().setAck(delivered).build());
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
        Attach.Builder attach = opening.toBuilder().setAcknowledged(received);
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
        attach.setCredit(room.restart());
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
        transport.schedule(
                () ->
                        locked(() -> {
                            if (phase == Phase.WAITING) {
                                connect();
                            }
                            return null;
                        }),
                wait);
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
        turns.fail(cause);
        execute(() -> opened.completeExceptionally(cause));
        signal();
    }

    private void fail(Outbox.Entry entry, EddyException cause) {
        if (entry.input() != null) {
            entry.input().fail(cause, this::execute);
        }
        if (entry.turn() != null) {
            turns.remove(entry.turn());
            entry.turn().fail(cause);
        }
    }

    private boolean isLogged() {
        return attached != null
                && (attached.getDurability() == Durability.DURABILITY_LOGGED
                        || attached.getDurability() == Durability.DURABILITY_COMMITTED);
    }

    /** Drops requests that the session cannot lose any more. */
    private void forget(long sequence) {
        outbox.removeUpTo(sequence);
        signal();
    }

    private void drop(Turn turn) {
        for (Output output = turn.poll(); output != null; output = turn.poll()) {
            delivered(output);
        }
    }

    private void delivered(Output output) {
        room.taken(Room.elements(output));
        delivered = delivered.toBuilder().setOutputPosition(output.getOutputPosition()).build();
        makeRoom();
    }

    /** Gives credit for what was taken, and acknowledges it, when enough has come together. */
    private void makeRoom() {
        if (phase == Phase.ATTACHED) {
            long credit = room.grant(turns.demand());
            if (room.isAckDue(delivered.getOutputPosition(), credit > 0)) {
                write(ConverseRequest.newBuilder().setAck(delivered).build());
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

    private void throwIfClosed() {
        EddyException cause = failure;
        if (cause != null) {
            throw cause;
        }
    }
}
