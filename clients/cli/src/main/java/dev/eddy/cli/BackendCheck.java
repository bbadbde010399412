package dev.eddy.cli;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import java.io.PrintWriter;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * One golden's logits on one backend, against the third party's, the reference's and themselves.
 */
final class BackendCheck implements AutoCloseable {
    private static final String FILE = "golden.safetensors";

    /** How far off the third party's FFT is. */
    private static final double HYENADNA = 2e-4;

    private static final int[] CHUNKS = {1, 7};
    private static final int SLOTS = 4;

    /** Positions in a page of a state that grows. */
    private static final int PAGE = 256;

    private final Executable executable;
    private final int[] ids;
    private final int width;
    private final int slots;
    private final int rows;

    private BackendCheck(
            Backend backend,
            Program program,
            WeightType weights,
            int threads,
            int[] ids,
            int rows) {
        this.ids = ids;
        this.width = program.output().value().width();
        this.rows = Math.max(rows, ids.length);
        this.slots = Math.max(SLOTS, this.rows / ids.length);
        long pages = (ids.length + PAGE - 1) / PAGE;
        this.executable =
                backend.compile(
                        program,
                        CompileOptions.of(weights, threads, slots, this.rows)
                                .withPositions(slots * pages * PAGE));
    }

    /** What was found, as one line of the table. */
    record Result(
            String model,
            double difference,
            double allowed,
            String reference,
            String invariance,
            double millis,
            String failure,
            boolean refused) {
        /** A result for a model that the backend does not compute, or not here. */
        static Result none(String model, String reason, boolean refused) {
            return new Result(model, Double.NaN, Double.NaN, "-", "-", 0, reason, refused);
        }

        boolean passed() {
            return failure.isEmpty();
        }

        void print(PrintWriter out) {
            out.printf(
                    Locale.ROOT,
                    "%-20s %10.2e %10.2e %10s %10s %9.2f%s%n",
                    model,
                    difference,
                    allowed,
                    reference,
                    invariance,
                    millis,
                    failure.isEmpty() ? "" : (refused ? "  refused: " : "  FAILED: ") + failure);
            out.flush();
        }
    }

    static boolean isGolden(Path folder) {
        return Files.isRegularFile(folder.resolve(FILE));
    }

    /**
     * Checks the first ids of one golden, {@code most} of them; what fails is told in the result.
     */
    static Result run(
            Path golden, Backend backend, WeightType weights, int threads, int rows, int most) {
        String name = golden.toAbsolutePath().normalize().toFile().getName();
        try (Model model = Models.open(golden.toString());
                Checkpoint expected = Checkpoints.tensors(golden.resolve(FILE))) {
            int[] all = ids(expected);
            int[] ids = Arrays.copyOf(all, Math.min(most, all.length));
            float[] logits = expected.find("logits").orElseThrow().toFloats();
            logits = Arrays.copyOf(logits, logits.length / all.length * ids.length);
            Program program = model.plan().program();
            WeightType type = weights.resolved(program);
            try (BackendCheck check =
                    new BackendCheck(backend, program, type, threads, ids, rows)) {
                return check.compare(name, program, type, logits);
            }
        } catch (InvalidRequestException e) {
            return Result.none(name, String.valueOf(e.getMessage()), true);
        } catch (BackendException e) {
            return Result.none(name, String.valueOf(e.getMessage()), false);
        }
    }

    private static int[] ids(Checkpoint expected) {
        Tensor tokens = expected.find("tokens").orElseThrow();
        int[] ids = new int[(int) tokens.shape().elements()];
        Arrays.setAll(ids, i -> (int) tokens.getLong(i));
        return ids;
    }

    private Result compare(String name, Program program, WeightType weights, float[] expected) {
        float[] whole = alone(0, ids.length);
        long start = System.nanoTime();
        alone(0, ids.length);
        double millis = (System.nanoTime() - start) / 1e6;
        double difference = largestDifference(whole, expected);
        double allowed = allowed(name, weights, expected);
        String reference = "-";
        if (weights == WeightType.F32) {
            boolean equal = Arrays.equals(whole, reference(program, weights));
            reference = equal ? "equal" : "differs";
        } else if (weights == WeightType.BF16) {
            float[] rounded = reference(program, weights);
            allowed += 1.5 * largestDifference(rounded, reference(program, WeightType.F32));
            reference = String.format(Locale.ROOT, "%.2e", largestDifference(whole, rounded));
        }
        String variance = variance(whole);
        String failure = "";
        if (!(difference <= allowed)) {
            failure = "the logits are not the third party's";
        } else if (reference.equals("differs")) {
            failure = "the bits are not the reference backend's";
        } else if (!variance.isEmpty()) {
            failure = variance;
        }
        return new Result(
                name,
                difference,
                allowed,
                reference,
                variance.isEmpty() ? "yes" : "no",
                millis,
                failure,
                false);
    }

