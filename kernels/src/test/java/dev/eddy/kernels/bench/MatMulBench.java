package dev.eddy.kernels.bench;

import dev.eddy.kernels.backend.WeightType;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A matrix product on one thread, in weights per nanosecond: times 2 rows for GF/s, times bytes of
 * a weight for GB/s. A whole step with its gathering is measured, not the kernel alone.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MatMulBench {
    /** K. */
    static final int DEPTH = 1024;

    /** N: 32 MiB of weights in float32, beyond L2. */
    static final int WIDTH = 8192;

    @Param({"F32", "BF16", "INT8", "INT4"})
    private WeightType dtype = WeightType.F32;

    @Param({"1", "4", "16", "64"})
    private int rows;

    private Stepper stepper = idle();

    private static Stepper idle() {
        return new Stepper(1, (p, x) -> x, WeightType.F32, 1, 1);
    }

    @Setup
    public void prepare() {
        stepper.close();
        stepper =
                new Stepper(
                        DEPTH,
                        (p, x) -> p.matmul(x, Stepper.weight(p, "w", WIDTH, DEPTH)),
                        dtype,
                        rows,
                        1);
    }

    @TearDown
    public void release() {
        stepper.close();
    }

    @Benchmark
    @OperationsPerInvocation(DEPTH * WIDTH)
    public void product() {
        stepper.run();
    }
}
