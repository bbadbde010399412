package dev.eddy.runtime.app;

import dev.eddy.v1.Attach;
import dev.eddy.v1.ConversationsGrpc;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Ids;
import dev.eddy.v1.Input;
import dev.eddy.v1.NewSession;
import io.grpc.Channel;
import io.grpc.Status;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One raw call, and requests for it. */
final class Call implements ClientResponseObserver<ConverseRequest, ConverseResponse> {
    private final LinkedBlockingQueue<ConverseResponse> responses = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> end = new CompletableFuture<>();
    private final boolean reads;
    private @Nullable ClientCallStreamObserver<ConverseRequest> requests;
    private final List<Integer> ids = new ArrayList<>();
    private long outputPosition;

    static ConverseRequest.Builder attach() {
        return ConverseRequest.newBuilder()
                .setAttach(Attach.newBuilder().setNewSession(NewSession.getDefaultInstance()));
    }

    static ConverseRequest.Builder ids(Integer... ids) {
        return ConverseRequest.newBuilder()
                .setInput(Input.newBuilder().setIds(Ids.newBuilder().addAllValues(List.of(ids))));
    }

    static ConverseRequest.Builder generate(long most) {
        return ConverseRequest.newBuilder().setGenerate(Generate.newBuilder().setMaxElements(most));
    }

    Call(Channel channel, boolean reads) {
        this.reads = reads;
        var unused = ConversationsGrpc.newStub(channel).converse(this);
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConverseRequest> requestStream) {
        requests = requestStream;
        if (!reads) {
            requestStream.disableAutoRequestWithInitial(0);
        }
    }

    /** The output ids received so far. */
    List<Integer> ids() {
        return ids;
    }

    /** The output position of the last output received. */
    long outputPosition() {
        return outputPosition;
    }

    void read(int messages) {
        Objects.requireNonNull(requests).request(messages);
    }

    void send(ConverseRequest.Builder request) {
        Objects.requireNonNull(requests).onNext(request.build());
    }

    void cancel() {
        Objects.requireNonNull(requests).cancel("enough", null);
    }

    ConverseResponse next() throws InterruptedException {
        return await(response -> true);
    }

    ConverseResponse await(java.util.function.Predicate<ConverseResponse> kind)
            throws InterruptedException {
        while (true) {
            ConverseResponse response = responses.poll(60, TimeUnit.SECONDS);
            if (response == null) {
                throw new AssertionError("nothing came; the call's end: " + end.getNow(Status.OK));
            }
            outputPosition = Math.max(outputPosition, response.getOutput().getOutputPosition());
            ids.addAll(response.getOutput().getIdsList());
            if (kind.test(response)) {
                return response;
            }
        }
    }

    Status end() throws Exception {
        return end.get(60, TimeUnit.SECONDS);
    }

    @Override
    public void onNext(ConverseResponse response) {
        responses.add(response);
    }

    @Override
    public void onError(Throwable cause) {
        end.complete(Status.fromThrowable(cause));
    }

    @Override
    public void onCompleted() {
        end.complete(Status.OK);
    }
}
