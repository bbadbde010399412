package dev.eddy.kernels.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.WeightType;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketTest {
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 24", "5, 7", "40, 100", "70, 256", "165, 330"})
    void of_anySizes_isRecordedAndCoversThem(int slots, int maxRows) {
        CompileOptions options = CompileOptions.of(WeightType.BF16, 1, slots, maxRows);
        Set<Bucket> all = Bucket.all(options);
        for (int entries = 1; entries <= options.maxEntries(); entries++) {
            for (int rows = 0; rows <= maxRows; rows += 1 + rows / 9) {
                for (int selected = 0; selected <= options.maxSelected(); selected += 1) {
                    boolean single = rows <= entries && (rows + selected) % 2 == 0;
                    Bucket bucket = Bucket.of(entries, rows, selected, single, options);
                    assertThat(all).contains(bucket);
                    assertThat(bucket.entries()).isBetween(entries, options.maxEntries());
                    assertThat(bucket.rows()).isBetween(rows, maxRows);
                    assertThat(bucket.selected()).isBetween(selected, options.maxSelected());
                    assertThat(bucket.single() && !single).isFalse();
                }
            }
        }
    }
}
