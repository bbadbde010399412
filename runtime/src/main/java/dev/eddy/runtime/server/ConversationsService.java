package dev.eddy.runtime.server;

import dev.eddy.runtime.metrics.Metrics;
import dev.eddy.runtime.session.Sessions;
import dev.eddy.v1.ConversationsGrpc;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;

/** Gives each call of Converse an actor; callbacks only tell it what came. */
final class ConversationsService extends ConversationsGrpc.ConversationsImplBase {
    private final ActorSystem<?> system;
    private final ConverseStream.Surroundings surroundings;
    private final AtomicLong streams = new AtomicLong();

    ConversationsService(
            ServerSettings settings,
            ActorSystem<?> system,
            Sessions sessions,
            ModelCatalog catalog,
            Metrics metrics,
            UnreadableRequests unreadable) {
        this.system = system;
        this.surroundings =
                new ConverseStream.Surroundings(settings, sessions, catalog, metrics, unreadable);
    }

    @Override
    public StreamObserver<ConverseRequest> converse(StreamObserver<ConverseResponse> responses) {
        var call = (ServerCallStreamObserver<ConverseResponse>) responses;
        ActorRef<StreamEvent> stream =
                system.systemActorOf(
                        ConverseStream.create(call, surroundings),
                        "converse-" + streams.incrementAndGet(),
                        Props.empty());
        call.disableAutoRequest();
        call.setOnReadyHandler(() -> stream.tell(new StreamEvent.Writable()));
        call.setOnCancelHandler(() -> stream.tell(new StreamEvent.Ended()));
        call.setOnCloseHandler(() -> stream.tell(new StreamEvent.Ended()));
        call.request(1);
        return new StreamObserver<>() {
            @Override
            public void onNext(ConverseRequest request) {
                stream.tell(new StreamEvent.Requested(request));
            }

            @Override
            public void onError(Throwable cause) {
                stream.tell(new StreamEvent.Ended());
            }

            @Override
            public void onCompleted() {
                stream.tell(new StreamEvent.HalfClosed());
            }
        };
    }
}
