package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.Sampling;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.CudaBackend;
import dev.eddy.kernels.cuda.FusedKernels;
import dev.eddy.kernels.program.Program;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Models of the real ones' configs, cut down to rows of two or three blocks, through the kernels of
 * their own that launches of operators on rows have, with sessions so few that launches rehearse,
 * so many that they do not, and so many that blocks have whole rows, or some columns of several
 * rows. One session in {@value #STREAMS} has an entry masked.
 */
class FusedModelsTest {
    /** Configs of real sizes. */
    private static final Path MODELS = Path.of("../deploy/gpu/models");

    private static final int VOCABULARY = 64;

    /** Sessions that differ; further ones are the same again. */
    private static final int STREAMS = 3;

    /** More rows of two blocks than rehearse; yet recurrences and heads have few blocks. */
    private static final int SOME_SESSIONS = 33;

    /** Blocks that {@code FusedStage} lets run at once; where more come, some have whole rows. */
    private static final int MOST_AT_ONCE = 400;

    private static final int STEPS = 3;

    /** Whatever is sampled, the next entry is masked that would absorb it. */
    private static final Sampling HALT =
            Sampling.builder().stopIds(IntStream.range(0, VOCABULARY).toArray()).build();

    /** A model, and what of its config is not the real one's. */
    enum Cut {
        RWKV7(
                "rwkv7-2.9b",
                manyOf(2),
                Map.of(
                        "num_hidden_layers", "2",
                        "hidden_size", "576",
                        "num_heads", "9",
                        "intermediate_size", "128",
                        "decay_lora", "32",
                        "a_lora", "32",
                        "v_lora", "32",
                        "gate_lora", "64")),
        MAMBA(
                "mamba-2.8b",
                manyOf(3),
                Map.of(
                        "num_hidden_layers", "2",
                        "hidden_size", "1088",
                        "intermediate_size", "1088",
                        "time_step_rank", "48")),
        /** Its recurrence's blocks have two or three rows each. */
        MAMBA_FROM_ROW_TO_ROW(
                "mamba-2.8b",
                90,
                Map.of(
                        "num_hidden_layers", "2",
                        "hidden_size", "320",
                        "intermediate_size", "2576",
                        "time_step_rank", "16")),
        MAMBA2(
                "mamba2-2.7b",
                manyOf(3),
                Map.of(
                        "num_hidden_layers", "2",
                        "hidden_size", "384",
                        "num_heads", "24",
                        "expand", "4")),
        STRIPED_HYENA(
                "stripedhyena-7b",
                manyOf(2),
                Map.of(
                        "num_layers", "2",
                        "attn_layer_idxs", "[1]",
                        "hyena_layer_idxs", "[0]",
                        "hidden_size", "576",
                        "num_filters", "576",
                        "num_attention_heads", "8",
                        "inner_mlp_size", "128"));

        private final String name;
        private final int manySessions;
        private final Map<String, String> settings;

        Cut(String name, int manySessions, Map<String, String> settings) {
            this.name = name;
            this.manySessions = manySessions;
            this.settings = settings;
        }
    }

    /** So many rows that they have more blocks than run at once, {@code blocks} each. */
    private static int manyOf(int blocks) {
        return MOST_AT_ONCE / blocks + 1;
    }

    @TempDir private Path folder;

    @BeforeEach
    void assumeBuilt() {
        Assumptions.assumeTrue(
                new CudaBackend().unavailable().isEmpty(), "no emulated CUDA driver was built");
    }

    @ParameterizedTest
    @EnumSource
    void kernels_ofACutDownModel_areTheRealOnes(Cut cut) throws IOException {
        Program real = Models.random(MODELS.resolve(cut.name).toString()).plan().program();
        Program program = program(cut);
        for (WeightType weights : new WeightType[] {WeightType.F32, WeightType.BF16}) {
            CompileOptions options = CompileOptions.of(weights, 1, 1, 1);
            assertThat(FusedKernels.sources(program, options).keySet())
                    .isNotEmpty()
                    .isSubsetOf(names())
                    .isEqualTo(FusedKernels.sources(real, options).keySet());
        }
    }

    @ParameterizedTest
    @EnumSource
    void logits_ofAnyNumberOfSessions_areTheReferencesByBits(Cut cut) throws IOException {
        Program program = program(cut);
        float[][] expected;
        try (Executable reference =
                compile(Backends.byName("reference"), program, WeightType.F32, STREAMS)) {
            expected = logits(reference, 0, STREAMS);
        }
        assertThat(expected[0]).isNotEqualTo(expected[2]);
        try (Executable cuda =
                compile(new CudaBackend(), program, WeightType.F32, cut.manySessions)) {
            for (int stream = 0; stream < STREAMS; stream++) {
                assertThat(logits(cuda, stream, 1)[0]).isEqualTo(expected[stream]);
            }
            assertEqual(cuda, SOME_SESSIONS, expected);
            assertEqual(cuda, cut.manySessions, expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void logits_ofManySessionsOnTensorCores_areTheirBitsAlone(Cut cut) throws IOException {
        try (Executable cuda =
                compile(new CudaBackend(), program(cut), WeightType.BF16, cut.manySessions)) {
            float[][] alone = new float[STREAMS][];
            for (int stream = 0; stream < STREAMS; stream++) {
                alone[stream] = logits(cuda, stream, 1)[0];
            }
            assertEqual(cuda, SOME_SESSIONS, alone);
            assertEqual(cuda, cut.manySessions, alone);
        }
    }

    private static void assertEqual(Executable executable, int sessions, float[][] expected) {
        float[][] all = logits(executable, 0, sessions);
        assertThat(all[0]).doesNotContain(Float.NaN);
        for (int s = 0; s < sessions; s++) {
            assertThat(all[s]).as("session %d of %d", s, sessions).isEqualTo(expected[s % STREAMS]);
        }
    }

    private Program program(Cut cut) throws IOException {
        String config = Files.readString(MODELS.resolve(cut.name).resolve("config.json"));
        config = with(config, "vocab_size", String.valueOf(VOCABULARY));
        for (Map.Entry<String, String> setting : cut.settings.entrySet()) {
            config = with(config, setting.getKey(), setting.getValue());
        }
        Files.writeString(folder.resolve("config.json"), config);
        return Models.random(folder.toString()).plan().program();
    }

    /** A config with another value, a number or a list, of a key that it has. */
    private static String with(String config, String key, String value) {
        Matcher setting = Pattern.compile("(\"" + key + "\": )(\\d+|\\[[^]]*])").matcher(config);
        assertThat(setting.find()).as(key).isTrue();
        return setting.replaceFirst("$1" + Matcher.quoteReplacement(value));
    }

    private static List<String> names() throws IOException {
        try (InputStream names = FusedKernels.class.getResourceAsStream("fused_rows.txt")) {
            byte[] bytes = Objects.requireNonNull(names).readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static Executable compile(
            Backend backend, Program program, WeightType weights, int sessions) {
        return backend.compile(
                program,
                CompileOptions.of(weights, 2, sessions, sessions)
                        .withPositions((long) Pages.POSITIONS * sessions));
    }

    /**
     * Logits of sessions that take an element a step together, of all steps one after the other.
     * Session s is stream {@code first} + s.
     */
    private static float[][] logits(Executable executable, int first, int sessions) {
        float[][] all = new float[sessions][STEPS * VOCABULARY];
        int[] positions = new int[sessions];
        Step step = executable.newStep();
        IntStream.range(0, sessions).forEach(executable.arena()::clear);
        for (int t = 0; t < STEPS; t++) {
            step.reset();
            for (int s = 0; s < sessions; s++) {
                fill(step, sessions - 1 - s, (first + s) % STREAMS, t, positions[s]);
            }
            step.seal();
            executable.submit(step);
            step.await();
            for (int s = 0; s < sessions; s++) {
                boolean masked = isMasked((first + s) % STREAMS, t);
                assertThat(step.isMasked(s)).isEqualTo(masked);
                if (!masked) {
                    positions[s]++;
                    MemorySegment.copy(
                            step.outputRows(),
                            ValueLayout.JAVA_FLOAT_UNALIGNED,
                            4L * VOCABULARY * step.selection(s, 0),
                            all[s],
                            t * VOCABULARY,
                            VOCABULARY);
                }
            }
        }
        return all;
    }

    private static void fill(Step step, int slot, int stream, int t, int position) {
        step.entry(slot, position);
        if (isMasked(stream, t)) {
            step.pending();
        } else {
            step.element((7 * stream + 11 * position + 5) % VOCABULARY);
        }
        if (isMasked(stream, t + 1)) {
            step.sample(HALT, 1, 0);
        }
        step.output();
    }

    private static boolean isMasked(int stream, int t) {
        return stream == 1 && t == 1;
    }
}
