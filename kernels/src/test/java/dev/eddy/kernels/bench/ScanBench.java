package dev.eddy.kernels.bench;

import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.kernels.program.Value;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The other operators on one thread, in microseconds a step of 64 elements: one session of 64 or 64
 * sessions of one. Shapes are Mamba-130M's and Mamba2-130M's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScanBench {
    private static final int CHANNELS = 1536;
    private static final int MODES = 16;
    private static final int HEADS = 24;
    private static final int KEYS = 128;

    /** What is measured; {@code NONE} is the step around it. */
    public enum Kernel {
        NONE,
        FIR,
        DIAGONAL,
        MATRIX,
        RMS_NORM,
        SILU,
        SOFTPLUS
    }

    @Param private Kernel kernel = Kernel.NONE;

    @Param({"1", "64"})
    private int sessions;

    private Stepper stepper = new Stepper(1, (p, x) -> x, WeightType.F32, 1, 1);

    @Setup
    public void prepare() {
        stepper.close();
        stepper = new Stepper(width(), this::record, WeightType.F32, sessions, 64 / sessions);
    }

    private int width() {
        return switch (kernel) {
            case NONE, FIR, RMS_NORM, SILU, SOFTPLUS -> CHANNELS;
            case DIAGONAL -> 2 * CHANNELS + 2 * MODES;
            case MATRIX -> CHANNELS + 2 * KEYS + HEADS;
        };
    }

    private Value record(ProgramBuilder p, Value x) {
        return switch (kernel) {
            case NONE -> x;
            case FIR -> p.fir("ring", x, Stepper.weight(p, "taps", CHANNELS, 4), null);
            case DIAGONAL -> {
                Value[] parts = p.split(x, CHANNELS, CHANNELS, MODES, MODES);
                var a = Stepper.weight(p, "a", CHANNELS, MODES);
                yield p.diagonalScan("h", parts[0], parts[1], a, parts[2], parts[3]);
            }
            case MATRIX -> {
                Value[] parts = p.split(x, CHANNELS, KEYS, KEYS, HEADS);
                yield p.matrixScan("s", parts[1], parts[2], parts[0], parts[3], HEADS, 1);
            }
            case RMS_NORM ->
                    p.norm(NormKind.RMS, x, 1e-5f, Stepper.weight(p, "scale", CHANNELS), null);
            case SILU -> p.unary(UnaryFunction.SILU, x);
            case SOFTPLUS -> p.unary(UnaryFunction.SOFTPLUS, x);
        };
    }

    @TearDown
    public void release() {
        stepper.close();
    }

    @Benchmark
    public void step() {
        stepper.run();
    }
}
