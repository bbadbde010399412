package dev.eddy.kernels.bench;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * What one thread of this machine can do at most: {@code fma} in floating-point operations per
 * nanosecond (GF/s), {@code read} in bytes per nanosecond (GB/s) over as many bytes as {@link
 * MatMulBench} has weights.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CeilingBench {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int ROUNDS = 10_000;

    /** Lanes at the widest, times two operations, times twelve chains. */
    private static final int OPERATIONS = ROUNDS * 12 * 2 * 16;

    private static final int MATRIX = MatMulBench.DEPTH * MatMulBench.WIDTH;

    private float seed;

    @Setup
    public void prepare() {
        seed = 1e-3f;
    }

    /** Twelve independent FMA chains in registers; counts sixteen lanes. */
    @Benchmark
    @OperationsPerInvocation(OPERATIONS)
    public float fma() {
        FloatVector x = FloatVector.broadcast(SPECIES, seed);
        FloatVector a0 = x;
        FloatVector a1 = x;
        FloatVector a2 = x;
        FloatVector a3 = x;
        FloatVector a4 = x;
        FloatVector a5 = x;
        FloatVector a6 = x;
        FloatVector a7 = x;
        FloatVector a8 = x;
        FloatVector a9 = x;
        FloatVector a10 = x;
        FloatVector a11 = x;
        int rounds = ROUNDS * (16 / Math.min(16, SPECIES.length()));
        for (int i = 0; i < rounds; i++) {
            a0 = x.fma(x, a0);
            a1 = x.fma(x, a1);
            a2 = x.fma(x, a2);
            a3 = x.fma(x, a3);
            a4 = x.fma(x, a4);
            a5 = x.fma(x, a5);
            a6 = x.fma(x, a6);
            a7 = x.fma(x, a7);
            a8 = x.fma(x, a8);
            a9 = x.fma(x, a9);
            a10 = x.fma(x, a10);
            a11 = x.fma(x, a11);
        }
        FloatVector low = a0.add(a1).add(a2).add(a3).add(a4).add(a5);
        FloatVector high = a6.add(a7).add(a8).add(a9).add(a10).add(a11);
        return low.add(high).lane(0);
    }

    /** The bytes of {@link #read}: a matrix in float32 or bfloat16. */
    @State(Scope.Thread)
    public static class Bytes {
        @Param({"4", "2"})
        private int bytesPerWeight;

        private MemorySegment data = MemorySegment.NULL;

        @Setup
        public void allocate() {
            data = Arena.ofAuto().allocate((long) MATRIX * bytesPerWeight, 64);
            data.fill((byte) 1);
        }
    }

    /** A plain sum over all bytes in four streams; multiply by bytesPerWeight for GB/s. */
    @Benchmark
    @OperationsPerInvocation(MATRIX)
    public float read(Bytes bytes) {
        MemorySegment data = bytes.data;
        int step = SPECIES.vectorByteSize();
        long quarter = data.byteSize() / 4;
        FloatVector s0 = FloatVector.zero(SPECIES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        ByteOrder order = ByteOrder.nativeOrder();
        for (long i = 0; i < quarter; i += step) {
            s0 = s0.add(FloatVector.fromMemorySegment(SPECIES, data, i, order));
            s1 = s1.add(FloatVector.fromMemorySegment(SPECIES, data, quarter + i, order));
            s2 = s2.add(FloatVector.fromMemorySegment(SPECIES, data, 2 * quarter + i, order));
            s3 = s3.add(FloatVector.fromMemorySegment(SPECIES, data, 3 * quarter + i, order));
        }
        return s0.add(s1).add(s2.add(s3)).lane(0);
    }
}
