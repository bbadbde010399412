package dev.eddy.runtime.distill;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.BuiltInModels;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.CheckpointException;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.checkpoint.SafetensorsWriter;
import dev.eddy.runtime.eval.Feeder;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import dev.eddy.runtime.tokenizer.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleConsumer;
import java.util.regex.Pattern;

/**
 * Distils HyenaDNA: every channel's implicit filter, as long as the training sequences, becomes a
 * sum of exponentials ({@link ModalFit}), so that a session's state is of constant size and has no
 * end. The result is a checkpoint of the same architecture with {@code eddy_modes} in its config.
 *
 * @param filters the error of each layer's filters, in order
 * @param logits the error of the logits on a sample
 */
public record Distillation(List<FilterError> filters, LogitError logits) {
    private static final String FILTER = "filter_fn.";
    private static final Pattern IMPLICIT =
            Pattern.compile(".*\\.filter_fn\\.(implicit_filter|pos_emb|modulation)\\..*");
    private static final int CHUNK = 64;

    public Distillation {
        filters = List.copyOf(filters);
    }

    /**
     * How far fitted filters are from a layer's own.
     *
     * @param layer what its tensors' names begin with
     * @param taps of a filter
     * @param largest largest difference of any tap of any channel
     * @param relative root mean square of the differences by that of the taps
     */
    public record FilterError(String layer, int taps, double largest, double relative) {}

    /**
     * How far logits are from the original's on a sample of ids.
     *
     * @param elements of the sample
     * @param largest largest difference
     * @param deviation standard deviation of the original's logits
     * @param agreeing share of elements whose likeliest id is the same
     */
    public record LogitError(int elements, double largest, double deviation, double agreeing) {}

    /**
     * Distils a model and writes the result to a new directory.
     *
     * @param model a HyenaDNA checkpoint
     * @param modes exponentials a channel
     * @param elements of the sample, at most as many as the filters have taps
     * @param seed of the sample, ids at random
     * @param progress told the share of channels that are fitted, 0 to 1
     * @throws CheckpointException if it is no such model, or the directory holds a checkpoint
     */
    public static Distillation write(
            String model,
            Path directory,
            int modes,
            int elements,
            long seed,
            DoubleConsumer progress)
            throws IOException {
        if (Files.exists(directory.resolve("config.json"))) {
            throw new CheckpointException(
                    directory + ": holds a checkpoint already; name a new directory");
        }
        try (Model exact = Models.open(model);
                Checkpoint checkpoint = Checkpoints.open(BuiltInModels.resolve(model))) {
            List<Op.Fir> filters = filters(model, exact.plan().program());
            List<Tensor> tensors = new ArrayList<>();
            List<FilterError> errors = new ArrayList<>();
            for (Op.Fir filter : filters) {
                double done = errors.size();
                errors.add(
                        fit(
                                filter,
                                modes,
                                tensors,
                                share -> progress.accept((done + share) / filters.size())));
            }
            for (String name : checkpoint.names()) {
                if (!IMPLICIT.matcher(name).matches()) {
                    tensors.add(checkpoint.find(name).orElseThrow());
                }
            }
            write(directory, checkpoint, modes, tensors);
            return new Distillation(errors, compare(exact, directory, elements, seed));
        }
    }

    private static List<Op.Fir> filters(String model, Program program) {
        List<Op.Fir> filters =
                program.ops().stream()
                        .filter(Op.Fir.class::isInstance)
                        .map(Op.Fir.class::cast)
                        .filter(fir -> fir.ring().role() == State.Role.HISTORY)
                        .toList();
        if (filters.isEmpty()) {
            throw new CheckpointException(
                    model
                            + ": has no filters as long as its sessions; distil a hyenadna checkpoint");
        }
        return filters;
    }

