package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Yardsticks;
import dev.eddy.kernels.backend.Yardsticks.Bandwidth;
import dev.eddy.kernels.backend.Yardsticks.Product;
import dev.eddy.kernels.backend.Yardsticks.ProductTime;
import dev.eddy.kernels.cuda.driver.EmulatedDriver;
import dev.eddy.kernels.cuda.driver.StandInLibrary;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What measures a device, on the emulated driver: that it does what it times. */
final class CudaYardsticksTest {
    @BeforeEach
    void needsTheDriver() {
        EmulatedDriver.assumeBuilt();
        StandInLibrary.use();
    }

    @AfterEach
    void forgetTheLibrary() {
        StandInLibrary.forget();
    }

    private static Yardsticks yardsticks() {
        return new CudaBackend().yardsticks(0).orElseThrow();
    }

    @Test
    void bandwidth_always_readsAllBytesAndCopiesHalfOfThem() {
        long reads = EmulatedDriver.calls("read_memory");
        long copies = EmulatedDriver.calls("cuMemcpyDtoDAsync_v2");
        try (Yardsticks yardsticks = yardsticks()) {
            Bandwidth bandwidth = yardsticks.bandwidth(); // checks the sum of what it reads
            assertThat(bandwidth.bytes()).isEqualTo(1 << 20);
            assertThat(bandwidth.read()).isPositive();
            assertThat(bandwidth.copy()).isPositive();
            assertThat(yardsticks.clocks()).isEqualTo(new Yardsticks.Clocks(1000, 2000));
            assertThat(yardsticks.caution())
                    .hasValueSatisfying(why -> assertThat(why).contains("emulated"));
        }
        assertThat(EmulatedDriver.calls("read_memory") - reads).isGreaterThanOrEqualTo(15);
        assertThat(EmulatedDriver.calls("cuMemcpyDtoDAsync_v2") - copies)
                .isGreaterThanOrEqualTo(15);
    }

    @Test
    void bus_always_copiesBothWays() {
        long in = EmulatedDriver.calls("cuMemcpyHtoDAsync_v2");
        long out = EmulatedDriver.calls("cuMemcpyDtoHAsync_v2");
        try (Yardsticks yardsticks = yardsticks()) {
            assertThat(yardsticks.bus().to()).isPositive();
            assertThat(yardsticks.bus().from()).isPositive();
        }
        assertThat(EmulatedDriver.calls("cuMemcpyHtoDAsync_v2") - in).isEqualTo(2 * 16);
        assertThat(EmulatedDriver.calls("cuMemcpyDtoHAsync_v2") - out).isEqualTo(2 * 16);
    }

    @Test
    void times_besideTheLibrary_areOfTheSameProducts() {
        List<ProductTime> times;
        long launches = EmulatedDriver.calls("matmul_wgmma_64x64");
        try (Yardsticks yardsticks = yardsticks()) {
            assertThat(yardsticks.library().found()).isTrue();
            assertThat(yardsticks.library().words())
                    .isEqualTo("cuBLASLt 13.2.4 (" + StandInLibrary.FILE + ")");
            times = yardsticks.times(new Product(40, 70), 1, 9, 70);
        }
        assertThat(times).extracting(ProductTime::rows).containsExactly(1, 9, 70);
        for (ProductTime time : times) {
            assertThat(time.micros()).isPositive();
            assertThat(Objects.requireNonNull(time.library()).micros()).isPositive();
            // Sums of 70 exact products in two orders; of other weights or rows it would be near 1.
            assertThat(time.library().difference()).isLessThan(1e-5);
        }
        // Of 9 rows: three places in a step, three in each launch of the graph that is timed.
        assertThat(EmulatedDriver.calls("matmul_wgmma_64x64") - launches).isEqualTo(3 + 16 * 3);
        String calls = StandInLibrary.calls();
        assertThat(calls)
                .contains(
                        "layout bf16 70x40 by 70\nlayout bf16 70x9 by 70\nlayout f32 40x9 by 40\n"
                                + "heuristic 1, workspace 33554432\nmultiply\nmultiply\n")
                .startsWith("create\n")
                .endsWith("destroy\n");
        // One for each number of rows to load it and to compare, then one for each place recorded.
        assertThat(calls.lines().filter("multiply"::equals)).hasSize(3 * (1 + 3));
        assertThat(StandInLibrary.living()).isZero();
    }

    @Test
    void times_ofAProductThatTheLibraryRefuses_areOursAlone() {
        StandInLibrary.refuse();
        try (Yardsticks yardsticks = yardsticks()) {
            List<ProductTime> times = yardsticks.times(new Product(16, 16), 2);
            assertThat(times)
                    .singleElement()
                    .satisfies(time -> {
                        assertThat(time.micros()).isPositive();
                        assertThat(time.library()).isNull();
                    });
        }
        assertThat(StandInLibrary.living()).isZero();
    }

    @Test
    void library_thatIsNotThere_saysWhatWasTriedAndWhereToGetIt() {
        StandInLibrary.name("/nowhere/libcublasLt.so.13");
        try (Yardsticks yardsticks = yardsticks()) {
            assertThat(yardsticks.library().found()).isFalse();
            assertThat(yardsticks.library().words())
                    .contains("tried /nowhere/libcublasLt.so.13 (cannot be loaded)")
                    .contains("nvidia-cublas-cu12", "-Deddy.cublaslt=FILE");
            assertThat(yardsticks.times(new Product(3, 5), 1))
                    .singleElement()
                    .satisfies(time -> assertThat(time.library()).isNull());
        }
    }

    @Test
    void yardsticks_ofWhatHasNone_areAbsentOrRefused() {
        assertThat(Backends.byName("reference").yardsticks(0)).isEmpty();
        assertThatThrownBy(() -> new CudaBackend().yardsticks(7))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("there is no device cuda:7");
        assertThatThrownBy(() -> new Product(0, 5))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("0 outputs and depth 5");
    }

    @Test
    void bytes_ofAProduct_areWeightsRowsAndResults() {
        assertThat(new Product(10, 20).bytes(3)).isEqualTo(2 * 200 + 2 * 60 + 4 * 30);
        assertThat(new Product(10, 20).operations(3)).isEqualTo(1200);
    }
}
