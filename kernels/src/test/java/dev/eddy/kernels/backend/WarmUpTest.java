package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.program.Program;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WarmUpTest {
    /** Of every kind of input and output, and of states that grow, with room for few positions. */
    @ParameterizedTest
    @CsvSource({"0, 40, 5000", "11, 1, 300", "11, 7, 900", "12, 300, 5000", "-1, 9, 5000"})
    void run_beforeAFeed_changesNoBit(int kind, int rows, long positions) {
        Program program =
                kind < 0
                        ? Samples.frames(5, (s, x) -> new StateSamples(s).longFir(x))
                        : Samples.model(kind, 50, 12, kind);
        Backend backend = Backends.byName("cpu");
        Feed feed = new Feed(program, 2, 12, 5);
        CompileOptions options =
                CompileOptions.of(WeightType.F32, 1, 2, Math.max(rows, 1)).withPositions(positions);
        try (Driver cold = new Driver(backend, program, feed, options);
                Driver warm = new Driver(backend, program, feed, options)) {
            int steps = WarmUp.run(warm.executable(), program, options, Duration.ofSeconds(2));
            assertThat(steps).isGreaterThan(4);
            for (Driver driver : new Driver[] {cold, warm}) {
                driver.feedRandomly(new Random(3), Math.max(rows, 1), 12);
            }
            for (int slot = 0; slot < 2; slot++) {
                assertThat(warm.record(slot)).isEqualTo(cold.record(slot));
                assertThat(warm.state(slot)).isEqualTo(cold.state(slot));
            }
        }
    }

    @Test
    void run_forNoTime_runsNothing() {
        Program program = Samples.model(1);
        CompileOptions options = CompileOptions.of(WeightType.F32, 1, 1, 1);
        try (Executable executable = Backends.byName("cpu").compile(program, options)) {
            assertThat(WarmUp.run(executable, program, options, Duration.ZERO)).isZero();
        }
    }
}
