package dev.eddy.runtime.app;

import com.google.protobuf.ByteString;
import dev.eddy.v1.Ack;
import dev.eddy.v1.Attach;
import dev.eddy.v1.Cancel;
import dev.eddy.v1.ConversationsGrpc;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.Credit;
import dev.eddy.v1.Detach;
import dev.eddy.v1.Frames;
import dev.eddy.v1.Generate;
import dev.eddy.v1.Ids;
import dev.eddy.v1.Input;
import dev.eddy.v1.KnownSession;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.Sampling;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;

/** One call of Converse whose requests are drawn at random, sane and otherwise. */
final class WildCall {
    private static final MethodDescriptor<byte[], ConverseResponse> CONVERSE = raw();
    private static final ConcurrentLinkedQueue<String> SESSIONS = new ConcurrentLinkedQueue<>();
    private static final long[] EDGES = {
        0, 1, 2, 3, 7, 255, 256, 257, 65535, Long.MAX_VALUE, -1, Long.MIN_VALUE
    };
    private static final float[] FLOATS = {
        0,
        1,
        -1,
        0.5f,
        1e-30f,
        1e30f,
        Float.NaN,
        Float.POSITIVE_INFINITY,
        Float.NEGATIVE_INFINITY,
        -0f
    };
    private static final String[] TEXTS = {
        "",
        "a",
        "It was a dark night",
        "\uD83D\uDE00",
        "\u0000",
        "\uFFFF",
        "<|endoftext|>",
        "x".repeat(5000)
    };

    private final SplittableRandom random;
    private final CompletableFuture<Status.Code> end = new CompletableFuture<>();
    private final ClientCall<byte[], ConverseResponse> call;
    private long sequence;

    private WildCall(ManagedChannel channel, SplittableRandom random) {
        this.random = random;
        this.call = channel.newCall(CONVERSE, CallOptions.DEFAULT);
    }

