package dev.eddy.runtime.model.arch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.BuiltInModels;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.CheckpointException;
import dev.eddy.runtime.checkpoint.Checkpoints;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.checkpoint.SafetensorsWriter;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.tokenizer.Tokenizers;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Composes a checkpoint of the architecture {@code hybrid} from layers of others, as a recipe says;
 * {@code runtime/docs/grafting.md} describes recipes. The weights keep their names, behind their
 * part's, and their element types, quantised ones aside, which become float32.
 */
public final class Grafting implements AutoCloseable {
    private final Config recipe;
    private final Path folder;
    private final Map<String, Checkpoint> parts = new LinkedHashMap<>();
    private final List<Checkpoint> others = new ArrayList<>();
    private final Map<String, Supplier<Tensor>> chosen = new LinkedHashMap<>();
    private final Map<String, Tensor> projections = new LinkedHashMap<>();

    private Grafting(Path file) throws IOException {
        recipe = Config.parse(file.toString(), Files.readAllBytes(file));
        folder = file.toAbsolutePath().normalize().resolveSibling("");
    }

    /**
     * Writes what {@code recipe} describes to a new directory.
     *
     * @return what was written
     * @throws CheckpointException naming file, key, expected and found where the recipe or a part
     *     is wrong, or the parts do not fit
     */
    public static ModelPlan write(Path recipe, Path directory) throws IOException {
        if (Files.exists(directory.resolve("config.json"))) {
            throw new CheckpointException(
                    directory + ": holds a checkpoint already; name a new directory");
        }
        try (Grafting grafting = new Grafting(recipe)) {
            return grafting.write(directory);
        }
    }

    private ModelPlan write(Path directory) throws IOException {
        Config places = recipe.at("parts");
        for (String name : places.keys()) {
            Path place = folder.resolve(places.stringOf(name));
            parts.put(
                    name,
                    Checkpoints.open(
                            Files.exists(place)
                                    ? place
                                    : BuiltInModels.resolve(places.stringOf(name))));
        }
        recipe.find("projections").ifPresent(this::openProjections);
        ModelPlan plan =
                Architectures.record(
                        Config.parse(recipe.source(), config(List.of())), new Chosen());
        Files.createDirectories(directory);
        List<Tensor> tensors = new ArrayList<>();
        chosen.forEach((name, source) -> tensors.add(named(name, source.get())));
        SafetensorsWriter.write(directory.resolve("model.safetensors"), tensors, Map.of());
        Optional<Path> tokenizer = part(recipe.stringOf("embedding")).directory();
        if (tokenizer.isPresent()) {
            Tokenizers.copyFiles(tokenizer.get(), directory);
        }
        Files.writeString(directory.resolve("config.json"), config(plan.layers()) + "\n");
        return plan;
    }

    private void openProjections(Config given) {
        for (String name : given.keys()) {
            Config projection = given.at(name);
            Checkpoint file = Checkpoints.tensors(folder.resolve(projection.stringOf("file")));
            others.add(file);
            String tensor = projection.stringOf("tensor");
            Tensor found =
                    file.find(tensor)
                            .filter(matrix -> matrix.shape().rank() == 2)
                            .orElseThrow(() ->
                                    projection.refuse(
                                            "tensor", "the name of a matrix in that file"));
            projections.put(name, found);
        }
    }

