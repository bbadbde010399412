package dev.eddy.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.v1.Attach;
import dev.eddy.v1.Attached;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.GetModelRequest;
import dev.eddy.v1.Model;
import dev.eddy.v1.ModelsGrpc;
import dev.eddy.v1.NewSession;
import dev.eddy.v1.Sampling;
import dev.eddy.v1.StateGrowth;
import dev.eddy.v1.TurnEnded;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.net.URL;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models with attention, served: their keys and values grow, or see a window. */
@Timeout(300)
final class GrowingServerTest {
    private static Path folder(String golden) throws Exception {
        URL url = Objects.requireNonNull(GrowingServerTest.class.getResource("/goldens/" + golden));
        return Path.of(url.toURI());
    }

    private static Integer[] ids(Path folder, String tensor) {
        try (Checkpoint golden = Checkpoints.tensors(folder.resolve("golden.safetensors"))) {
            Tensor ids = golden.find(tensor).orElseThrow();
            return IntStream.range(0, (int) ids.shape().elements())
                    .mapToObj(i -> (int) ids.getLong(i))
                    .toArray(Integer[]::new);
        }
    }

    private static EddyServer serve(Path model, Map<String, ?> more) throws Exception {
        Map<String, Object> all = new HashMap<>(more);
        all.put("eddy.server.port", 0);
        all.put("eddy.metrics.port", -1);
        all.put("eddy.device.backend", "reference");
        all.put("eddy.device.slots", 2);
        ModelSource source = new ModelSource.Stored("grows", model.toString());
        return EddyServer.start(Settings.load(all).serving(source), _ -> {});
    }

    private static ManagedChannel connect(EddyServer server) {
        return NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
    }

    private static ConverseRequest.Builder attach(long maxPosition) {
        return ConverseRequest.newBuilder()
                .setAttach(
                        Attach.newBuilder()
                                .setSampling(Sampling.newBuilder().setTemperature(0))
                                .setNewSession(
                                        NewSession.newBuilder().setMaxPosition(maxPosition)));
    }

    private static Model describe(ManagedChannel channel) {
        return ModelsGrpc.newBlockingStub(channel)
                .get(GetModelRequest.newBuilder().setName("grows").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"llama", "bamba"})
    void golden_served_goesOnAsItsReferenceAndSaysThatItGrows(String golden) throws Exception {
        Path folder = folder(golden);
        Integer[] prompt = ids(folder, "tokens");
        Integer[] greedy = ids(folder, "greedy");
        try (EddyServer server = serve(folder, Map.of("eddy.device.positions", 300))) {
            ManagedChannel channel = connect(server);
            Model model = describe(channel);
            assertThat(model.getStateGrowth()).isEqualTo(StateGrowth.STATE_GROWTH_GROWING);
            assertThat(model.getStateBytesPerElement()).isPositive();

            Call call = new Call(channel, true);
            call.send(attach(0));
            Attached attached = call.next().getAttached();
            assertThat(attached.getStateGrowth()).isEqualTo(StateGrowth.STATE_GROWTH_GROWING);
            assertThat(attached.getStateBytes()).isEqualTo(model.getStateBytes());
            call.send(Call.ids(prompt));
            call.send(Call.generate(greedy.length));
            call.await(ConverseResponse::hasTurnEnded);
            assertThat(call.ids()).isEqualTo(List.of(greedy));

            call.send(Call.generate(Long.MAX_VALUE));
            TurnEnded ended = call.await(ConverseResponse::hasTurnEnded).getTurnEnded();
            assertThat(ended.getReason()).isEqualTo(TurnEnded.Reason.MAX_POSITION);
            assertThat(ended.getPosition()).isEqualTo(300);
            call.send(Call.ids(1, 2));
            ConverseResponse refused = call.await(ConverseResponse::hasError);
            assertThat(refused.getError().getInfo().getReason()).isEqualTo("POSITION_LIMIT");

            Call tooFar = new Call(channel, true);
            tooFar.send(attach(1_000_000));
            Status end = tooFar.end();
            assertThat(end.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
            assertThat(end.getDescription()).contains("1000000", "can go to 768", "positions");
            channel.shutdownNow();
        }
    }

    @Test
    void llama_servedWithAWindow_isConstantAndGoesPastItsLimit() throws Exception {
        Map<String, ?> window = Map.of("eddy.device.window", 16, "eddy.device.positions", 20);
        try (EddyServer server = serve(folder("llama"), window)) {
            ManagedChannel channel = connect(server);
            Model model = describe(channel);
            assertThat(model.getStateGrowth()).isEqualTo(StateGrowth.STATE_GROWTH_CONSTANT);
            Call call = new Call(channel, true);
            call.send(attach(10));
            call.send(Call.ids(5, 6, 7));
            call.send(Call.generate(100));
            TurnEnded ended = call.await(ConverseResponse::hasTurnEnded).getTurnEnded();
            assertThat(ended.getReason()).isNotEqualTo(TurnEnded.Reason.MAX_POSITION);
            call.send(Call.ids(IntStream.range(0, 90).boxed().toArray(Integer[]::new)));
            call.await(r -> r.hasAbsorbed() && r.getAbsorbed().getPosition() > 90);
            channel.shutdownNow();
        }
    }
}
