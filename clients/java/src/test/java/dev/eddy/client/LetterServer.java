package dev.eddy.client;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import dev.eddy.v1.Absorbed;
import dev.eddy.v1.Attach;
import dev.eddy.v1.Attached;
import dev.eddy.v1.ConversationsGrpc;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.Detached;
import dev.eddy.v1.Error;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Input;
import dev.eddy.v1.Output;
import dev.eddy.v1.Scores;
import dev.eddy.v1.TurnEnded;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A small server that keeps the protocol's promises over real gRPC and whose model says the letters
 * of the alphabet, one for each output position. It breaks streams when told to.
 */
final class LetterServer extends ConversationsGrpc.ConversationsImplBase implements AutoCloseable {
    static final int UNACKNOWLEDGED_LIMIT = 40;

    private final Server server;
    private final int port;
    private final Map<String, Letters> sessions = new HashMap<>();
    private int breakAfter = Integer.MAX_VALUE;
    private int attempts;
    private boolean refuseStreams;

    LetterServer() throws IOException {
        server =
                NettyServerBuilder.forAddress(new InetSocketAddress("127.0.0.1", 0))
                        .addService(this)
                        .build()
                        .start();
        this.port = server.getPort();
    }

    String target() {
        return "127.0.0.1:" + port;
    }

    /** Breaks each stream after so many output elements. */
    synchronized void breakAfter(int elements) {
        breakAfter = elements;
    }

    /** Answers every call UNAVAILABLE. */
    synchronized void refuseStreams(boolean refuse) {
        refuseStreams = refuse;
    }

    /** Answers nothing until something has been done. */
    synchronized <T> T silentDuring(Supplier<T> work) {
        return work.get();
    }

    synchronized int attempts() {
        return attempts;
    }

    synchronized Letters session(String id) {
        return Objects.requireNonNull(sessions.get(id));
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    static String letters(int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            text.append((char) ('a' + i % 26));
        }
        return text.toString();
    }

    @Override
    public synchronized StreamObserver<ConverseRequest> converse(
            StreamObserver<ConverseResponse> responses) {
        attempts++;
        return new Call(responses);
    }

    private static StatusRuntimeException status(Code code, String reason, String message) {
        var info = ErrorInfo.newBuilder().setReason(reason).setDomain("eddy.dev");
        return StatusProto.toStatusRuntimeException(
                com.google.rpc.Status.newBuilder()
                        .setCode(code.getNumber())
                        .setMessage(message)
                        .addDetails(Any.pack(info.build()))
                        .build());
    }

    /** One session; what a test may look at is package-private. */
    final class Letters {
        private final String id;
        private long epoch;
        private long lastSequence;
        private long position;
        private long acknowledged;
        private long emitted;
        private final Deque<Generate> turns = new ArrayDeque<>();
        private final List<TurnEnded> ends = new ArrayList<>();
        private long shown;
        private @Nullable Call call;

        /** All text taken, in order. */
        final StringBuilder taken = new StringBuilder();

        /** The most output that was ever sent and not acknowledged. */
        long mostUnacknowledged;

        Letters(String id) {
            this.id = id;
        }
    }

    private final class Call implements StreamObserver<ConverseRequest> {
        private final StreamObserver<ConverseResponse> responses;
        private @Nullable Letters session;
        private long credit;
        private long sent;
        private int sentHere;
        private boolean over;

        Call(StreamObserver<ConverseResponse> responses) {
            this.responses = responses;
        }

