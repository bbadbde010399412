package dev.eddy.client;

import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import org.jspecify.annotations.Nullable;

/** One call of Converse: passes on what comes, and swallows what is sent after its end. */
final class Stream implements ClientResponseObserver<ConverseRequest, ConverseResponse> {
    /** Hears what the call brings, on a thread of gRPC that must not be held up. */
    interface Listener {
        void onResponse(Stream from, ConverseResponse response);

        /** The call is over; the cause is null for status OK. */
        void onEnd(Stream from, @Nullable Throwable cause);
    }

    private final Listener listener;
    private @Nullable ClientCallStreamObserver<ConverseRequest> requests;
    private boolean halfClosed;
    private volatile boolean over;

    Stream(Listener listener) {
        this.listener = listener;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConverseRequest> requestStream) {
        requests = requestStream;
    }

    /**
     * Sends, unless the call is over: then its end is, or will be, told. Callers hold the line's
     * lock.
     */
    void send(ConverseRequest request) {
        if (requests != null && !over && !halfClosed) {
            requests.onNext(request);
        }
    }

    void halfClose() {
        if (requests != null && !over && !halfClosed) {
            halfClosed = true;
            requests.onCompleted();
        }
    }

    void cancel() {
        if (requests != null && !over) {
            over = true;
            requests.cancel("the client needs the stream no more", null);
        }
    }

    @Override
    public void onNext(ConverseResponse response) {
        listener.onResponse(this, response);
    }

    @Override
    public void onError(Throwable cause) {
        over = true;
        listener.onEnd(this, cause);
    }

    @Override
    public void onCompleted() {
        over = true;
        listener.onEnd(this, null);
    }
}
