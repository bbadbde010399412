package dev.eddy.runtime.server;

import dev.eddy.v1.ConversationsGrpc;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One raw call of Converse, as a test holds it. */
final class Talk implements ClientResponseObserver<ConverseRequest, ConverseResponse> {
    private final LinkedBlockingQueue<ConverseResponse> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final boolean reads;
    private @Nullable ClientCallStreamObserver<ConverseRequest> requests;

    private Talk(boolean reads) {
        this.reads = reads;
    }

    static Talk open(Channel channel) {
        var talk = new Talk(true);
        var unused = ConversationsGrpc.newStub(channel).converse(talk);
        return talk;
    }

    /** A client that reads nothing until {@link #read}. */
    static Talk deaf(Channel channel) {
        var talk = new Talk(false);
        var unused = ConversationsGrpc.newStub(channel).converse(talk);
        return talk;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConverseRequest> requestStream) {
        requests = requestStream;
        if (!reads) {
            requestStream.disableAutoRequestWithInitial(0);
        }
    }

    void read(int messages) {
        Objects.requireNonNull(requests).request(messages);
    }

    boolean isReady() {
        return Objects.requireNonNull(requests).isReady();
    }

    void send(ConverseRequest.Builder request) {
        Objects.requireNonNull(requests).onNext(request.build());
    }

    void halfClose() {
        Objects.requireNonNull(requests).onCompleted();
    }

    void cancel() {
        Objects.requireNonNull(requests).cancel("enough", null);
    }

    /** The next response of this kind; others before it are passed over. */
    ConverseResponse await(Predicate<ConverseResponse> kind) throws InterruptedException {
        while (true) {
            ConverseResponse response = responses.poll(60, TimeUnit.SECONDS);
            if (response == null) {
                throw new AssertionError(
                        "nothing came; the call's end: "
                                + end.getNow(null)
                                + " "
                                + failure.getNow(null));
            }
            if (kind.test(response)) {
                return response;
            }
        }
    }

    ConverseResponse next() throws InterruptedException {
        return await(response -> true);
    }

    List<ConverseResponse> soFar() {
        return List.copyOf(responses);
    }

    Status end() throws Exception {
        return end.get(60, TimeUnit.SECONDS);
    }

    Throwable failure() throws Exception {
        return failure.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(ConverseResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable cause) {
        failure.complete(cause);
        end.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
