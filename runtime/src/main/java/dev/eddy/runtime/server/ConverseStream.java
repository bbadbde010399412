package dev.eddy.runtime.server;

import com.google.rpc.Code;
import dev.eddy.runtime.metrics.Metric;
import dev.eddy.runtime.metrics.Metrics;
import dev.eddy.runtime.session.Acknowledged;
import dev.eddy.runtime.session.DetachReason;
import dev.eddy.runtime.session.SessionCommand;
import dev.eddy.runtime.session.SessionReply;
import dev.eddy.runtime.session.Sessions;
import dev.eddy.v1.Attach;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of Converse: stands between the call and the session.
 *
 * <p>Both ways are gated. The next request is read only when the session took the last one and the
 * transport takes output, so that a client which floods or does not read is held by HTTP/2 and
 * costs one request of memory. Credit reaches the session in pieces of at most {@code
 * transport-credit} elements, and only while the transport takes output, whatever the client
 * granted: what is on its way to a slow client is bounded by that.
 */
final class ConverseStream extends AbstractMatchingBehavior<StreamEvent> {
    private static final Logger log = LoggerFactory.getLogger(ConverseStream.class);

    /** What all streams share. */
    record Surroundings(
            ServerSettings settings,
            Sessions sessions,
            ModelCatalog catalog,
            Metrics metrics,
            UnreadableRequests unreadable) {}

    private enum Phase {
        /** Nothing came yet. */
        OPENED,
        /** The session was asked. */
        ATTACHING,
        ATTACHED,
        /** The last message is sent. */
        CLOSED
    }

    private final ServerCallStreamObserver<ConverseResponse> call;
    private final Surroundings with;
    private final ActorRef<SessionReply> self;
    private final StreamCredit credit;
    private final Sent sent = new Sent();

    private Phase phase = Phase.OPENED;
    private String sessionId = "";
    private boolean reading = true;
    private boolean takingLast;
    private boolean halfClosed;

    private ConverseStream(
            ActorContext<StreamEvent> context,
            ServerCallStreamObserver<ConverseResponse> call,
            Surroundings surroundings) {
        super(context);
        this.call = call;
        this.with = surroundings;
        this.self = context.messageAdapter(SessionReply.class, StreamEvent.Said::new);
        this.credit = new StreamCredit(surroundings.settings().transportCredit());
    }

    static Behavior<StreamEvent> create(
            ServerCallStreamObserver<ConverseResponse> call, Surroundings surroundings) {
        return Behaviors.setup(context -> new ConverseStream(context, call, surroundings));
    }

    @Override
    public Behavior<StreamEvent> onMessage(StreamEvent event) {
        try {
            switch (event) {
                case StreamEvent.Requested requested -> onRequest(requested.request());
                case StreamEvent.HalfClosed() -> onHalfClose();
                case StreamEvent.Said said -> onReply(said.reply());
                case StreamEvent.Writable() -> {}
                case StreamEvent.Ended() -> {
                    return Behaviors.stopped();
                }
            }
            if (phase == Phase.ATTACHED) {
                giveCredit();
                readOn();
            }
        } catch (RuntimeException e) {
            close(Incidents.problem(e, log));
        }
        return this;
    }

    // ---- The client's side.

    private void onRequest(ConverseRequest request) {
        reading = false;
        if (phase == Phase.CLOSED) {
            return;
        }
        boolean attach = request.getRequestCase() == ConverseRequest.RequestCase.ATTACH;
        if (phase == Phase.OPENED) {
            Problem unreadable = with.unreadable().problem(request);
            if (unreadable != null) {
                close(unreadable);
            } else if (attach) {
                attach(request.getAttach());
            } else {
                close(notAttached());
            }
        } else if (attach) {
            detach();
            close(
                    Problem.of(
                            Code.FAILED_PRECONDITION,
                            "ALREADY_ATTACHED",
                            "a stream attaches once; open another stream for another session"));
        } else {
            try {
                converse(request);
            } catch (ProblemException e) {
                refuse(sequence(request), e.problem());
            }
        }
    }

    private void attach(Attach attach) {
        String model = null;
        switch (attach.getSessionCase()) {
            case NEW_SESSION -> {
                model = ModelChoice.of(attach.getNewSession(), with.catalog());
                sessionId = with.sessions().newId(model);
            }
            case KNOWN_SESSION -> sessionId = attach.getKnownSession().getSessionId();
            case SESSION_NOT_SET ->
                    throw new ProblemException(
                            Problem.invalid(
                                    "INVALID_SESSION_ID",
                                    "attach names no session; set new_session or known_session",
                                    "nothing",
                                    "new_session or known_session"));
        }
        if (attach.hasCredit()) {
            credit.limit(attach.getCredit());
        }
        phase = Phase.ATTACHING;
        tell(FromWire.attach(attach, model, credit.next(), self));
    }

    private void converse(ConverseRequest request) {
        Problem unreadable = with.unreadable().problem(request);
        if (unreadable != null) {
            refuse(0, unreadable);
            return;
        }
        switch (request.getRequestCase()) {
            case INPUT -> take(() -> FromWire.input(request.getInput(), self));
            case GENERATE -> take(() -> FromWire.generate(request.getGenerate(), self));
            case CANCEL -> take(() -> FromWire.cancel(request.getCancel(), self));
            case CREDIT -> {
                if (request.getCredit().getElements() == 0) {
                    refuse(
                            0,
                            Problem.invalid(
                                    "INVALID_CREDIT", "credit for 0 elements; at least 1", 0, 1));
                }
                credit.add(request.getCredit().getElements());
            }
            case ACK -> {
                Acknowledged acknowledged = FromWire.acknowledged(request.getAck());
                sent.check(acknowledged);
                tell(new SessionCommand.Ack(self, acknowledged));
            }
            case DETACH -> {
                takingLast = true;
                tell(new SessionCommand.Detach(self, DetachReason.REQUESTED));
            }
            case ATTACH, REQUEST_NOT_SET ->
                    refuse(
                            0,
                            Problem.invalid(
                                    "UNKNOWN_REQUEST",
                                    "the request is empty, or of a later version of the protocol than this server's",
                                    "unknown",
                                    "input, generate, credit, ack, cancel, detach"));
        }
    }