    /** The graft's config; mixers are named once layers have been recorded. */
    private String config(List<ModelPlan.Layer> layers) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            json.writeStringField("model_type", "hybrid");
            writeTokenizerKeys(json);
            json.writeStringField("embedding", recipe.stringOf("embedding"));
            json.writeArrayFieldStart("layers");
            int index = 0;
            for (Config entry : recipe.objectsOf("layers")) {
                if (entry.has("project")) {
                    writeProjection(json, entry);
                    continue;
                }
                for (int layer : entry.intsOf("layers")) {
                    json.writeStartObject();
                    json.writeStringField("part", entry.stringOf("part"));
                    json.writeNumberField("layer", layer);
                    if (index < layers.size()) {
                        json.writeStringField("mixer", layers.get(index++).mixer());
                    }
                    json.writeEndObject();
                }
            }
            json.writeEndArray();
            json.writeStringField("head", recipe.stringOf("head"));
            json.writeObjectFieldStart("parts");
            for (Map.Entry<String, Checkpoint> part : parts.entrySet()) {
                json.writeFieldName(part.getKey());
                json.writeRawValue(part.getValue().config().canonical());
            }
            json.writeEndObject();
            json.writeEndObject();
        }
        return text.toString();
    }

    /** What the embedding's config says of text and ids. */
    private void writeTokenizerKeys(JsonGenerator json) throws IOException {
        Config config = part(recipe.oneOf("embedding", parts.keySet())).config();
        for (String key : List.of("vocab_size", "bos_token_id", "eos_token_id", "pad_token_id")) {
            if (config.has(key)) {
                List<Integer> ids = config.intsOf(key);
                json.writeFieldName(key);
                json.writeRawValue((ids.size() == 1 ? ids.getFirst() : ids).toString());
            }
        }
        if (config.has("eddy_tokenizer")) {
            json.writeStringField("eddy_tokenizer", config.stringOf("eddy_tokenizer"));
        }
    }

    private void writeProjection(JsonGenerator json, Config entry) throws IOException {
        String name = entry.oneOf("project", projections.keySet());
        json.writeStartObject();
        json.writeStringField("project", name);
        Shape shape = projection(name).shape();
        json.writeNumberField("width", shape.dim(0));
        json.writeEndObject();
    }

    private Tensor projection(String name) {
        return Objects.requireNonNull(projections.get(name));
    }

    private static Tensor named(String name, Tensor tensor) {
        return tensor.dtype().isQuantised()
                ? Tensor.ofFloats(name, tensor.shape(), tensor.toFloats())
                : new Tensor(name, tensor.dtype(), tensor.shape(), tensor.data());
    }

    private Checkpoint part(String name) {
        return Objects.requireNonNull(parts.get(name));
    }

    @Override
    public void close() {
        parts.values().forEach(Checkpoint::close);
        others.forEach(Checkpoint::close);
    }

    /** The parts' weights under the graft's names, noting which of them are asked for. */
    private final class Chosen implements Weights {
        @Override
        public Supplier<Tensor> get(String name, Shape shape) {
            Supplier<Tensor> source = at(name).get(rest(name), shape);
            chosen.put(name, source);
            return source;
        }

        @Override
        public boolean has(String name) {
            return at(name).has(rest(name));
        }

        @Override
        public OptionalLong integer(String name) {
            OptionalLong found = at(name).integer(rest(name));
            if (found.isPresent()) {
                chosen.put(name, () -> part(first(name)).find(rest(name)).orElseThrow());
            }
            return found;
        }

        @Override
        public Optional<Shape> shape(String name) {
            return at(name).shape(rest(name));
        }

        private Weights at(String name) {
            return first(name).equals(Grafted.PROJECTIONS)
                    ? new Projections()
                    : Models.weights(part(first(name)));
        }

        private static String first(String name) {
            return name.substring(0, name.indexOf('.'));
        }

        private static String rest(String name) {
            return name.substring(name.indexOf('.') + 1);
        }
    }

    /** The projections' matrices, {@code NAME.weight}. */
    private final class Projections implements Weights {
        @Override
        public Supplier<Tensor> get(String name, Shape shape) {
            String local = name.substring(0, name.lastIndexOf('.'));
            Tensor found = projection(local);
            if (!found.shape().equals(shape)) {
                throw recipe.at("projections")
                        .refuse(
                                local,
                                "a matrix "
                                        + shape
                                        + " from the stream's width to the next one's, not "
                                        + found.shape());
            }
            return () -> found;
        }

        @Override
        public boolean has(String name) {
            return projections.containsKey(name.substring(0, name.lastIndexOf('.')));
        }
    }
}
