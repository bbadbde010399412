package dev.eddy.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.DynamicMessage;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What grpcurl and its like do: a client that learns everything from the server, without generated
 * code.
 */
@Timeout(300)
final class ReflectionClientTest {
    @Test
    void client_fromReflectionAlone_converses() throws Exception {
        try (EddyServer server =
                EddyServer.start(
                        Settings.load(Map.of("eddy.server.port", 0, "eddy.metrics.port", -1)),
                        share -> {})) {
            ManagedChannel channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                            .usePlaintext()
                            .build();
            try {
                var reflection = new Reflection(channel);
                assertThat(reflection.services())
                        .contains(
                                "eddy.v1.Conversations",
                                "eddy.v1.Sessions",
                                "eddy.v1.Models",
                                "grpc.health.v1.Health",
                                "grpc.channelz.v1.Channelz");

                DynamicMessage models = unary(channel, reflection.method("eddy.v1.Models", "List"));
                DynamicMessage prose = (DynamicMessage) messages(models, "models").getFirst();
                assertThat(text(prose, "name")).isEqualTo("prose");
                assertThat(text(prose, "notice")).contains("no assistant");

                String said =
                        converse(channel, reflection.method("eddy.v1.Conversations", "Converse"));
                assertThat(said).hasSizeGreaterThan(10);
                assertThat(
                                converse(
                                        channel,
                                        reflection.method("eddy.v1.Conversations", "Converse")))
                        .as("the same seed and input")
                        .isEqualTo(said);
            } finally {
                channel.shutdownNow();
            }
        }
    }

    /** Attaches, writes, asks for 20 elements, ends its requests, and joins what is said. */
    private static String converse(ManagedChannel channel, MethodDescriptor method)
            throws Exception {
        Descriptor request = method.getInputType();
        var said = new StringBuilder();
        var reasons = new ArrayList<String>();
        var done = new CompletableFuture<@Nullable Void>();
        StreamObserver<DynamicMessage> requests =
                ClientCalls.asyncBidiStreamingCall(
                        channel.newCall(Reflection.grpcMethod(method), CallOptions.DEFAULT),
                        new StreamObserver<>() {
                            @Override
                            public void onNext(DynamicMessage response) {
                                if (has(response, "output")) {
                                    said.append(text(message(response, "output"), "text"));
                                }
                                if (has(response, "detached")) {
                                    reasons.add(text(message(response, "detached"), "reason"));
                                }
                            }

                            @Override
                            public void onError(Throwable cause) {
                                done.completeExceptionally(cause);
                            }

                            @Override
                            public void onCompleted() {
                                done.complete(null);
                            }
                        });
        requests.onNext(
                wrap(
                        request,
                        "attach",
                        attach -> {
                            var session = field(attach, "new_session");
                            var builder = DynamicMessage.newBuilder(session.getMessageType());
                            builder.setField(session.getMessageType().findFieldByName("seed"), 7L);
                            return Map.of("new_session", builder.build());
                        }));
        requests.onNext(
                wrap(request, "input", input -> Map.of("text", "It was a dark night, and")));
        requests.onNext(wrap(request, "generate", generate -> Map.of("max_elements", 20L)));
        requests.onCompleted();
        done.get(60, TimeUnit.SECONDS);
        assertThat(reasons).containsExactly("COMPLETED");
        return said.toString();
    }

    private interface Fields {
        Map<String, Object> of(Descriptor type);
    }

    private static DynamicMessage wrap(Descriptor request, String name, Fields fields) {
        FieldDescriptor one = field(request, name);
        var inner = DynamicMessage.newBuilder(one.getMessageType());
        fields.of(one.getMessageType())
                .forEach((key, value) -> inner.setField(field(one.getMessageType(), key), value));
        return DynamicMessage.newBuilder(request).setField(one, inner.build()).build();
    }

    private static DynamicMessage unary(ManagedChannel channel, MethodDescriptor method) {
        return ClientCalls.blockingUnaryCall(
                channel,
                Reflection.grpcMethod(method),
                CallOptions.DEFAULT,
                DynamicMessage.getDefaultInstance(method.getInputType()));
    }

    private static FieldDescriptor field(Descriptor type, String name) {
        FieldDescriptor field = type.findFieldByName(name);
        assertThat(field).as(type.getFullName() + "." + name).isNotNull();
        return field;
    }

    private static boolean has(DynamicMessage message, String name) {
        return message.hasField(field(message.getDescriptorForType(), name));
    }

    private static DynamicMessage message(DynamicMessage message, String name) {
        return (DynamicMessage) message.getField(field(message.getDescriptorForType(), name));
    }

    private static List<?> messages(DynamicMessage message, String name) {
        return (List<?>) message.getField(field(message.getDescriptorForType(), name));
    }

    private static String text(DynamicMessage message, String name) {
        return message.getField(field(message.getDescriptorForType(), name)).toString();
    }
}