    private static FilterError fit(
            Op.Fir filter, int modes, List<Tensor> tensors, DoubleConsumer progress) {
        int channels = filter.taps().shape().size(0);
        int length = filter.taps().shape().size(1);
        float[] all = filter.taps().source().get().toFloats(); // [C, L], oldest first
        float[] poles = new float[channels * modes * 2];
        float[] residues = new float[poles.length];
        double largest = 0;
        double wrong = 0;
        double power = 0;
        for (int c = 0; c < channels; c++) {
            double[] taps = new double[length];
            for (int t = 0; t < length; t++) {
                taps[t] = all[c * length + length - 1 - t];
            }
            ModalFit fit = ModalFit.of(taps, modes);
            System.arraycopy(fit.poles(), 0, poles, c * modes * 2, modes * 2);
            System.arraycopy(fit.residues(), 0, residues, c * modes * 2, modes * 2);
            double[] fitted = fit.taps(length);
            for (int t = 0; t < length; t++) {
                double difference = Math.abs(fitted[t] - taps[t]);
                largest = Math.max(largest, difference);
                wrong += difference * difference;
                power += taps[t] * taps[t];
            }
            progress.accept((c + 1.0) / channels);
        }
        String state = filter.ring().name();
        String layer = state.substring(0, state.lastIndexOf('.') + 1);
        Shape shape = Shape.of(channels, modes, 2);
        tensors.add(Tensor.ofFloats(layer + FILTER + "poles", shape, poles));
        tensors.add(Tensor.ofFloats(layer + FILTER + "residues", shape, residues));
        return new FilterError(layer, length, largest, Math.sqrt(wrong / power));
    }

    private static void write(
            Path directory, Checkpoint checkpoint, int modes, List<Tensor> tensors)
            throws IOException {
        Files.createDirectories(directory);
        SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors, Map.of());
        Path from = checkpoint.directory().orElse(directory);
        Tokenizers.copyFiles(from, directory);
        Config config = checkpoint.config().with("eddy_modes", modes);
        Files.writeString(directory.resolve("config.json"), config.canonical() + "\n");
    }

    private static LogitError compare(Model exact, Path directory, int elements, long seed) {
        Program program = exact.plan().program();
        int length = (int) Math.min(elements, program.limit());
        int width = program.output().value().width();
        SplittableRandom random = new SplittableRandom(seed);
        int vocabulary =
                switch (program.input()) {
                    case Program.Input.Ids ids -> ids.vocabulary();
                    case Program.Input.Frames _ ->
                            throw new CheckpointException(exact.name() + ": takes no ids");
                };
        int[] ids = random.ints(length, 0, vocabulary).toArray();
        try (Model distilled = Models.open(directory.toString())) {
            float[] expected = logits(program, ids, width);
            float[] actual = logits(distilled.plan().program(), ids, width);
            return difference(expected, actual, width);
        }
    }

    private static float[] logits(Program program, int[] ids, int width) {
        CompileOptions options =
                CompileOptions.of(WeightType.F32, 1, 1, Math.min(CHUNK, ids.length))
                        .withPositions(Math.max(CompileOptions.DEFAULT_POSITIONS, 2L * ids.length));
        float[] logits = new float[ids.length * width];
        try (Executable executable = Backends.byName("reference").compile(program, options)) {
            Feeder feeder = new Feeder(executable, width);
            int[] rows = {0};
            for (int from = 0; from < ids.length; from += CHUNK) {
                feeder.logits(
                        ids,
                        from,
                        Math.min(CHUNK, ids.length - from),
                        row -> System.arraycopy(row, 0, logits, width * rows[0]++, width));
            }
        }
        return logits;
    }

    private static LogitError difference(float[] expected, float[] actual, int width) {
        double largest = 0;
        double sum = 0;
        double squares = 0;
        int agreeing = 0;
        for (int i = 0; i < expected.length; i++) {
            largest = Math.max(largest, Math.abs((double) expected[i] - actual[i]));
            sum += expected[i];
            squares += (double) expected[i] * expected[i];
        }
        int rows = expected.length / width;
        for (int row = 0; row < rows; row++) {
            agreeing += best(expected, row, width) == best(actual, row, width) ? 1 : 0;
        }
        double mean = sum / expected.length;
        double deviation = Math.sqrt(Math.max(0, squares / expected.length - mean * mean));
        return new LogitError(rows, largest, deviation, (double) agreeing / rows);
    }

    private static int best(float[] logits, int row, int width) {
        int best = 0;
        for (int i = 1; i < width; i++) {
            best = logits[row * width + i] > logits[row * width + best] ? i : best;
        }
        return best;
    }
}