        @Override
        public void onNext(ConverseRequest request) {
            synchronized (LetterServer.this) {
                if (over) {
                    return;
                }
                if (refuseStreams) {
                    end(
                            Status.UNAVAILABLE
                                    .withDescription("closed for today")
                                    .asRuntimeException());
                    return;
                }
                switch (request.getRequestCase()) {
                    case ATTACH -> attach(request.getAttach());
                    case INPUT -> numbered(request.getInput().getSequence(), request);
                    case GENERATE -> numbered(request.getGenerate().getSequence(), request);
                    case CANCEL -> numbered(request.getCancel().getSequence(), request);
                    case CREDIT -> credit += request.getCredit().getElements();
                    case ACK -> {
                        Letters letters = Objects.requireNonNull(session);
                        letters.acknowledged =
                                Math.max(
                                        letters.acknowledged, request.getAck().getOutputPosition());
                    }
                    case DETACH -> {
                        send(
                                ConverseResponse.newBuilder()
                                        .setDetached(
                                                Detached.newBuilder()
                                                        .setReason(Detached.Reason.REQUESTED)));
                        end(null);
                    }
                    case REQUEST_NOT_SET -> throw new AssertionError("an empty request");
                }
                emit();
            }
        }

        private void attach(Attach attach) {
            Letters letters;
            if (attach.hasNewSession()) {
                letters = new Letters("s" + sessions.size());
                sessions.put(letters.id, letters);
            } else {
                Letters known = sessions.get(attach.getKnownSession().getSessionId());
                if (known == null) {
                    end(status(Code.NOT_FOUND, "SESSION_NOT_FOUND", "no such session"));
                    return;
                }
                long epoch = attach.getKnownSession().getEpoch();
                if (epoch != 0 && epoch != known.epoch) {
                    end(status(Code.ABORTED, "FENCED", "another stream attached"));
                    return;
                }
                letters = known;
            }
            if (letters.call != null) {
                letters.call.end(status(Code.ABORTED, "FENCED", "another stream attached"));
            }
            letters.call = this;
            letters.epoch++;
            session = letters;
            letters.acknowledged =
                    Math.max(letters.acknowledged, attach.getAcknowledged().getOutputPosition());
            sent = letters.acknowledged;
            credit = attach.getCredit();
            send(
                    ConverseResponse.newBuilder()
                            .setAttached(
                                    Attached.newBuilder()
                                            .setSessionId(letters.id)
                                            .setEpoch(letters.epoch)
                                            .setPosition(letters.position)
                                            .setOutputPosition(letters.emitted)
                                            .setLastSequence(letters.lastSequence)
                                            .setTurn(
                                                    letters.turns.isEmpty()
                                                            ? 0
                                                            : letters.turns
                                                                    .getFirst()
                                                                    .getSequence())
                                            .setUnacknowledgedLimit(UNACKNOWLEDGED_LIMIT)
                                            .setInputLimit(1 << 16)));
            for (TurnEnded end : letters.ends) {
                if (end.getTurn() > attach.getAcknowledged().getTurn()
                        && end.getOutputPosition() <= sent) {
                    send(ConverseResponse.newBuilder().setTurnEnded(end));
                }
            }
        }

        private void numbered(long sequence, ConverseRequest request) {
            Letters letters = Objects.requireNonNull(session);
            if (sequence <= letters.lastSequence) {
                return;
            }
            if (sequence > letters.lastSequence + 1) {
                refuse(
                        sequence,
                        Code.FAILED_PRECONDITION,
                        "SEQUENCE_GAP",
                        "request before it is missing");
                return;
            }
            if (request.getInput().getText().contains("bad")) {
                refuse(sequence, Code.INVALID_ARGUMENT, "ID_OUT_OF_RANGE", "the text is bad");
                return;
            }
            letters.lastSequence = sequence;
            switch (request.getRequestCase()) {
                case INPUT -> absorb(letters, request.getInput());
                case GENERATE -> letters.turns.addLast(request.getGenerate());
                case CANCEL -> {
                    if (!letters.turns.isEmpty()) {
                        endTurn(letters, TurnEnded.Reason.CANCELLED);
                    }
                }
                default -> throw new AssertionError(request);
            }
        }

