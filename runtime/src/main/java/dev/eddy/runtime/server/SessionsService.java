package dev.eddy.runtime.server;

import dev.eddy.runtime.session.SessionInfo;
import dev.eddy.runtime.session.Sessions;
import dev.eddy.v1.DeleteSessionRequest;
import dev.eddy.v1.DeleteSessionResponse;
import dev.eddy.v1.ExportSessionRequest;
import dev.eddy.v1.ExportSessionResponse;
import dev.eddy.v1.ForkSessionRequest;
import dev.eddy.v1.GetSessionRequest;
import dev.eddy.v1.ImportSessionRequest;
import dev.eddy.v1.ListSessionsRequest;
import dev.eddy.v1.ListSessionsResponse;
import dev.eddy.v1.RewindSessionRequest;
import dev.eddy.v1.Session;
import dev.eddy.v1.SessionsGrpc;
import io.grpc.stub.StreamObserver;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks after sessions from outside their conversations. */
final class SessionsService extends SessionsGrpc.SessionsImplBase {
    private static final Logger log = LoggerFactory.getLogger(SessionsService.class);

    private final Sessions sessions;

    SessionsService(Sessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void get(GetSessionRequest request, StreamObserver<Session> response) {
        answer(sessions.describe(request.getSessionId()), ToWire::session, response);
    }

    @Override
    public void list(ListSessionsRequest request, StreamObserver<ListSessionsResponse> response) {
        String list = "sessions " + request.getModel() + new TreeMap<>(request.getLabelsMap());
        var query =
                new Sessions.Query(
                        PageToken.read(request.getPageToken(), list),
                        PageToken.size(request.getPageSize()),
                        request.getModel().isEmpty() ? null : request.getModel(),
                        request.getLabelsMap());
        answer(sessions.list(query), page -> toWire(page, list), response);
    }

    private static ListSessionsResponse toWire(Sessions.Page page, String list) {
        var answer = ListSessionsResponse.newBuilder();
        for (SessionInfo session : page.sessions()) {
            answer.addSessions(ToWire.session(session));
        }
        if (!page.last() && !page.sessions().isEmpty()) {
            answer.setNextPageToken(PageToken.write(page.sessions().getLast().sessionId(), list));
        }
        return answer.build();
    }

    @Override
    public void delete(
            DeleteSessionRequest request, StreamObserver<DeleteSessionResponse> response) {
        answer(
                sessions.delete(request.getSessionId())
                        .thenApply(gone -> DeleteSessionResponse.getDefaultInstance()),
                Function.identity(),
                response);
    }

    @Override
    public void fork(ForkSessionRequest request, StreamObserver<Session> response) {
        response.onError(Problem.notServed("method", "Sessions.Fork").toStatus());
    }

    @Override
    public void rewind(RewindSessionRequest request, StreamObserver<Session> response) {
        response.onError(Problem.notServed("method", "Sessions.Rewind").toStatus());
    }

    @Override
    public void export(
            ExportSessionRequest request, StreamObserver<ExportSessionResponse> response) {
        response.onError(Problem.notServed("method", "Sessions.Export").toStatus());
    }

    @Override
    public StreamObserver<ImportSessionRequest> import_(StreamObserver<Session> response) {
        response.onError(Problem.notServed("method", "Sessions.Import").toStatus());
        return new StreamObserver<>() {
            @Override
            public void onNext(ImportSessionRequest piece) {}

            @Override
            public void onError(Throwable cause) {}

            @Override
            public void onCompleted() {}
        };
    }

    private static <A, B> void answer(
            CompletionStage<A> stage, Function<A, B> toWire, StreamObserver<B> response) {
        var unused =
                stage.whenComplete((answer, failure) -> {
                    if (failure == null) {
                        response.onNext(toWire.apply(answer));
                        response.onCompleted();
                    } else {
                        response.onError(Incidents.problem(failure, log).toStatus());
                    }
                });
    }
}
