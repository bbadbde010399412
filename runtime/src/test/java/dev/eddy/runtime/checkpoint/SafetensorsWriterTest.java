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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the writer writes the reader reads; what is not committed never appears. */
final class SafetensorsWriterTest {
    @TempDir private Path folder;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Test
    void write_aGoldensTensors_areReadBackUnchanged() {
        Path copy = folder.resolve("copy.safetensors");
        try (Checkpoint golden =
                Checkpoints.tensors(Goldens.directory("mamba2").resolve("golden.safetensors"))) {
            List<Tensor> tensors = new ArrayList<>();
            golden.names().forEach(name -> tensors.add(golden.find(name).orElseThrow()));
            SafetensorsWriter.write(
                    copy, tensors, Map.of("format", "pt", "note", "\"quoted\" \u00e9"));
            try (Checkpoint read = Checkpoints.tensors(copy)) {
                assertThat(read.names()).isEqualTo(golden.names());
                assertThat(read.digest()).isEqualTo(golden.digest());
            }
        }
    }

    @Test
    void write_mixedTypes_alignsEveryTensor() {
        Path file = folder.resolve("mixed.safetensors");
        Tensor bytes =
                new Tensor("a", DType.U8, Shape.of(3), MemorySegment.ofArray(new byte[] {1, 2, 3}));
        Tensor longs = new Tensor("z", DType.I64, Shape.of(2), MemorySegment.ofArray(new byte[16]));
        SafetensorsWriter.write(
                file,
                List.of(bytes, longs, Tensor.ofFloats("m", Shape.of(1), new float[] {5})),
                Map.of());
        try (Checkpoint read = Checkpoints.tensors(file)) {
            assertThat(read.find("z").orElseThrow().data().address() % 8).isZero();
            assertThat(read.find("m").orElseThrow().data().address() % 4).isZero();
            assertThat(read.find("a").orElseThrow().getLong(2)).isEqualTo(3);
        }
    }

    @Test
    void stream_inPortions_appearsOnlyAtCommit() throws IOException {
        Path file = folder.resolve("logits.safetensors");
        float[] row = new float[300_000];
        for (int i = 0; i < row.length; i++) {
            row[i] = i;
        }
        var logits =
                new SafetensorsWriter.Declaration("logits", DType.F32, Shape.of(3, row.length));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, List.of(logits), Map.of())) {
            writer.write(row, 0, row.length);
            writer.write(row, 0, 1);
            writer.write(row, 1, row.length - 1);
            writer.write(MemorySegment.ofArray(row));
            assertThat(file).doesNotExist();
            writer.commit();
        }
        assertThat(files()).containsExactly("logits.safetensors");
        try (Checkpoint read = Checkpoints.tensors(file)) {
            Tensor tensor = read.require("logits", Shape.of(3, row.length));
            for (int i = 0; i < 3; i++) {
                float[] copy = new float[row.length];
                tensor.copyFloats((long) i * row.length, copy, 0, row.length);
                assertThat(copy).isEqualTo(row);
            }
        }
    }

    @Test
    void close_withoutCommit_leavesWhatWasThere() throws IOException {
        Path file = Files.writeString(folder.resolve("kept.safetensors"), "old");
        var x = new SafetensorsWriter.Declaration("x", DType.F32, Shape.of(2));
        try (SafetensorsWriter writer = SafetensorsWriter.create(file, List.of(x), Map.of())) {
            writer.write(new float[] {1}, 0, 1);
            assertThatThrownBy(writer::commit)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("as declared");
            assertThatThrownBy(() -> writer.write(new float[2], 0, 2))
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("at most the declared");
        }
        assertThat(files()).containsExactly("kept.safetensors");
        assertThat(file).hasContent("old");
    }

    @Test
    void create_duplicateNamesOrNoSuchFolder_isRefused() throws IOException {
        Tensor x = Tensor.ofFloats("x", Shape.of(1), new float[1]);
        assertThatThrownBy(
                        () -> SafetensorsWriter.write(folder.resolve("a"), List.of(x, x), Map.of()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor x");
        assertThatThrownBy(
                        () -> SafetensorsWriter.write(folder.resolve("no/a"), List.of(x), Map.of()))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("cannot be written");
        assertThat(files()).isEmpty();
    }
}
