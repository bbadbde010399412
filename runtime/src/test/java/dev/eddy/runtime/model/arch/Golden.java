package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.model.ModelPlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A third party's logits for a tiny checkpoint, and how to compute Eddy's for it. */
record Golden(String name, Path directory) {
    /** The golden of that name among the test resources. */
    static Golden of(String name) {
        try {
            URL url = Objects.requireNonNull(Golden.class.getResource("/goldens/" + name), name);
            return new Golden(name, Path.of(url.toURI()));
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All goldens among the test resources, sorted. */
    static List<String> names() {
        try (Stream<Path> folders = Files.list(of("").directory)) {
            return folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How far the reference itself is off in golden.safetensors, where the README grants it. */
    double drift() {
        return name.equals("hyenadna") ? 2e-4 : 0; // FFT rounding
    }

    /** Largest |float32 - float64| of the reference itself over golden_long.safetensors. */
    double longDrift() {
        return switch (name) {
            case "qwen3_next" -> 8e-4;
            case "jamba", "kimi_linear", "mistral", "s4d", "stripedhyena" -> 6e-5;
            default -> 2e-5;
        };
    }

    Checkpoint checkpoint() {
        return Checkpoints.open(directory);
    }

    boolean hasLong() {
        return Files.exists(directory.resolve("golden_long.safetensors"));
    }

    /** One tensor of golden.safetensors or golden_long.safetensors, in memory. */
    static float[] floats(Checkpoint tensors, String tensor) {
        return tensors.find(tensor).orElseThrow().toFloats();
    }

    static int[] ids(Checkpoint tensors, String tensor) {
        Tensor ids = tensors.find(tensor).orElseThrow();
        int[] values = new int[(int) ids.shape().elements()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (int) ids.getLong(i);
        }
        return values;
    }

    Checkpoint expected(String file) {
        return Checkpoints.tensors(directory.resolve(file));
    }

    /**
     * A program's logits after each of {@code ids}, [T, V] row-major, fed in chunks of {@code
     * chunk} through one slot.
     */
    static float[] logits(Backend backend, Program program, int[] ids, int chunk, int threads) {
        try (Executable executable =
                compile(backend, program, Math.min(chunk, ids.length), threads)) {
            return logits(executable, program, ids, 0, ids.length, chunk);
        }
    }

    /**
     * The logits after {@code ids} from {@code from} on, [T - from, V], where another backend
     * absorbed those before and handed its state over.
     */
    static float[] logitsFrom(
            int from, Backend before, Backend backend, Program program, int[] ids, int chunk) {
        try (Executable first = compile(before, program, chunk, 1);
                Executable second = compile(backend, program, chunk, 1);
                Arena memory = Arena.ofShared()) {
            logits(first, program, ids, 0, from, chunk);
            MemorySegment state = memory.allocate(first.arena().layout().bytes(from));
            first.arena().save(1, state).toCompletableFuture().join();
            second.arena().load(1, state).toCompletableFuture().join();
            return logits(second, program, ids, from, ids.length, chunk);
        }
    }

    private static Executable compile(Backend backend, Program program, int rows, int threads) {
        return backend.compile(program, CompileOptions.of(WeightType.F32, threads, 2, rows));
    }

    private static float[] logits(
            Executable executable, Program program, int[] ids, int begin, int end, int chunk) {
        int width = program.output().value().width();
        float[] logits = new float[(end - begin) * width];
        Step step = executable.newStep();
        for (int from = begin; from < end; from += chunk) {
            int count = Math.min(chunk, end - from);
            step.reset();
            step.entry(1, from);
            step.elements(ids, from, count);
            step.output();
            step.seal();
            executable.submit(step);
            step.await();
            for (int i = 0; i < count; i++) {
                long row = (long) step.selection(0, i) * width * Float.BYTES;
                MemorySegment.copy(
                        step.outputRows(),
                        ValueLayout.JAVA_FLOAT,
                        row,
                        logits,
                        (from - begin + i) * width,
                        width);
            }
        }
        return logits;
    }

    /** What Eddy records from a golden's checkpoint. */
    static ModelPlan record(Checkpoint checkpoint) {
        return Architectures.record(checkpoint.config(), Models.weights(checkpoint));
    }

    static double largestDifference(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs((double) actual[i] - expected[i]);
            largest = difference <= largest ? largest : difference; // a NaN wins
        }
        return largest;
    }
}