    /** Starts a call and sends all of its requests. */
    static WildCall start(ManagedChannel channel, SplittableRandom random) {
        var wild = new WildCall(channel, random);
        wild.call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(ConverseResponse response) {
                        if (response.hasAttached()) {
                            SESSIONS.add(response.getAttached().getSessionId());
                        }
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        if (status.getCode() == Status.Code.INTERNAL
                                || status.getCode() == Status.Code.UNKNOWN) {
                            System.out.println("a defect: " + status);
                        }
                        wild.end.complete(status.getCode());
                    }
                },
                new Metadata());
        wild.call.request(Integer.MAX_VALUE);
        wild.send();
        return wild;
    }

    /**
     * The code that the call ended with; one that does not end by itself is cut off, which is a
     * code too.
     */
    Status.Code end() throws Exception {
        call.cancel("the fuzzer is through", null);
        return end.get(60, TimeUnit.SECONDS);
    }

    private void send() {
        int count = random.nextInt(12);
        if (random.nextInt(10) > 0) {
            message(ConverseRequest.newBuilder().setAttach(attach()).build().toByteArray());
        }
        for (int i = 0; i < count && !end.isDone(); i++) {
            byte[] bytes = request().build().toByteArray();
            message(random.nextInt(6) == 0 ? damaged(bytes) : bytes);
        }
        if (random.nextInt(3) > 0) {
            call.halfClose();
        }
        if (random.nextBoolean()) {
            try {
                var unused = end.get(random.nextInt(50), TimeUnit.MILLISECONDS);
            } catch (Exception e) {
                // Cut off below.
            }
        }
    }

    private void message(byte[] bytes) {
        call.sendMessage(bytes);
    }

    private ConverseRequest.Builder request() {
        var request = ConverseRequest.newBuilder();
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> request.setInput(input());
            case 3, 4, 5 -> request.setGenerate(generate());
            case 6 -> request.setCredit(Credit.newBuilder().setElements(edge()));
            case 7 ->
                    request.setAck(
                            Ack.newBuilder()
                                    .setOutputPosition(edge())
                                    .setTurn(edge())
                                    .setPosition(edge()));
            case 8 ->
                    request.setCancel(Cancel.newBuilder().setSequence(sequence()).setTurn(edge()));
            case 9 -> request.setDetach(Detach.getDefaultInstance());
            case 10 -> request.setAttach(attach());
            default -> request;
        };
    }

    private Attach.Builder attach() {
        var attach =
                Attach.newBuilder()
                        .setInputPolicyValue(random.nextInt(5))
                        .setDurabilityValue(random.nextInt(10) == 0 ? 9 : random.nextInt(2))
                        .setSampling(sampling());
        if (random.nextInt(4) == 0) {
            attach.setCredit(edge());
        }
        if (random.nextInt(4) == 0) {
            attach.setAcknowledged(Ack.newBuilder().setOutputPosition(edge()).setTurn(edge()));
        }
        String known = SESSIONS.peek();
        if (known != null && random.nextInt(3) == 0) {
            return attach.setKnownSession(
                    KnownSession.newBuilder().setSessionId(known).setEpoch(edge()));
        }
        return switch (random.nextInt(8)) {
            case 0 -> attach;
            case 1 -> attach.setKnownSession(KnownSession.newBuilder().setSessionId(text()));
            case 2 ->
                    attach.setNewSession(
                            NewSession.newBuilder().setModel(text()).setMaxPosition(edge()));
            default -> attach.setNewSession(NewSession.newBuilder().setModel("null"));
        };
    }

    private Input.Builder input() {
        var input =
                Input.newBuilder()
                        .setSequence(sequence())
                        .setEndOfMessage(random.nextBoolean())
                        .setScored(random.nextInt(4) == 0)
                        .setPolicyValue(random.nextInt(5));
        switch (random.nextInt(5)) {
            case 0 -> input.setText(text());
            case 1 -> input.setData(ByteString.copyFrom(damaged(new byte[10])));
            case 2 ->
                    input.setFrames(
                            Frames.newBuilder()
                                    .setWidth((int) edge())
                                    .addValues(real())
                                    .addValues(real()));
            default -> {
                var ids = Ids.newBuilder();
                for (int i = random.nextInt(20); i > 0; i--) {
                    ids.addValues(random.nextInt(10) == 0 ? (int) edge() : random.nextInt(256));
                }
                input.setIds(ids);
            }
        }
        return input;
    }

    private Generate.Builder generate() {
        var generate = Generate.newBuilder().setSequence(sequence()).setSampling(sampling());
        generate.setMaxElements(random.nextInt(6) == 0 ? edge() : random.nextInt(30));
        if (random.nextInt(4) == 0) {
            generate.addStopStrings(text());
        }
        if (random.nextInt(4) == 0) {
            generate.addStopIds((int) edge());
        }
        if (random.nextInt(4) == 0) {
            generate.setLogProbabilities((int) edge());
        }
        return generate;
    }

    private Sampling.Builder sampling() {
        var sampling = Sampling.newBuilder();
        if (random.nextInt(3) == 0) {
            sampling.setTemperature(real());
        }
        if (random.nextInt(6) == 0) {
            sampling.setTopP(real()).setMinP(real());
        }
        if (random.nextInt(6) == 0) {
            sampling.setTopK((int) edge())
                    .setPenaltyWindow((int) edge())
                    .setRepetitionPenalty(real());
        }
        if (random.nextInt(6) == 0) {
            sampling.putLogitBias((int) edge(), real());
        }
        return sampling;
    }

    private long sequence() {
        return switch (random.nextInt(6)) {
            case 0 -> edge();
            case 1 -> 0;
            default -> ++sequence;
        };
    }

    private long edge() {
        return EDGES[random.nextInt(EDGES.length)];
    }

    private float real() {
        return FLOATS[random.nextInt(FLOATS.length)];
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)];
    }

    private byte[] damaged(byte[] bytes) {
        byte[] copy = java.util.Arrays.copyOf(bytes, Math.max(1, random.nextInt(bytes.length + 8)));
        for (int i = random.nextInt(4); i >= 0; i--) {
            copy[random.nextInt(copy.length)] = (byte) random.nextInt(256);
        }
        return copy;
    }

    /**
     * Writes bytes that are no HTTP/2, or its beginning and then no HTTP/2, to the server's port.
     */
    static void noise(int port, SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(2000)];
        random.nextBytes(bytes);
        try (var socket = new Socket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            if (random.nextBoolean()) {
                out.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            }
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            // The server closes such connections, also while they are written to.
        }
    }

    /** What a small conversation with a fixed seed says. */
    static String sane(int port) throws Exception {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        try {
            var said = new StringBuilder();
            var done = new CompletableFuture<Boolean>();
            var requests =
                    ConversationsGrpc.newStub(channel)
                            .converse(
                                    new io.grpc.stub.StreamObserver<ConverseResponse>() {
                                        @Override
                                        public void onNext(ConverseResponse response) {
                                            said.append(response.getOutput().getIdsList());
                                        }

                                        @Override
                                        public void onError(Throwable cause) {
                                            done.completeExceptionally(cause);
                                        }

                                        @Override
                                        public void onCompleted() {
                                            done.complete(true);
                                        }
                                    });
            requests.onNext(
                    ConverseRequest.newBuilder()
                            .setAttach(
                                    Attach.newBuilder()
                                            .setNewSession(NewSession.newBuilder().setSeed(5)))
                            .build());
            requests.onNext(
                    ConverseRequest.newBuilder()
                            .setInput(Input.newBuilder().setIds(Ids.newBuilder().addValues(3)))
                            .build());
            requests.onNext(
                    ConverseRequest.newBuilder()
                            .setGenerate(Generate.newBuilder().setMaxElements(40))
                            .build());
            requests.onCompleted();
            done.get(60, TimeUnit.SECONDS);
            return said.toString().replace("[", "").replace("]", ",").replaceAll("[, ]+", " ");
        } finally {
            channel.shutdownNow();
        }
    }

    private static MethodDescriptor<byte[], ConverseResponse> raw() {
        var converse = ConversationsGrpc.getConverseMethod();
        return converse.toBuilder(
                        new MethodDescriptor.Marshaller<byte[]>() {
                            @Override
                            public InputStream stream(byte[] value) {
                                return new ByteArrayInputStream(value);
                            }

                            @Override
                            public byte[] parse(InputStream stream) {
                                try {
                                    return stream.readAllBytes();
                                } catch (IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            }
                        },
                        converse.getResponseMarshaller())
                .build();
    }
}
