package dev.eddy.runtime.model.arch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.kernels.backend.Backends;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.CheckpointException;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.checkpoint.SafetensorsWriter;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.ModelPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Grafts compute what a straightforward forward of their parts computes. */
class GraftingTest {
    private static final int[] IDS = {5, 17, 0, 90, 33, 5, 5, 61, 2, 95, 40};

    @TempDir private Path folder;

    static Stream<String> separable() {
        return Golden.names().stream().filter(name -> !name.equals("zamba2"));
    }

    @ParameterizedTest
    @MethodSource("separable")
    void graft_ofAllLayersOfAModel_hasItsBits(String name) throws IOException {
        try (Checkpoint checkpoint = Golden.of(name).checkpoint()) {
            ModelPlan own = Architectures.record(checkpoint.config(), Models.weights(checkpoint));
            int vocabulary = own.program().output().value().width();
            int[] ids = IntStream.of(IDS).map(id -> id % Math.min(vocabulary, 12)).toArray();
            ModelPlan graft =
                    Grafting.write(
                            recipe(parts(name), name, layers(name, own.layers().size()), name),
                            out());
            assertThat(graft.layers().stream().map(ModelPlan.Layer::mixer))
                    .containsExactlyElementsOf(
                            own.layers().stream().map(ModelPlan.Layer::mixer).toList());
            assertThat(graft.parameters()).isEqualTo(own.parameters());
            assertThat(logits(ids)).as(name).isEqualTo(logits(own.program(), ids));
        }
    }

