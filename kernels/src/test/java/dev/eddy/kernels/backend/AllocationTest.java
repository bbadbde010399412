package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * No byte is allocated by a warm step. The JVMs have the flags that {@code eddy} has, as far as the
 * compiler is concerned; steps run until C2 has compiled them, for a minute at most.
 */
class AllocationTest {
    /** Samples with what depends on the type of the weights. */
    private static final String PRODUCTS = "^matmul|lstm|experts|model 3";

    @ParameterizedTest
    @CsvSource({
        "'', F32, F32, ''",
        "java, BF16, BF16, ''",
        "'', INT8, F32, " + PRODUCTS,
        "java, INT4, F32, " + PRODUCTS
    })
    void warmStep_ofEveryProgram_allocatesNothing(
            String kernels, String weights, String state, String programs) throws Exception {
        List<String> flags =
                List.of("-XX:+UseCompactObjectHeaders", "-Deddy.cpu.kernels=" + kernels);
        Forks.Result result = Forks.run(Allocations.class, flags, weights, state, programs);
        assertThat(result.exit()).as(result.output()).isZero();
        List<String> bytes =
                result.output().lines().filter(line -> line.contains(" bytes: ")).toList();
        assertThat(bytes).isNotEmpty().allMatch(line -> line.startsWith("0 "));
    }
}
