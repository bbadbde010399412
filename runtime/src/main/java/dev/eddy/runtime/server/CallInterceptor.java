package dev.eddy.runtime.server;

import dev.eddy.runtime.metrics.Metric;
import dev.eddy.runtime.metrics.Metrics;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts every call and its messages, logs how it ended, and turns what a handler throws into a
 * status. A unary request that does not parse is refused here; Converse refuses its own.
 */
final class CallInterceptor implements ServerInterceptor {
    private static final Logger log = LoggerFactory.getLogger("dev.eddy.calls");

    private final Metrics metrics;
    private final UnreadableRequests unreadable;

    CallInterceptor(Metrics metrics, UnreadableRequests unreadable) {
        this.metrics = metrics;
        this.unreadable = unreadable;
    }

    @Override
    public <A, B> ServerCall.Listener<A> interceptCall(
            ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
        String method = Objects.requireNonNull(call.getMethodDescriptor().getBareMethodName());
        String service = Objects.requireNonNull(call.getMethodDescriptor().getServiceName());
        String name = service.substring(service.lastIndexOf('.') + 1) + "." + method;
        var counted = new Counted<>(call, name, metrics);
        try {
            return new Guarded<>(
                    next.startCall(counted, headers),
                    counted,
                    metrics.counter(Metric.MESSAGES_IN, name));
        } catch (RuntimeException e) {
            counted.fail(e);
            return new ServerCall.Listener<>() {};
        }
    }

    private static final class Counted<A, B> extends SimpleForwardingServerCall<A, B> {
        private final String name;
        private final Metrics metrics;
        private final Metrics.Counter messages;
        private final long started = System.nanoTime();
        private boolean over;

        Counted(ServerCall<A, B> call, String name, Metrics metrics) {
            super(call);
            this.name = name;
            this.metrics = metrics;
            this.messages = metrics.counter(Metric.MESSAGES_OUT, name);
            metrics.gauge(Metric.CALLS_ACTIVE, name).add(1);
        }

        @Override
        public void sendMessage(B message) {
            messages.add(1);
            super.sendMessage(message);
        }

        @Override
        public void close(Status status, Metadata trailers) {
            over(status.getCode());
            super.close(status, trailers);
        }

        synchronized void over(Status.Code code) {
            if (over) {
                return;
            }
            over = true;
            metrics.gauge(Metric.CALLS_ACTIVE, name).add(-1);
            metrics.counter(Metric.CALLS, name, code.name()).add(1);
            log.atDebug()
                    .addKeyValue("method", name)
                    .addKeyValue("code", code)
                    .addKeyValue("ms", (System.nanoTime() - started) / 1_000_000)
                    .log("call ended");
        }

        synchronized boolean isOver() {
            return over;
        }

        void fail(RuntimeException cause) {
            StatusRuntimeException status =
                    Problem.isStatus(cause)
                            ? Status.fromThrowable(cause)
                                    .asRuntimeException(Status.trailersFromThrowable(cause))
                            : Incidents.problem(cause, log).toStatus();
            if (!isOver()) {
                Metadata trailers = status.getTrailers();
                close(status.getStatus(), trailers == null ? new Metadata() : trailers);
            }
        }
    }

    private final class Guarded<A, B> extends SimpleForwardingServerCallListener<A> {
        private final Counted<A, B> call;
        private final Metrics.Counter messages;

        Guarded(ServerCall.Listener<A> delegate, Counted<A, B> call, Metrics.Counter messages) {
            super(delegate);
            this.call = call;
            this.messages = messages;
        }

        @Override
        public void onMessage(A message) {
            messages.add(1);
            Problem problem = unreadable.problem(message);
            if (problem != null
                    && call.getMethodDescriptor().getType()
                            != MethodDescriptor.MethodType.BIDI_STREAMING) {
                call.fail(problem.toStatus());
                return;
            }
            guarded(() -> super.onMessage(message));
        }

        @Override
        public void onHalfClose() {
            if (!call.isOver()) {
                guarded(super::onHalfClose);
            }
        }

        @Override
        public void onReady() {
            guarded(super::onReady);
        }

        @Override
        public void onCancel() {
            call.over(Status.Code.CANCELLED);
            guarded(super::onCancel);
        }

        private void guarded(Runnable callback) {
            try {
                callback.run();
            } catch (RuntimeException e) {
                call.fail(e);
            }
        }
    }
}
