package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.FusedKernels;
import dev.eddy.kernels.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * That {@code kernels/src/main/cuda/fused_rows.cu} has the kernels of the models that it names, and
 * no others. {@code -Deddy.fused.write=true} writes it anew, as it must be after a change to how
 * launches of operators on rows are put together.
 */
class FusedKernelsTest {
    private static final Path FILE = Path.of("../kernels/src/main/cuda/fused_rows.cu");

    private static final Path NAMES =
            Path.of("../kernels/src/main/resources/dev/eddy/kernels/cuda/fused_rows.txt");

    private static final Path GOLDENS = Path.of("src/test/resources/goldens");

    /** Configs of real sizes. */
    private static final Path MODELS = Path.of("../deploy/gpu/models");

    /** Kernels by name, and the models that take them. */
    private final Map<String, String> sources = new TreeMap<>();

    private final Map<String, Set<String>> users = new TreeMap<>();

    @Test
    void filesOfFusedKernels_haveWhatTheModelsTake() throws IOException {
        for (Path model : models()) {
            take(model);
        }
        String names = String.join("\n", sources.keySet()) + "\n";
        if (Boolean.getBoolean("eddy.fused.write")) {
            Files.writeString(FILE, text());
            Files.writeString(NAMES, names);
        }
        String remedy = "run this test with -Deddy.fused.write=true and build again";
        assertThat(Files.readString(FILE)).as(remedy).isEqualTo(text());
        assertThat(Files.readString(NAMES)).as(remedy).isEqualTo(names);
    }

    private void take(Path model) {
        Program program = Models.random(model.toString()).plan().program();
        for (WeightType weights : new WeightType[] {WeightType.F32, WeightType.BF16}) {
            CompileOptions options = CompileOptions.of(weights, 1, 1, 1);
            FusedKernels.sources(program, options)
                    .forEach((name, text) -> {
                        sources.put(name, text);
                        users.computeIfAbsent(name, _ -> new LinkedHashSet<>())
                                .add(model.getFileName().toString());
                    });
        }
    }

    private String text() {
        StringBuilder text =
                new StringBuilder(
                        """
                        // Written by FusedKernelsTest: launches of operators on rows of the models named here, each as a kernel of its own.
                        #include "fused_delta.cuh"
                        #include "fused_scan.cuh"
                        """);
        sources.forEach((name, source) ->
                text.append("\n// ")
                        .append(String.join(", ", users.get(name)))
                        .append('\n')
                        .append(source));
        return text.toString();
    }

    private static List<Path> models() throws IOException {
        try (Stream<Path> real = Files.list(MODELS);
                Stream<Path> goldens = Files.list(GOLDENS)) {
            return Stream.concat(real, goldens)
                    .filter(path -> Files.exists(path.resolve("config.json")))
                    .sorted()
                    .toList();
        }
    }
}
