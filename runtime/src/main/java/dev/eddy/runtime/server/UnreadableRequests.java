package dev.eddy.runtime.server;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.MethodDescriptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request that is too large or does not parse fail alone: in its place comes a marked
 * message of its type, of which {@link #problem} tells, so that the handler refuses it in its own
 * way. gRPC itself would end the call, and say too little.
 */
final class UnreadableRequests {
    private static final ConcurrentMap<Class<?>, Message> MALFORMED = new ConcurrentHashMap<>();
    private static final ConcurrentMap<Class<?>, Message> TOO_LARGE = new ConcurrentHashMap<>();
    private static final int LEAST_HARD_LIMIT = 4 << 20;

    private final int limit;

    /**
     * Readers of requests.
     *
     * @param limit largest request that is read, in bytes
     */
    UnreadableRequests(int limit) {
        this.limit = limit;
    }

    /**
     * The limit at which gRPC may end the call: far enough above ours that the honest meet ours.
     */
    int hardLimit() {
        return (int) Math.max(LEAST_HARD_LIMIT, Math.min(Integer.MAX_VALUE, 2L * limit));
    }

    /**
     * What is wrong with the request that this message stands for, or null if it is a message of
     * its own.
     */
    @Nullable Problem problem(Object message) {
        if (MALFORMED.get(message.getClass()) == message) {
            return Problem.of(
                    Code.INVALID_ARGUMENT,
                    "MALFORMED_MESSAGE",
                    "the request does not parse as a message of its type; check that client and server use the same"
                            + " .proto");
        }
        if (TOO_LARGE.get(message.getClass()) == message) {
            return new Problem(
                    Code.RESOURCE_EXHAUSTED,
                    "MESSAGE_TOO_LARGE",
                    "the request has more than %d bytes; cut it into several".formatted(limit),
                    Map.of("limit", Integer.toString(limit)));
        }
        return null;
    }

    /** The service, with requests that cannot be read replaced. */
    ServerServiceDefinition tolerant(ServerServiceDefinition service) {
        ServiceDescriptor old = service.getServiceDescriptor();
        var descriptor =
                ServiceDescriptor.newBuilder(old.getName())
                        .setSchemaDescriptor(old.getSchemaDescriptor());
        var methods = service.getMethods().stream().map(method -> tolerant(method)).toList();
        methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
        var result = ServerServiceDefinition.builder(descriptor.build());
        methods.forEach(result::addMethod);
        return result.build();
    }

    private <A, B> ServerMethodDefinition<A, B> tolerant(ServerMethodDefinition<A, B> method) {
        MethodDescriptor<A, B> old = method.getMethodDescriptor();
        if (!(old.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier)
                || !(old.getRequestMarshaller()
                        instanceof MethodDescriptor.PrototypeMarshaller<A> marshaller)
                || !(marshaller.getMessagePrototype() instanceof Message prototype)) {
            return method;
        }
        Class<A> type = marshaller.getMessageClass();
        var tolerant =
                new Tolerant<>(
                        marshaller,
                        type.cast(mark(MALFORMED, prototype)),
                        type.cast(mark(TOO_LARGE, prototype)),
                        limit);
        return ServerMethodDefinition.create(
                old.toBuilder(tolerant, old.getResponseMarshaller()).build(),
                method.getServerCallHandler());
    }

    /** A message of its own: equal to the default one, and not the same. */
    private static Message mark(ConcurrentMap<Class<?>, Message> marks, Message prototype) {
        return marks.computeIfAbsent(
                prototype.getClass(), type -> prototype.newBuilderForType().buildPartial());
    }

    private record Tolerant<T>(
            MethodDescriptor.PrototypeMarshaller<T> marshaller, T malformed, T tooLarge, int limit)
            implements MethodDescriptor.Marshaller<T> {
        @Override
        public InputStream stream(T value) {
            return marshaller.stream(value);
        }

        @Override
        public T parse(InputStream bytes) {
            try {
                // gRPC's streams know their length.
                return bytes.available() > limit ? tooLarge : marshaller.parse(bytes);
            } catch (StatusRuntimeException e) {
                if (e.getCause() instanceof IOException) {
                    return malformed;
                }
                throw e;
            } catch (IOException e) {
                return malformed;
            }
        }
    }
}
