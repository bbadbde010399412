package dev.eddy.kernels.bench;

import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.NormKind;
import dev.eddy.kernels.program.Op.CellScan.CellKind;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Reach;
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
 * sessions of one. Shapes are those of Mamba-130M, Mamba2-130M and RWKV7-0.1B.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ScanBench {
    private static final int CHANNELS = 1536;
    private static final int MODES = 16;
    private static final int HEADS = 24;
    private static final int KEYS = 128;

    /** RWKV-7's and attention's columns in heads of {@link #HEAD}, the latter's window. */
    private static final int WIDTH = 768;

    private static final int HEAD = 64;
    private static final int WINDOW = 512;

    /** Channels of a cell. */
    private static final int HIDDEN = 512;

    /** What is measured; {@code NONE} is the step around it. */
    public enum Kernel {
        NONE,
        FIR,
        DIAGONAL,
        MATRIX,
        DELTA,
        RECURRENCE,
        MODAL,
        WKV,
        ATTENTION,
        LSTM,
        RMS_NORM,
        SOFTMAX,
        EXP,
        SILU,
        SOFTPLUS,
        GELU
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
            case NONE, FIR, RMS_NORM, SOFTMAX, EXP, SILU, SOFTPLUS, GELU -> CHANNELS;
            case RECURRENCE, WKV -> 2 * CHANNELS;
            case MODAL -> CHANNELS;
            case DELTA -> 6 * WIDTH;
            case ATTENTION -> 3 * WIDTH;
            case LSTM -> 4 * HIDDEN;
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
            case DELTA -> {
                Value[] v = p.split(x, WIDTH, WIDTH, WIDTH, WIDTH, WIDTH, WIDTH);
                yield p.deltaScan("s", v[0], v[1], v[2], v[3], v[4], v[5], WIDTH / HEAD);
            }
            case RECURRENCE -> {
                Value[] parts = p.split(x, CHANNELS, CHANNELS);
                yield p.recurrence("h", parts[0], parts[1]);
            }
            case MODAL -> {
                var poles = Stepper.weight(p, "poles", CHANNELS, MODES, 2);
                var residues = Stepper.weight(p, "residues", CHANNELS, MODES, 2);
                yield p.modalScan("h", x, poles, residues, null);
            }
            case WKV -> {
                Value[] parts = p.split(x, CHANNELS, CHANNELS);
                var decay = Stepper.weight(p, "decay", CHANNELS, 1);
                var bonus = Stepper.weight(p, "bonus", CHANNELS);
                yield p.wkvScan("wkv", parts[0], parts[1], decay, bonus);
            }
            case ATTENTION -> {
                Value[] v = p.split(x, WIDTH, WIDTH, WIDTH);
                Reach window = new Reach.Window(WINDOW);
                yield p.attention("kv", v[0], v[1], v[2], WIDTH / HEAD, WIDTH / HEAD, window, 1, 0);
            }
            case LSTM ->
                    p.cellScan(
                            "cell",
                            CellKind.LSTM,
                            x,
                            Stepper.weight(p, "recurrent", 4 * HIDDEN, HIDDEN),
                            null);
            case SOFTMAX -> p.softmax(x, 1);
            case EXP -> p.unary(UnaryFunction.EXP, x);
            case GELU -> p.unary(UnaryFunction.GELU, x);
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
