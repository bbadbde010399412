package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Meter;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.cuda.driver.StandInManagement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is said of a device at work: by a stand-in for the management library. */
class CudaMeterTest {
    private final CudaBackend backend = new CudaBackend();

    @BeforeEach
    void assumeBuilt() {
        EmulatedDriver.assumeBuilt();
        StandInManagement.use();
    }

    @AfterEach
    void forget() {
        StandInManagement.forget();
    }

    @Test
    void reading_ofADevice_isThatDevices() {
        try (Meter meter = backend.meter(1).orElseThrow()) {
            Meter.Reading reading = meter.read();
            assertThat(reading.multiprocessors()).isEqualTo(901);
            assertThat(reading.watts()).isEqualTo(512.5);
            assertThat(reading.held()).containsExactly("power", "heat");
            assertThat(StandInManagement.started()).isEqualTo(1);
        }
        assertThat(StandInManagement.started()).isZero();
    }

    @Test
    void meter_withoutTheLibrary_isAbsent() {
        StandInManagement.name("/nowhere/libnvidia-ml.so.1");
        assertThat(backend.meter(0)).isEmpty();
    }
}
