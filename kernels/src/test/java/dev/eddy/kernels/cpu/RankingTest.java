package dev.eddy.kernels.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RankingTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 300, 1111})
    void reach_throughEveryBand_ranksAsASortDoes(int width) {
        try (Arena arena = Arena.ofConfined()) {
            for (int seed = 0; seed < 30; seed++) {
                float[] x = row(width, seed, false);
                Ranking ranking = new Ranking(width);
                float largest = x[sorted(x).getFirst()];
                ranking.begin(store(x, arena), largest);
                ranking.reach(width - 1);
                assertThat(ids(ranking, width)).as("seed %s", seed).isEqualTo(sorted(x));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 15, 16, 17, 300, 1111})
    void top_ofAnyCount_ranksAsASortDoes(int width) {
        try (Arena arena = Arena.ofConfined()) {
            for (int seed = 0; seed < 30; seed++) {
                float[] x = row(width, seed, true);
                Ranking ranking = new Ranking(width);
                int count = 1 + new Random(seed).nextInt(width);
                ranking.top(store(x, arena), count);
                assertThat(ids(ranking, count))
                        .as("seed %s", seed)
                        .isEqualTo(sorted(x).subList(0, count));
            }
        }
    }

    private static List<Integer> ids(Ranking ranking, int count) {
        return IntStream.range(0, count).mapToObj(ranking::id).toList();
    }

    private static List<Integer> sorted(float[] x) {
        Comparator<Integer> falling = Comparator.comparing(i -> -x[i] + 0f);
        return IntStream.range(0, x.length).boxed().sorted(falling.thenComparing(i -> i)).toList();
    }

    /** Whole numbers, so that many are equal and many lie on the edges of bands. */
    private static float[] row(int width, int seed, boolean nans) {
        Random random = new Random(seed);
        float[] x = new float[width];
        for (int i = 0; i < width; i++) {
            x[i] = random.nextInt(50) - 25;
            x[i] = x[i] == 0 && random.nextBoolean() ? -0f : x[i];
            x[i] = random.nextInt(20) == 0 ? Float.NEGATIVE_INFINITY : x[i];
            x[i] = seed % 5 == 4 && random.nextInt(30) == 0 ? Float.POSITIVE_INFINITY : x[i];
            x[i] = nans && seed % 3 == 0 && random.nextInt(9) == 0 ? Float.NaN : x[i];
        }
        return x;
    }

    private static long store(float[] x, Arena arena) {
        MemorySegment row = OffHeap.allocate(arena, 4L * x.length);
        MemorySegment.copy(x, 0, row, ValueLayout.JAVA_FLOAT, 0, x.length);
        return row.address();
    }
}
