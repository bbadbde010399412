package dev.eddy.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.v1.Attach;
import dev.eddy.v1.ConverseRequest;
import dev.eddy.v1.ConverseResponse;
import dev.eddy.v1.NewSession;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which devices a server takes. */
final class DeviceSpecTest {
    private static List<String> names(String text) {
        return DeviceSpec.parse(text).stream().map(DeviceSpec::name).toList();
    }

    @Test
    void parse_ofDevicesAndBackends_namesEach() {
        assertThat(names("cpu")).containsExactly("cpu:0");
        assertThat(names("cpu:0,3+reference")).containsExactly("cpu:0", "cpu:3", "reference:0");
        assertThat(names("")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "'cpu:', is no number",
        "'cpu:0,x', is no number",
        "'cpu:64', is no number",
        "'cpu:1,1', names cpu:1 twice",
        "'cpu+cpu:0', names cpu:0 twice"
    })
    void parse_ofWhatIsNoDevice_saysWhy(String text, String message) {
        assertThatThrownBy(() -> DeviceSpec.parse(text))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(text)
                .hasMessageContaining(message);
    }

    @Test
    void parse_ofAnUnknownBackend_namesTheKnown() {
        assertThatThrownBy(() -> DeviceSpec.parse("cpu+gpu:0"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("gpu")
                .hasMessageContaining("reference");
    }

    @Test
    void server_onTwoDevices_servesSessionsOnBoth() throws Exception {
        Settings settings =
                Settings.load(
                                Map.of(
                                        "eddy.server.port", 0,
                                        "eddy.metrics.port", -1,
                                        "eddy.device.slots", 1,
                                        "eddy.device.backend", "cpu:0,1"))
                        .serving(new ModelSource.Stored("dna", "dna"));
        try (EddyServer server = EddyServer.start(settings, _ -> {})) {
            var channel =
                    NettyChannelBuilder.forAddress("127.0.0.1", server.port())
                            .usePlaintext()
                            .build();
            Call[] calls = {new Call(channel, true), new Call(channel, true)};
            for (Call call : calls) {
                call.send(
                        ConverseRequest.newBuilder()
                                .setAttach(
                                        Attach.newBuilder()
                                                .setNewSession(
                                                        NewSession.newBuilder().setSeed(5))));
                call.next();
                call.send(Call.ids(1, 2, 3));
                call.send(Call.generate(20));
            }
            for (Call call : calls) {
                call.await(ConverseResponse::hasTurnEnded);
            }
            assertThat(calls[0].ids()).hasSize(20).isEqualTo(calls[1].ids());
            channel.shutdownNow();
        }
    }
}
