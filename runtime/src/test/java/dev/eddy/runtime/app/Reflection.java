package dev.eddy.runtime.app;

import com.google.protobuf.ByteString;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Channel;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.reflection.v1.ServerReflectionResponse;
import io.grpc.reflection.v1.ServiceResponse;
import io.grpc.stub.StreamObserver;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A server's descriptors, asked of its reflection service. */
final class Reflection {
    private final Channel channel;
    private final Map<String, FileDescriptorProto> files = new HashMap<>();

    Reflection(Channel channel) {
        this.channel = channel;
    }

    /** Full names of the services. */
    List<String> services() throws Exception {
        return ask(ServerReflectionRequest.newBuilder().setListServices("*"))
                .getListServicesResponse()
                .getServiceList()
                .stream()
                .map(ServiceResponse::getName)
                .toList();
    }

    /** The descriptor of a method. */
    Descriptors.MethodDescriptor method(String service, String method) throws Exception {
        String file =
                collect(ServerReflectionRequest.newBuilder().setFileContainingSymbol(service))
                        .getName();
        Descriptors.ServiceDescriptor descriptor =
                build(file).findServiceByName(service.substring(service.lastIndexOf('.') + 1));
        return Objects.requireNonNull(descriptor.findMethodByName(method), method);
    }

    /** The method as gRPC calls it, with messages that know their descriptors alone. */
    static MethodDescriptor<DynamicMessage, DynamicMessage> grpcMethod(
            Descriptors.MethodDescriptor method) {
        boolean streams = method.isClientStreaming() && method.isServerStreaming();
        return MethodDescriptor.<DynamicMessage, DynamicMessage>newBuilder()
                .setType(
                        streams
                                ? MethodDescriptor.MethodType.BIDI_STREAMING
                                : MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(
                        MethodDescriptor.generateFullMethodName(
                                method.getService().getFullName(), method.getName()))
                .setRequestMarshaller(
                        ProtoUtils.marshaller(
                                DynamicMessage.getDefaultInstance(method.getInputType())))
                .setResponseMarshaller(
                        ProtoUtils.marshaller(
                                DynamicMessage.getDefaultInstance(method.getOutputType())))
                .build();
    }

    /** Fetches a file and all it imports; returns the file. */
    private FileDescriptorProto collect(ServerReflectionRequest.Builder request) throws Exception {
        FileDescriptorProto first = null;
        for (ByteString bytes :
                ask(request).getFileDescriptorResponse().getFileDescriptorProtoList()) {
            FileDescriptorProto file = parse(bytes);
            first = first == null ? file : first;
            if (files.putIfAbsent(file.getName(), file) == null) {
                for (String imported : file.getDependencyList()) {
                    if (!files.containsKey(imported)) {
                        collect(ServerReflectionRequest.newBuilder().setFileByFilename(imported));
                    }
                }
            }
        }
        return Objects.requireNonNull(first, "no file came");
    }

    private static FileDescriptorProto parse(ByteString bytes)
            throws InvalidProtocolBufferException {
        return FileDescriptorProto.parseFrom(bytes);
    }

    private FileDescriptor build(String name) throws Descriptors.DescriptorValidationException {
        FileDescriptorProto file = Objects.requireNonNull(files.get(name), name);
        FileDescriptor[] imports = new FileDescriptor[file.getDependencyCount()];
        for (int i = 0; i < imports.length; i++) {
            imports[i] = build(file.getDependency(i));
        }
        return FileDescriptor.buildFrom(file, imports);
    }

    private ServerReflectionResponse ask(ServerReflectionRequest.Builder request) throws Exception {
        var answer = new CompletableFuture<ServerReflectionResponse>();
        StreamObserver<ServerReflectionRequest> requests =
                ServerReflectionGrpc.newStub(channel)
                        .serverReflectionInfo(
                                new StreamObserver<>() {
                                    @Override
                                    public void onNext(ServerReflectionResponse response) {
                                        answer.complete(response);
                                    }

                                    @Override
                                    public void onError(Throwable cause) {
                                        answer.completeExceptionally(cause);
                                    }

                                    @Override
                                    public void onCompleted() {}
                                });
        requests.onNext(request.build());
        requests.onCompleted();
        return answer.get(60, TimeUnit.SECONDS);
    }
}