    @Test
    void graft_ofLayersOfManyModels_hasTheBitsOfTheirLayersOneAfterTheOther() throws IOException {
        String[] steps = {"rwkv6 0", "gla 1", "s4d 2", "mamba3 1", "rwkv6 2", "retnet 0", "s4 0"};
        String layers =
                Stream.of(steps)
                        .map(step -> step.split(" "))
                        .map(step ->
                                "{\"part\": \"%s\", \"layers\": [%s]}".formatted(step[0], step[1]))
                        .collect(Collectors.joining(", "));
        String[] names = {"rwkv6", "gla", "s4d", "mamba3", "retnet", "s4", "xl"};
        Map<String, Path> parts =
                Stream.of(names)
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name ->
                                                Golden.of(name.equals("xl") ? "delta_net" : name)
                                                        .directory()));
        Grafting.write(recipe(parts, "mamba3", layers, "xl"), out());
        try (Parts forward = new Parts(parts)) {
            float[][] x = forward.embedded("mamba3", IDS);
            for (String step : steps) {
                String[] words = step.split(" ");
                x = forward.layer(words[0], Integer.parseInt(words[1]), x);
            }
            assertThat(logits(IDS)).isEqualTo(Parts.flat(forward.head("xl", x)));
        }
    }

    /** LSTM layer 0, a projection, GRU layer 0 and GRU's head, by the formulas in double. */
    @Test
    void graft_ofCellsWithAProjection_isTheirFormulas() throws IOException {
        Random random = new Random(4);
        float[] projection = new float[64 * 80];
        for (int i = 0; i < projection.length; i++) {
            projection[i] = (float) random.nextGaussian() / 9;
        }
        SafetensorsWriter.write(
                folder.resolve("p.safetensors"),
                List.of(Tensor.ofFloats("down", Shape.of(64, 80), projection)),
                Map.of());
        String layers =
                """
                {"part": "lstm", "layers": [0]}, {"project": "narrow"}, {"part": "gru", "layers": [0]}\
                """;
        String recipe =
                json(parts("lstm", "gru"), "lstm", layers, "gru")
                        .replace(
                                "\"head\"",
                                "\"projections\": {\"narrow\": {\"file\": \"p.safetensors\", \"tensor\": \"down\"}}, \"head\"");
        Grafting.write(Files.writeString(folder.resolve("recipe.json"), recipe), out());
        try (Checkpoint lstm = Golden.of("lstm").checkpoint();
                Checkpoint gru = Golden.of("gru").checkpoint()) {
            double[][] x = Cells.rows(lstm, "encoder.weight", IDS);
            x = Cells.lstm(lstm, "_l0", x);
            x = Cells.linear(projection, new float[64], x);
            x = Cells.gru(gru, "_l0", x);
            x =
                    Cells.linear(
                            Golden.floats(gru, "decoder.weight"),
                            Golden.floats(gru, "decoder.bias"),
                            x);
            float[] actual = logits(IDS);
            for (int i = 0; i < actual.length; i++) {
                assertThat((double) actual[i])
                        .as("logit %d", i)
                        .isCloseTo(x[i / x[0].length][i % x[0].length], within(1e-5));
            }
        }
    }

    @Test
    void graft_ofAGraft_isAGraft() throws IOException {
        Grafting.write(recipe(parts("gla", "retnet"), "gla", layers("retnet", 2), "gla"), out());
        float[] first = logits(IDS);
        Path again = folder.resolve("again");
        Grafting.write(recipe(Map.of("inner", out()), "inner", layers("inner", 2), "inner"), again);
        try (Model model = Models.open(again.toString())) {
            assertThat(logits(model.plan().program(), IDS)).isEqualTo(first);
            assertThat(model.plan().architecture()).isEqualTo("hybrid");
        }
    }

    @Test
    void config_namesEachLayersMixer_andHoldsItToThat() throws IOException {
        Grafting.write(recipe(parts("bamba"), "bamba", layers("bamba", 3), "bamba"), out());
        Path file = out().resolve("config.json");
        Config config = Config.parse("config", Files.readString(file));
        assertThat(config.objectsOf("layers").stream().map(layer -> layer.stringOf("mixer")))
                .containsExactly("mamba2", "attention", "mamba2");
        String wrong = Files.readString(file).replaceFirst("\"attention\"", "\"lstm\"");
        Files.writeString(file, wrong);
        assertThatThrownBy(() -> Models.plan(out().toString()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("layers[1].mixer")
                .hasMessageContaining("attention")
                .hasMessageContaining("lstm");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mamba,llama | mamba | {'part': 'gla', 'layers': [0]}    | llama  | part: expected one of [llama, mamba]",
                "mamba,llama | mamba | {'part': 'llama', 'layers': [3]}  | llama  | layer: expected a whole number from 0 to 2",
                "mamba,gla   | mamba | {'part': 'gla', 'layers': [1]}    | mamba  | its own width is 64; put a projection before it",
                "gru,gla     | gla   | {'part': 'gla', 'layers': [1]}    | gru    | its own width is 80; put a projection before it",
                "gru,gla     | gru   | {'part': 'gla', 'layers': [1]}    | gru    | its own width is 80; put a projection before it",
                "gla,evo1    | gla   | {'part': 'gla', 'layers': [1]}    | evo1   | vocabulary of the embedding's, 272 ids, not 512",
                "mamba       | mamba | {'part': 'mamba', 'layers': [1,1]}| mamba  | a layer that is not taken yet",
                "zamba2      | zamba2| {'part': 'zamba2', 'layers': [1]} | zamba2 | its layers share blocks",
                "rwkv7       | rwkv7 | {'part': 'rwkv7', 'layers': [1]}  | rwkv7  | layer 1 needs the values of layer 0",
                "mamba       | other | {'part': 'mamba', 'layers': [1]}  | mamba  | embedding: expected one of [mamba]",
                "mamba       | mamba | {'part': 'mamba', 'layers': []}   | mamba  | layers: expected one layer or more",
                "mamba       | mamba | {'project': 'x'}                  | mamba  | project: expected one of []",
                "none        | none  | {'part': 'none', 'layers': [0]}   | none   | there is no such file or directory"
            })
    void recipe_thatIsWrong_isRefusedByName(
            String parts, String embedding, String layers, String head, String message)
            throws IOException {
        Map<String, Path> places =
                Stream.of(parts.split(","))
                        .collect(
                                Collectors.toMap(
                                        name -> name,
                                        name ->
                                                name.equals("none")
                                                        ? Path.of("none")
                                                        : Golden.of(name).directory()));
        Path recipe = recipe(places, embedding, layers.replace('\'', '"'), head);
        assertThatThrownBy(() -> Grafting.write(recipe, out()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(message);
        assertThat(out().resolve("model.safetensors")).doesNotExist();
    }

    @Test
    void write_toADirectoryThatHoldsACheckpoint_isRefused() throws IOException {
        Path recipe = recipe(parts("mamba"), "mamba", layers("mamba", 1), "mamba");
        Grafting.write(recipe, out());
        assertThatThrownBy(() -> Grafting.write(recipe, out()))
                .hasMessageContaining("holds a checkpoint already");
    }

    private Path out() {
        return folder.resolve("out");
    }

    private static Map<String, Path> parts(String... names) {
        return Stream.of(names)
                .collect(Collectors.toMap(name -> name, name -> Golden.of(name).directory()));
    }

    private static String layers(String part, int count) {
        return "{\"part\": \"%s\", \"layers\": %s}"
                .formatted(part, IntStream.range(0, count).boxed().toList());
    }

    private Path recipe(Map<String, Path> parts, String embedding, String layers, String head)
            throws IOException {
        return Files.writeString(
                folder.resolve("recipe.json"), json(parts, embedding, layers, head));
    }

    private static String json(
            Map<String, Path> parts, String embedding, String layers, String head) {
        String places =
                parts.entrySet().stream()
                        .map(part -> "\"%s\": \"%s\"".formatted(part.getKey(), part.getValue()))
                        .collect(Collectors.joining(", "));
        return "{\"parts\": {%s}, \"embedding\": \"%s\", \"layers\": [%s], \"head\": \"%s\"}"
                .formatted(places, embedding, layers, head);
    }

    private float[] logits(int[] ids) {
        try (Model model = Models.open(out().toString())) {
            return logits(model.plan().program(), ids);
        }
    }

    private static float[] logits(Program program, int[] ids) {
        return Golden.logits(Backends.byName("reference"), program, ids, 4, 1);
    }
}
