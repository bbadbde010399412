package dev.eddy.runtime.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.runtime.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
    @TempDir Path folder;

    @Test
    void load_withNothingGiven_isReferenceConf() {
        Settings settings = Settings.load(Map.of());
        assertThat(settings.server().port()).isEqualTo(50051);
        assertThat(settings.server().streamWindowBytes()).isEqualTo(65536);
        assertThat(settings.metrics().interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.engine()).isEqualTo(EngineSettings.DEFAULT);
        assertThat(settings.models()).containsExactly(new ModelSource.Stored("prose", "prose"));
    }

    @Test
    void load_withFileAndOverride_prefersTheOverride() throws IOException {
        Path file =
                Files.writeString(
                        folder.resolve("eddy.conf"),
                        "eddy.server { port = 1234, keepalive-time = 2 m }");
        Settings settings = Settings.load(file, Map.of("eddy.server.port", 4321));
        assertThat(settings.server().port()).isEqualTo(4321);
        assertThat(settings.server().keepaliveTime()).isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "eddy.server.port, 70000, 0 to 65535",
        "eddy.server.port, -1, 0 to 65535",
        "eddy.server.max-request-bytes, 1 TiB, 4096 to 67108864",
        "eddy.server.stream-window-bytes, 1 KiB, 4096 to 8388608",
        "eddy.server.keepalive-time, 1 ms, 1000 ms to 86400000 ms",
        "eddy.server.drain-timeout, -3 s, 0 ms to 3600000 ms",
        "eddy.metrics.interval, 0 s, 100 ms to 3600000 ms",
        "eddy.metrics.port, 65536, -1 to 65535",
        "eddy.device.slots, 0, 1 to 1048576",
        "eddy.device.weights, f64, '[bf16, f32, fp8, int4, int8, native]'",
        "eddy.engine.queue, 1000, power of two"
    })
    void load_withValueBeyondItsLimit_namesKeyValueAndLimit(
            String key, String value, String limits) {
        assertThatThrownBy(() -> Settings.load(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(limits);
    }

    @ParameterizedTest
    @CsvSource({
        "eddy.server.port, seventy",
        "eddy.server.reflection, perhaps",
        "eddy.server.keepalive-time, soon"
    })
    void load_withValueOfAnotherType_namesKeyAndValue(String key, String value) {
        assertThatThrownBy(() -> Settings.load(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value);
    }

    @Test
    void load_withMisspeltKey_namesItAndTheSettings() {
        assertThatThrownBy(() -> Settings.load(Map.of("eddy.server.prot", 1)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("eddy.server.prot")
                .hasMessageContaining("server.port");
    }

    @Test
    void load_withBrokenOrMissingFile_namesTheFile() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.conf"), "eddy { server {");
        assertThatThrownBy(() -> Settings.load(broken, Map.of()))
                .hasMessageContaining("broken.conf");
        Path missing = folder.resolve("missing.conf");
        assertThatThrownBy(() -> Settings.load(missing, Map.of()))
                .hasMessageContaining("missing.conf");
    }
}