        private void absorb(Letters letters, Input input) {
            letters.taken.append(input.getText());
            long first = letters.position;
            letters.position += input.getText().length();
            var absorbed =
                    Absorbed.newBuilder()
                            .setSequence(input.getSequence())
                            .setPosition(letters.position);
            if (input.getScored()) {
                var scores =
                        Scores.newBuilder()
                                .setFirstPosition(first)
                                .setSequence(input.getSequence());
                for (int i = 0; i < input.getText().length(); i++) {
                    scores.addLogProbabilities(-1 - i);
                }
                absorbed.setScores(scores);
            }
            send(ConverseResponse.newBuilder().setAbsorbed(absorbed));
        }

        private void refuse(long sequence, Code code, String reason, String message) {
            send(
                    ConverseResponse.newBuilder()
                            .setError(
                                    Error.newBuilder()
                                            .setSequence(sequence)
                                            .setCode(code)
                                            .setMessage(message)
                                            .setInfo(
                                                    ErrorInfo.newBuilder()
                                                            .setReason(reason)
                                                            .setDomain("eddy.dev"))));
        }

        /**
         * Sends again what was not acknowledged, then brings forth more; three elements a message
         * at most.
         */
        private void emit() {
            Letters letters = session;
            while (!over && letters != null) {
                long limit = Math.min(credit, UNACKNOWLEDGED_LIMIT - (sent - letters.acknowledged));
                Generate turn = letters.turns.peekFirst();
                if (turn != null
                        && letters.shown == turn.getMaxElements()
                        && turn.hasMaxElements()) {
                    endTurn(letters, TurnEnded.Reason.MAX_ELEMENTS);
                    continue;
                }
                if (limit <= 0) {
                    return;
                }
                if (sent == letters.emitted) {
                    if (turn == null) {
                        return;
                    }
                    letters.emitted++;
                    letters.position++;
                    letters.shown++;
                }
                long to = Math.min(letters.emitted, sent + Math.min(3, limit));
                output(letters, (int) sent, (int) to);
            }
        }

        private void output(Letters letters, int from, int to) {
            var output = Output.newBuilder().setOutputPosition(to).setPosition(letters.position);
            output.setTurn(
                    letters.turns.isEmpty()
                            ? letters.lastSequence
                            : letters.turns.getFirst().getSequence());
            for (int i = from; i < to; i++) {
                output.addIds(i);
            }
            output.setText(letters(from, to));
            credit -= to - from;
            sent = to;
            letters.mostUnacknowledged =
                    Math.max(letters.mostUnacknowledged, sent - letters.acknowledged);
            send(ConverseResponse.newBuilder().setOutput(output));
            sentHere += to - from;
            if (sentHere >= breakAfter) {
                letters.call = null;
                end(
                        Status.UNAVAILABLE
                                .withDescription("the line broke")
                                .asRuntimeException(new Metadata()));
            }
        }

        private void endTurn(Letters letters, TurnEnded.Reason reason) {
            Generate turn = letters.turns.removeFirst();
            letters.shown = 0;
            var end =
                    TurnEnded.newBuilder()
                            .setTurn(turn.getSequence())
                            .setReason(reason)
                            .setPosition(letters.position)
                            .setOutputPosition(letters.emitted)
                            .build();
            letters.ends.add(end);
            send(ConverseResponse.newBuilder().setTurnEnded(end));
        }

        private void send(ConverseResponse.Builder response) {
            if (!over) {
                responses.onNext(response.build());
            }
        }

        private void end(@Nullable StatusRuntimeException status) {
            if (!over) {
                over = true;
                if (status == null) {
                    responses.onCompleted();
                } else {
                    responses.onError(status);
                }
            }
        }

        @Override
        public void onError(Throwable cause) {
            synchronized (LetterServer.this) {
                over = true;
                if (session != null && session.call == this) {
                    session.call = null;
                }
            }
        }

        @Override
        public void onCompleted() {
            synchronized (LetterServer.this) {
                end(null);
            }
        }
    }
}
