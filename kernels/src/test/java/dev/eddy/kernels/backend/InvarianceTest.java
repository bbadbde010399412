package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A session's results are a function of its own elements: whatever else is in the batch, however
 * the elements are cut, on however many threads, on every backend of one numerics id.
 */
class InvarianceTest {
    private static final int SESSIONS = 4;
    private static final int POSITIONS = 40;
    private static final int[] CHUNKS = {1, 7, POSITIONS};

    static Stream<Arguments> operators() {
        return Backends.all().stream()
                .filter(b -> b.unavailable().isEmpty())
                .flatMap(b ->
                        Samples.operators().entrySet().stream()
                                .map(e -> Arguments.of(b.name(), e.getKey(), e.getValue())));
    }

    static Stream<Arguments> models() {
        return Backends.all().stream()
                .filter(b -> b.unavailable().isEmpty())
                .flatMap(
                        b -> IntStream.range(0, 12).mapToObj(seed -> Arguments.of(b.name(), seed)));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("operators")
    void operator_inAnyBatchChunkAndThreads_yieldsTheSameBits(
            String backend, String operator, Samples.Sample sample) {
        Random random = new Random(operator.hashCode());
        int width = 1 + random.nextInt(70);
        compare(backend, sample.of(width), WeightType.F32, random, "width " + width);
    }

    @ParameterizedTest(name = "{0}: seed {1}")
    @MethodSource("models")
    void model_inAnyBatchChunkAndThreads_yieldsTheSameBits(String backend, int seed) {
        List<WeightType> types = Drivers.types(Backends.byName(backend));
        WeightType type = types.get(seed % types.size());
        compare(backend, Samples.model(seed), type, new Random(seed), "seed " + seed);
    }

    private static void compare(
            String backend, Program program, WeightType type, Random random, String what) {
        Feed feed = new Feed(program, SESSIONS, POSITIONS, random.nextLong());
        Backend peer = Drivers.peer(Backends.byName(backend), program, options(type, 1));
        try (Driver expected = new Driver(peer, program, feed, options(type, 1))) {
            for (int i = 0; i < SESSIONS * POSITIONS; i++) {
                expected.feed(i % SESSIONS, 1);
            }
            for (int chunk : CHUNKS) {
                int threads = 1 + random.nextInt(4);
                try (Driver actual =
                        new Driver(
                                Backends.byName(backend), program, feed, options(type, threads))) {
                    actual.feedRandomly(random, SESSIONS * POSITIONS, chunk);
                    for (int slot = 0; slot < SESSIONS; slot++) {
                        String where = what + ", chunk " + chunk + ", " + threads + " threads";
                        OperatorContractTest.assertEqual(expected, actual, slot, where);
                    }
                }
            }
        }
    }

    private static CompileOptions options(WeightType type, int threads) {
        return CompileOptions.of(type, threads, SESSIONS, SESSIONS * POSITIONS)
                .withState(type == WeightType.BF16 ? DType.BF16 : DType.F32);
    }
}
