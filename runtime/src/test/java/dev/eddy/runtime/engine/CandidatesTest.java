package dev.eddy.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CandidatesTest {
    private final Tenant tenant = new Tenant(null, new Opening("none", 0, 0, 1, 0, null), () -> {});

    private List<Integer> sorted(Candidates candidates, long... deadlines) {
        candidates.clear();
        for (long deadline : deadlines) {
            candidates.add(tenant, Due.DECODE, deadline);
        }
        candidates.sort();
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < candidates.count(); i++) {
            order.add(candidates.inOrder(i));
        }
        return order;
    }

    @Test
    void sort_randomDeadlines_isEarliestFirstAndStable() {
        Random random = new Random(1);
        Candidates candidates = new Candidates(300);
        for (int round = 0; round < 200; round++) {
            int count = random.nextInt(300);
            long[] deadlines = random.longs(count, -20, 20).toArray();
            List<Integer> expected =
                    IntStream.range(0, count)
                            .boxed()
                            .sorted(Comparator.comparingLong(i -> deadlines[i]))
                            .toList();
            assertThat(sorted(candidates, deadlines)).isEqualTo(expected);
            assertThat(candidates.isEmpty()).isEqualTo(count == 0);
            assertThat(candidates.earliest())
                    .isEqualTo(count == 0 ? Long.MAX_VALUE : deadlines[expected.getFirst()]);
        }
    }

    @Test
    void sort_again_keepsTheOrder() {
        Candidates candidates = new Candidates(4);
        assertThat(sorted(candidates, 3, 1, 2)).containsExactly(1, 2, 0);
        candidates.sort();
        assertThat(candidates.inOrder(0)).isEqualTo(1);
        assertThat(sorted(candidates, 1, 2, 3, 3)).containsExactly(0, 1, 2, 3);
    }
}
