package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.model.ModelPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of architectures in runtime's docs says what is measured here. */
class ArchitecturesTableTest {
    private static final Path TABLE = Path.of("docs", "architectures.md");
    private static final String RENEW =
            "mvn -pl runtime -am test -Dtest=ArchitecturesTableTest"
                    + " -Dsurefire.failIfNoSpecifiedTests=false -Deddy.docs.write=true";

    private static final String HEAD =
            """
            # Architectures

            Made by `ArchitecturesTableTest`, which fails where this file is not what it measures; to renew it:
            `%s`

            Each row is a tiny checkpoint with random weights in a third party's names and layout, and the logits that the third
            party's own code computes for it (runtime/src/test/resources/goldens). The differences are the largest of any logit,
            in f32, on the `reference` and `cpu` backends; 2e-4 is allowed, scaled by the logits' standard deviation where that
            exceeds 1. `GoldenTest` holds besides that every chunking, both thread counts and the `cuda` backend (on the emulated
            driver where one can be built) give the reference backend's bits, and compares greedy continuations and, where there
            are any, logits over 4,096 tokens. The state is a session's of that tiny checkpoint, in f32.

            | checkpoint | architecture | layers | compared with | reference | cpu | state, bytes | kind |
            | --- | --- | --- | --- | --- | --- | --- | --- |
            """;

    @Test
    void table_ofEveryArchitecture_saysWhatIsMeasured() throws IOException {
        String table = table();
        if (Boolean.getBoolean("eddy.docs.write")) {
            Files.writeString(TABLE, table);
        }
        assertThat(Files.readString(TABLE))
                .as("%s; to renew it: %s", TABLE, RENEW)
                .isEqualTo(table);
    }

    private static String table() throws IOException {
        Map<String, String> sources = sources();
        StringBuilder table = new StringBuilder(HEAD.formatted(RENEW));
        for (String name : Golden.names()) {
            table.append(row(name, Objects.requireNonNull(sources.get(name), name))).append('\n');
        }
        return table.toString();
    }

    private static String row(String name, String source) {
        Golden golden = Golden.of(name);
        try (Checkpoint checkpoint = golden.checkpoint();
                Checkpoint expected = golden.expected("golden.safetensors")) {
            ModelPlan plan = Golden.record(checkpoint);
            assertThat(plan.layers()).allMatch(layer -> layer.parameters() > 0);
            return "| "
                    + String.join(
                            " | ",
                            name,
                            plan.architecture(),
                            mixers(plan),
                            source,
                            difference("reference", plan.program(), expected),
                            difference("cpu", plan.program(), expected),
                            state(plan.program()))
                    + " |";
        }
    }

    private static String mixers(ModelPlan plan) {
        return plan.layers().stream()
                .collect(
                        Collectors.groupingBy(
                                ModelPlan.Layer::mixer, LinkedHashMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(mixer -> mixer.getValue() + " " + mixer.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String difference(String backend, Program program, Checkpoint expected) {
        int[] ids = Golden.ids(expected, "tokens");
        float[] logits = Golden.logits(Backends.byName(backend), program, ids, 16, 1);
        return String.format(
                Locale.ROOT,
                "%.1e",
                Golden.largestDifference(logits, Golden.floats(expected, "logits")));
    }

    private static String state(Program program) {
        StateLayout layout = StateLayout.of(program, DType.F32);
        return layout.growth() == 0
                ? String.format(Locale.ROOT, "%,d | constant", layout.bytes())
                : String.format(
                        Locale.ROOT,
                        "%,d + %,d an element | growing to position %,d",
                        layout.bytes(),
                        layout.growth(),
                        program.limit());
    }

    /** Whose code made each golden, after the table in the goldens' README. */
    private static Map<String, String> sources() throws IOException {
        Map<String, String> sources = new LinkedHashMap<>();
        for (String line : Files.readAllLines(Golden.of("").directory().resolve("README.md"))) {
            List<String> cells = Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (cells.size() == 4) {
                for (String name : cells.get(1).split(", ")) {
                    sources.put(name, cells.get(2).replace("`", ""));
                }
            }
        }
        return sources;
    }
}
