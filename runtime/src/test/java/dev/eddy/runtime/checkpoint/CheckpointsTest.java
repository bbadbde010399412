package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@link Checkpoints} finds where, how a checkpoint answers, and its digest. */
final class CheckpointsTest {
    @TempDir private Path folder;

    private static Tensor floats(String name, float... values) {
        return Tensor.ofFloats(name, Shape.of(values.length), values);
    }

    private Path save(String file, Tensor... tensors) {
        Path path = folder.resolve(file);
        SafetensorsWriter.write(path, List.of(tensors), Map.of("format", "pt"));
        return path;
    }

    private void index(String json) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        Files.writeString(folder.resolve("model.safetensors.index.json"), json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mamba", "falcon_mamba", "mamba2"})
    void open_golden_mapsEveryTensorOfTheFile(String name) throws IOException {
        Path directory = Goldens.directory(name);
        try (Checkpoint checkpoint = Checkpoints.open(directory)) {
            assertThat(checkpoint.config().stringOf("model_type")).isEqualTo(name);
            assertThat(checkpoint.directory()).contains(directory);
            assertThat(checkpoint.names()).isSorted().contains("backbone.layers.2.mixer.A_log");
            assertThat(checkpoint.bytes())
                    .isLessThan(Files.size(directory.resolve("model.safetensors")));
            Tensor embedding = checkpoint.require("backbone.embeddings.weight", Shape.of(96, 32));
            assertThat(embedding.dtype()).isEqualTo(DType.BF16);
            assertThat(embedding.data().isMapped()).isTrue();
            assertThat(embedding.toFloats())
                    .isNotEqualTo(new float[96 * 32])
                    .doesNotContain(Float.NaN);
            assertThat(checkpoint.unused())
                    .hasSize(checkpoint.names().size() - 1)
                    .doesNotContain("backbone.embeddings.weight");
        }
    }

    @Test
    void open_fileOrConfigInsteadOfDirectory_isTheSame() {
        Path directory = Goldens.directory("mamba");
        try (Checkpoint whole = Checkpoints.open(directory);
                Checkpoint file = Checkpoints.open(directory.resolve("model.safetensors"));
                Checkpoint config = Checkpoints.open(directory.resolve("config.json"))) {
            assertThat(file.digest()).isEqualTo(whole.digest()).hasSize(64);
            assertThat(config.digest()).isEqualTo(whole.digest());
            assertThat(file.directory()).contains(directory.toAbsolutePath());
        }
    }

    @Test
    void config_directoryWithoutWeights_isRead() throws IOException {
        Files.copy(
                Goldens.directory("mamba2").resolve("config.json"), folder.resolve("config.json"));

        assertThat(Checkpoints.config(folder).doublesOf("time_step_limit"))
                .containsExactly(0.0, Double.POSITIVE_INFINITY);
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(
                        "has neither model.safetensors nor model.safetensors.index.json")
                .hasMessageContaining("no weights");
        Files.createFile(folder.resolve("pytorch_model.bin"));
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .hasMessageContaining("pytorch_model.bin");
        save("consolidated.safetensors", floats("a", 1));
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .hasMessageContaining(
                        "open one of its files by name: [consolidated.safetensors, pytorch_model.bin]");
    }

    @Test
    void open_nothingThereOrOfNoKind_isRefused() throws IOException {
        assertThatThrownBy(() -> Checkpoints.open(folder.resolve("absent")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("absent: does not exist");
        Path text = Files.writeString(folder.resolve("notes.txt"), "x");
        assertThatThrownBy(() -> Checkpoints.open(text))
                .hasMessageContaining("no kind of checkpoint");
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .hasMessageContaining("config.json: does not exist");
        Files.createDirectory(folder.resolve("config.json"));
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .hasMessageContaining("config.json: is a directory");
    }

    @Test
    void open_symbolicLinks_areFollowedUnlessTheyLoop() throws IOException {
        Path golden = Goldens.directory("mamba");
        Files.createSymbolicLink(folder.resolve("config.json"), golden.resolve("config.json"));
        Path weights =
                Files.createSymbolicLink(
                        folder.resolve("model.safetensors"), golden.resolve("model.safetensors"));
        try (Checkpoint linked = Checkpoints.open(folder);
                Checkpoint direct = Checkpoints.open(golden)) {
            assertThat(linked.digest()).isEqualTo(direct.digest());
        }
        Files.delete(weights);
        Files.createSymbolicLink(weights, folder.resolve("other.safetensors"));
        Files.createSymbolicLink(folder.resolve("other.safetensors"), weights);
        assertThatThrownBy(() -> Checkpoints.open(weights))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("does not exist");
    }

    @Test
    void open_shards_areOneCheckpoint() throws IOException {
        Tensor a = floats("a", 1, 2);
        Tensor b = floats("b", 3);
        save("m-1.safetensors", a);
        save("m-2.safetensors", b, floats("unlisted", 9));
        index(
                "{\"metadata\":{},\"weight_map\":{\"a\":\"m-1.safetensors\",\"b\":\"m-2.safetensors\"}}");
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertThat(checkpoint.names()).containsExactly("a", "b", "unlisted");
            assertThat(checkpoint.require("b", Shape.of(1)).get(0)).isEqualTo(3);
            Checkpoint memory =
                    Checkpoints.of(
                            "memory",
                            Config.parse("memory", "{}"),
                            List.of(floats("unlisted", 9), b, a));
            assertThat(memory.digest()).isEqualTo(checkpoint.digest());
        }
    }

    @Test
    void open_shardNameLongerThanFileNamesAre_isRefusedInFewWords() throws IOException {
        save("m-1.safetensors", floats("a", 1));
        index("{\"weight_map\":{\"a\":\"" + "m".repeat(7000) + ".safetensors\"}}");

        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("of at most 255 characters")
                .message()
                .hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../m-1.safetensors",
                "/etc/m-1.safetensors",
                "sub/m-1.safetensors",
                "sub\\\\m-1.safetensors",
                "C:m-1.safetensors",
                "..",
                ".hidden.safetensors",
                "m-1.bin",
                "",
                "m\\u00001.safetensors"
            })
    void open_shardNameThatIsNoPlainName_isRefused(String shard) throws IOException {
        save("m-1.safetensors", floats("a", 1));
        index("{\"weight_map\":{\"a\":\"" + shard + "\"}}");

        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("key weight_map.a: expected the plain name");
    }

    @Test
    void open_indexAndShardsDisagree_isRefused() throws IOException {
        save("m-1.safetensors", floats("a", 1));
        save("m-2.safetensors", floats("b", 1));
        index("{\"weight_map\":{\"a\":\"m-2.safetensors\",\"b\":\"m-1.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor \"a\": the index says that m-2.safetensors holds it");

        index("{\"weight_map\":{\"a\":\"m-1.safetensors\",\"b\":\"m-3.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .hasMessageContaining("m-3.safetensors: does not exist");

        save("m-2.safetensors", floats("b", 1), floats("a", 2));
        index("{\"weight_map\":{\"a\":\"m-1.safetensors\",\"b\":\"m-2.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .hasMessageContaining("one shard that holds it");

        index("{\"weight_map\":[]}");
        assertThatThrownBy(() -> Checkpoints.open(folder))
                .hasMessageContaining("weight_map: expected an object");
    }

    @Test
    void require_wrongNameShapeOrType_namesFileTensorExpectedAndFound() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        Tensor ids = new Tensor("ids", DType.I64, Shape.of(1), MemorySegment.ofArray(new byte[8]));
        Path file = save("model.safetensors", floats("layers.0.weight", 1, 2), ids);
        try (Checkpoint checkpoint = Checkpoints.open(folder)) {
            assertThatThrownBy(() -> checkpoint.require("layers.1.weight", Shape.of(2)))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessage(
                            folder
                                    + ": tensor layers.1.weight [2] is missing; the file has 2 tensors, "
                                    + "most alike layers.0.weight");
            assertThatThrownBy(() -> checkpoint.require("layers.0.weight", Shape.of(2, 1)))
                    .hasMessage(
                            file
                                    + ": tensor layers.0.weight: expected shape [2, 1], found F32 [2]");
            assertThatThrownBy(() -> checkpoint.require("ids", Shape.of(1)))
                    .hasMessage(
                            file
                                    + ": tensor ids: expected element type out of [F64, F32, F16, BF16, Q4_0, Q5_0, Q8_0, Q4_K, Q5_K, Q6_K], found I64 [1]");
            assertThat(checkpoint.unused()).containsExactly("ids", "layers.0.weight");
            assertThat(checkpoint.require("ids", Shape.of(1), DType.I64).getLong(0)).isZero();
            assertThat(checkpoint.find("layers.0.weight")).isPresent();
            assertThat(checkpoint.find("absent")).isEmpty();
            assertThat(checkpoint.unused()).isEmpty();
        }
    }

    @Test
    void digest_anyChange_changesIt() {
        Config config = Config.parse("c", "{\"a\":1}");
        String base = Checkpoints.of("m", config, List.of(floats("x", 1, 2))).digest();

        assertThat(
                        Checkpoints.of(
                                        "n",
                                        Config.parse("d", "{ \"a\" : 1 }"),
                                        List.of(floats("x", 1, 2)))
                                .digest())
                .isEqualTo(base);
        assertThat(
                        Checkpoints.of(
                                        "m",
                                        Config.parse("c", "{\"a\":2}"),
                                        List.of(floats("x", 1, 2)))
                                .digest())
                .isNotEqualTo(base);
        assertThat(Checkpoints.of("m", config, List.of(floats("y", 1, 2))).digest())
                .isNotEqualTo(base);
        assertThat(Checkpoints.of("m", config, List.of(floats("x", 1, 3))).digest())
                .isNotEqualTo(base);
        Tensor reshaped = Tensor.ofFloats("x", Shape.of(2, 1), new float[] {1, 2});
        assertThat(Checkpoints.of("m", config, List.of(reshaped)).digest()).isNotEqualTo(base);
    }

    @Test
    void random_anyTensor_dependsOnNameAndSeedAlone() {
        Config config = Config.parse("c", "{}");
        try (Checkpoint one = Checkpoints.random(config, DType.BF16, 7);
                Checkpoint two = Checkpoints.random(config, DType.BF16, 7);
                Checkpoint other = Checkpoints.random(config, DType.F32, 8)) {
            two.require("y", Shape.of(5));
            float[] x = one.require("x", Shape.of(40, 25)).toFloats();
            assertThat(two.require("x", Shape.of(40, 25)).toFloats()).isEqualTo(x);
            assertThat(one.require("x", Shape.of(40, 25)).toFloats()).isEqualTo(x);
            assertThat(other.require("x", Shape.of(40, 25)).toFloats()).isNotEqualTo(x);
            assertThat(one.require("y", Shape.of(1000)).toFloats()).isNotEqualTo(x);
            for (float value : x) {
                assertThat(value).isBetween(-0.0501f, 0.0501f);
            }
            assertThat(one.bytes()).isEqualTo(4000);
            assertThat(one.digest()).isEqualTo(two.digest()).isNotEqualTo(other.digest());
            assertThatThrownBy(() -> one.require("x", Shape.of(3)))
                    .hasMessageContaining("expected shape [3]");
        }
        assertThatThrownBy(() -> Checkpoints.random(config, DType.F16, 1))
                .hasMessageContaining("F16");
    }

    @Test
    void close_tensors_becomeUnusable() {
        Checkpoint checkpoint = Checkpoints.open(Goldens.directory("mamba"));
        Tensor tensor = checkpoint.require("backbone.embeddings.weight", Shape.of(96, 32));
        checkpoint.close();

        assertThatThrownBy(() -> tensor.get(0)).isInstanceOf(IllegalStateException.class);
    }
}
