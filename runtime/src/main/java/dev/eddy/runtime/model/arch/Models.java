package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.chat.ChatTemplate;
import dev.eddy.runtime.checkpoint.BuiltInModels;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.RandomWeights;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.tokenizer.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Opens models: a checkpoint's directory or file, or a built-in name. */
public final class Models {
    private static final long RANDOM_SEED = 1;

    private Models() {}

    /**
     * Opens a model with its checkpoint's weights; they are mapped, checked by name and shape, and
     * not read.
     */
    public static Model open(String nameOrPath) {
        return open(nameOrPath, 0);
    }

    /**
     * Opens a model as {@link #open(String)} does, its attention limited to a window of constant
     * size.
     *
     * @param window positions that attention sees at most, its own included; 0 for what the config
     *     says. Models without attention ignore it
     * @throws dev.eddy.runtime.checkpoint.CheckpointException naming file, tensor or key, expected
     *     and found
     */
    public static Model open(String nameOrPath, int window) {
        Path path = BuiltInModels.resolve(nameOrPath);
        Checkpoint checkpoint = Checkpoints.open(path);
        try {
            Config config = windowed(checkpoint.config(), window);
            ModelPlan plan = Architectures.record(config, weights(checkpoint));
            return new Model(
                    nameOrPath,
                    plan,
                    () ->
                            checkpoint
                                    .tokenizer()
                                    .map(Tokenizers::of)
                                    .or(() ->
                                            Tokenizers.find(directory(path), checkpoint.config())),
                    tokenizer ->
                            ChatTemplate.find(directory(path), checkpoint.tokenizer(), tokenizer),
                    checkpoint::digest,
                    checkpoint::close);
        } catch (RuntimeException e) {
            checkpoint.close();
            throw e;
        }
    }

    private static Config windowed(Config config, int window) {
        return window > 0 ? config.with(Attentions.WINDOW, window) : config;
    }

    /** A model of a config's shape with made-up weights; only config.json is needed. */
    public static Model random(String nameOrPath) {
        return random(nameOrPath, 0);
    }

    /**
     * A model of a config's shape with made-up weights, its attention limited as {@link
     * #open(String, int)} does.
     */
    public static Model random(String nameOrPath, int window) {
        Path path = BuiltInModels.resolve(nameOrPath);
        Config config = windowed(Checkpoints.config(path), window);
        ModelPlan plan = Architectures.record(config, new RandomWeights(RANDOM_SEED));
        return new Model(
                nameOrPath,
                plan,
                () -> Tokenizers.find(directory(path), config),
                tokenizer -> ChatTemplate.find(directory(path), Optional.empty(), tokenizer),
                () -> "random weights, seed " + RANDOM_SEED + ", " + config.canonical(),
                () -> {});
    }

    /** The plan of a model whose weights may be absent; where they are there, they are checked. */
    public static ModelPlan plan(String nameOrPath) {
        return plan(nameOrPath, 0);
    }

    /** The same, its attention limited as {@link #open(String, int)} does. */
    public static ModelPlan plan(String nameOrPath, int window) {
        Path path = BuiltInModels.resolve(nameOrPath);
        if (Files.exists(path) && !Checkpoints.hasWeights(path)) {
            return Architectures.record(
                    windowed(Checkpoints.config(path), window), new RandomWeights(RANDOM_SEED));
        }
        try (Model model = open(nameOrPath, window)) {
            return model.plan();
        }
    }

    /** A checkpoint's tensors as an architecture asks for them. */
    static Weights weights(Checkpoint checkpoint) {
        return new CheckpointWeights(checkpoint);
    }

    private static Path directory(Path path) {
        Path parent = path.toAbsolutePath().getParent();
        return Files.isDirectory(path) || parent == null ? path : parent;
    }

    /** A checkpoint's tensors. */
    private record CheckpointWeights(Checkpoint checkpoint) implements Weights {
        @Override
        public Supplier<Tensor> get(String name, Shape shape) {
            return checkpoint.defer(name, shape);
        }

        @Override
        public boolean has(String name) {
            return checkpoint.has(name);
        }

        @Override
        public OptionalLong integer(String name) {
            if (!checkpoint.has(name)) {
                return OptionalLong.empty();
            }
            Tensor tensor = checkpoint.require(name, Shape.of(), DType.I64, DType.I32);
            return OptionalLong.of(tensor.getLong(0));
        }

        @Override
        public DType dtype(String name, Shape shape) {
            return checkpoint.dtype(name, shape);
        }

        @Override
        public Optional<Shape> shape(String name) {
            return checkpoint.find(name).map(Tensor::shape);
        }
    }
}