    /** The reference backend's logits. */
    private float[] reference(Program program, WeightType weights) {
        Backend backend = Backends.byName("reference");
        try (BackendCheck other = new BackendCheck(backend, program, weights, 1, ids, ids.length)) {
            return other.alone(0, ids.length);
        }
    }

    /** In which company, chunking or slot the bits differ; empty where they never do. */
    private String variance(float[] whole) {
        for (int chunk : CHUNKS) {
            if (!Arrays.equals(whole, alone(slots - 1, chunk))) {
                return "chunks of " + chunk + " have other bits";
            }
        }
        for (float[] logits : together(false)) {
            if (!Arrays.equals(whole, logits)) {
                return "a batch of " + (slots * ids.length) + " rows has other bits";
            }
        }
        for (float[] logits : together(true)) {
            if (!Arrays.equals(whole, logits)) {
                return "sessions at different positions have other bits";
            }
        }
        return "";
    }

    private float[] alone(int slot, int chunk) {
        executable.arena().clear(slot);
        float[] logits = new float[ids.length * width];
        Step step = executable.newStep();
        for (int from = 0; from < ids.length; from += chunk) {
            int count = Math.min(chunk, ids.length - from);
            step.reset();
            feed(step, slot, from, count);
            run(step);
            read(step, 0, count, logits, from);
        }
        return logits;
    }

    /**
     * The logits of as many sessions as there are slots, or as there are rows for: all ids at once,
     * or ragged, each session in chunks of its own size.
     */
    private float[][] together(boolean ragged) {
        int sessions = Math.min(slots, rows / ids.length);
        float[][] logits = new float[sessions][ids.length * width];
        int[] positions = new int[sessions];
        Step step = executable.newStep();
        for (int slot = 0; slot < sessions; slot++) {
            executable.arena().clear(slot);
        }
        boolean more = true;
        while (more) {
            step.reset();
            int[] entries = new int[sessions];
            int[] counts = new int[sessions];
            more = false;
            for (int slot = 0; slot < sessions; slot++) {
                int left = ids.length - positions[slot];
                counts[slot] = ragged ? Math.min(left, 1 + slot % 9) : left;
                if (counts[slot] > 0) {
                    entries[slot] = feed(step, slot, positions[slot], counts[slot]);
                    more = true;
                }
            }
            if (more) {
                run(step);
                for (int slot = 0; slot < sessions; slot++) {
                    read(step, entries[slot], counts[slot], logits[slot], positions[slot]);
                    positions[slot] += counts[slot];
                }
            }
        }
        return logits;
    }

    private int feed(Step step, int slot, int from, int count) {
        int entry = step.entry(slot, from);
        step.elements(ids, from, count);
        step.output();
        return entry;
    }

    private void run(Step step) {
        step.seal();
        executable.submit(step);
        step.await();
    }

    private void read(Step step, int entry, int count, float[] logits, int position) {
        MemorySegment output = step.outputRows();
        for (int i = 0; i < count; i++) {
            MemorySegment.copy(
                    output,
                    ValueLayout.JAVA_FLOAT,
                    (long) step.selection(entry, i) * width * Float.BYTES,
                    logits,
                    (position + i) * width,
                    width);
        }
    }

    /**
     * How far off the third party's the logits may be; in bf16 besides what rounding both factors
     * of products makes of them: a sum in another order may fall to the other side of a rounding.
     * Eight bits round tiny models' weights so far that their logits tell nothing of the code:
     * there only the invariance is checked.
     */
    private static double allowed(String name, WeightType weights, float[] logits) {
        double scale = Math.max(1, deviation(logits));
        return switch (weights) {
            case NATIVE, F32 -> scale * 2e-4 + (name.equals("hyenadna") ? HYENADNA : 0);
            case BF16 -> scale * 2e-2;
            case FP8, INT8, INT4 -> Double.POSITIVE_INFINITY;
        };
    }

    private static double deviation(float[] logits) {
        double mean = 0;
        double square = 0;
        for (float logit : logits) {
            mean += logit / (double) logits.length;
            square += (double) logit * logit / logits.length;
        }
        return Math.sqrt(square - mean * mean);
    }

    private static double largestDifference(float[] actual, float[] expected) {
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            double difference = Math.abs((double) actual[i] - expected[i]);
            largest = difference <= largest ? largest : difference; // a NaN wins
        }
        return largest;
    }

    @Override
    public void close() {
        executable.close();
    }
}