    /**
     * Passes on a request that the session answers with Taken or Refused, before which nothing more
     * is read.
     */
    private void take(Supplier<SessionCommand.Sequenced> command) {
        SessionCommand.Sequenced taken = command.get();
        takingLast = true;
        tell(taken);
    }

    private static long sequence(ConverseRequest request) {
        return switch (request.getRequestCase()) {
            case INPUT -> request.getInput().getSequence();
            case GENERATE -> request.getGenerate().getSequence();
            case CANCEL -> request.getCancel().getSequence();
            case ATTACH, CREDIT, ACK, DETACH, REQUEST_NOT_SET -> 0;
        };
    }

    private void onHalfClose() {
        halfClosed = true;
        switch (phase) {
            case OPENED -> close(notAttached());
            case ATTACHED -> tell(new SessionCommand.Finish(self, credit.follows()));
            case ATTACHING, CLOSED -> {}
        }
    }

    private static Problem notAttached() {
        return Problem.of(
                Code.FAILED_PRECONDITION,
                "NOT_ATTACHED",
                "the first request of a stream must be attach");
    }

    // ---- The session's side.

    private void onReply(SessionReply reply) {
        if (phase == Phase.CLOSED) {
            return;
        }
        var response = ConverseResponse.newBuilder();
        switch (reply) {
            case SessionReply.Attached attached -> {
                phase = Phase.ATTACHED;
                sessionId = attached.sessionId();
                sent.attached(attached);
                send(response.setAttached(ToWire.attached(attached)));
                if (halfClosed) {
                    tell(new SessionCommand.Finish(self, credit.follows()));
                }
            }
            case SessionReply.Taken taken -> takingLast = false;
            case SessionReply.Refused refused -> {
                takingLast = false;
                refuse(refused.sequence(), Problem.of(refused.refusal()));
            }
            case SessionReply.Absorbed absorbed -> {
                sent.absorbed(absorbed.position());
                send(response.setAbsorbed(ToWire.absorbed(absorbed)));
            }
            case SessionReply.Durable durable -> send(response.setDurable(ToWire.durable(durable)));
            case SessionReply.Output output -> {
                credit.used(ToWire.elements(output));
                sent.output(output.outputPosition());
                send(response.setOutput(ToWire.output(output)));
            }
            case SessionReply.TurnEnded end -> {
                sent.turnEnded(end.turn());
                send(response.setTurnEnded(ToWire.turnEnded(end)));
            }
            case SessionReply.Detached detached -> onDetached(detached);
        }
    }

    private void onDetached(SessionReply.Detached detached) {
        if (phase == Phase.ATTACHED) {
            send(
                    ConverseResponse.newBuilder()
                            .setDetached(ToWire.detached(detached, with.settings().retryAfter())));
        }
        switch (detached.reason()) {
            case REQUESTED, COMPLETED, OUT_OF_CREDIT -> {
                phase = Phase.CLOSED;
                call.onCompleted();
            }
            case FENCED ->
                    close(ended(Code.ABORTED, "FENCED", "another stream attached to the session"));
            case DRAINING ->
                    close(
                            ended(
                                    Code.UNAVAILABLE,
                                    "DRAINING",
                                    "the server is going away; attach again soon"));
            case DELETED ->
                    close(ended(Code.NOT_FOUND, "SESSION_DELETED", "the session was deleted"));
            case REWOUND ->
                    close(
                            ended(
                                    Code.ABORTED,
                                    "REWOUND",
                                    "the session was taken back; attach again"));
            case MOVED ->
                    close(
                            ended(
                                    Code.UNAVAILABLE,
                                    "MOVED",
                                    "the session moves to another node; attach again"));
            case FAILED ->
                    close(
                            detached.refusal() == null
                                    ? ended(Code.INTERNAL, "INTERNAL", "the session cannot go on")
                                    : Problem.of(detached.refusal()));
        }
    }

    private static Problem ended(Code code, String reason, String message) {
        return Problem.of(code, reason, message);
    }

    // ---- Both ways.

    private void giveCredit() {
        long more = call.isReady() ? credit.next() : 0;
        if (more > 0) {
            tell(new SessionCommand.Credit(self, more));
            if (halfClosed && !credit.follows()) {
                tell(new SessionCommand.Finish(self, false));
            }
        }
    }

    private void readOn() {
        if (!reading && !takingLast && !halfClosed && call.isReady()) {
            reading = true;
            call.request(1);
        }
    }

    private void tell(SessionCommand command) {
        with.sessions().tell(sessionId, command);
    }

    private void send(ConverseResponse.Builder response) {
        call.onNext(response.build());
    }

    private void refuse(long sequence, Problem problem) {
        with.metrics().counter(Metric.REFUSALS, problem.reason()).add(1);
        send(ConverseResponse.newBuilder().setError(problem.toError(sequence)));
    }

    /** Lets go of the session, if there is one. */
    private void detach() {
        if (phase == Phase.ATTACHING || phase == Phase.ATTACHED) {
            tell(new SessionCommand.Detach(self, DetachReason.REQUESTED));
        }
    }

    private void close(Problem problem) {
        if (phase != Phase.CLOSED) {
            phase = Phase.CLOSED;
            call.onError(problem.toStatus());
        }
    }
}
