package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** GGUF files of every lawful form are read; every broken one is refused by file, key or tensor. */
final class GgufFileTest {
    private static final int F32 = 0;

    @TempDir private Path folder;

    private static GgufFile read(byte[] bytes) {
        return GgufFile.read("m.gguf", MemorySegment.ofArray(bytes));
    }

    private static StoredTensor stored(GgufFile file, String name) {
        return Objects.requireNonNull(file.tensors().get(name), name);
    }

    private static void assertRefused(byte[] bytes, String... parts) {
        assertThatThrownBy(() -> read(bytes))
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith("m.gguf: ")
                .message()
                .contains(parts);
    }

    private void assertFileRefused(byte[] bytes, String... parts) throws IOException {
        Path path = Files.write(folder.resolve("m.gguf"), bytes);
        for (boolean whole : new boolean[] {true, false}) {
            assertThatThrownBy(
                            () -> {
                                if (whole) {
                                    Checkpoints.open(path).close();
                                } else {
                                    Checkpoints.config(path);
                                }
                            })
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageStartingWith(path.toString())
                    .message()
                    .contains(parts);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void read_tensorsOfAllRanksAndAnOwnAlignment_liesWhereItSays(int version) {
        GgufFile file =
                read(
                        new GgufBytes()
                                .version(version)
                                .key("general.alignment", 64)
                                .tensor("b", F32, 64, 3, 2)
                                .tensor("a", 24, 0, 5) // I8
                                .tensor("scalar", F32, 128)
                                .tensor("none", F32, 192, 4, 0, 1)
                                .bytes(192));
        assertThat(file.tensors().keySet()).containsExactly("b", "a", "scalar", "none");
        assertThat(stored(file, "b").shape()).isEqualTo(Shape.of(2, 3));
        assertThat(stored(file, "b").tensor().get(0)).isEqualTo(Float.intBitsToFloat(0x43424140));
        assertThat(stored(file, "a").tensor().getLong(4)).isEqualTo(4);
        assertThat(stored(file, "scalar").tensor().get(0))
                .isEqualTo(Float.intBitsToFloat(0x83828180));
        assertThat(stored(file, "none").shape()).isEqualTo(Shape.of(1, 0, 4));
    }

    @Test
    void metadata_ofEveryType_isReadByType() {
        GgufMetadata metadata =
                read(new GgufBytes()
                                .key("u8", 0, (byte) 200)
                                .key("i8", 1, (byte) -2)
                                .key("u16", 2, (byte) 1, (byte) 0xff)
                                .key("i16", 3, (byte) 1, (byte) 0xff)
                                .key("u32", 4, GgufBytes.u32(0xffff_ffffL))
                                .key("i32", 5, GgufBytes.u32(-7))
                                .key("f32", 6, GgufBytes.u32(Float.floatToIntBits(1e-5f)))
                                .key("bool", 7, (byte) 1)
                                .key("text", "caf\u00c3\u00a9")
                                .key("u64", 10, GgufBytes.u64(1L << 40))
                                .key("i64", 11, GgufBytes.u64(-1))
                                .key("f64", 12, GgufBytes.u64(Double.doubleToLongBits(0.1)))
                                .strings("list", List.of("a", "", "bc"))
                                .bytes(0))
                        .metadata();
        assertThat(metadata.whole("u8")).isEqualTo(200);
        assertThat(metadata.whole("i8")).isEqualTo(-2);
        assertThat(metadata.whole("u16")).isEqualTo(0xff01);
        assertThat(metadata.whole("i16")).isEqualTo((short) 0xff01);
        assertThat(metadata.whole("u32")).isEqualTo(0xffff_ffffL);
        assertThat(metadata.whole("i32")).isEqualTo(-7);
        assertThat(metadata.real("f32")).isEqualTo(1e-5);
        assertThat(metadata.truth("bool", false)).isTrue();
        assertThat(metadata.text("text")).isEqualTo("caf\u00e9");
        assertThat(metadata.whole("u64")).isEqualTo(1L << 40);
        assertThat(metadata.whole("i64")).isEqualTo(-1);
        assertThat(metadata.real("f64")).isEqualTo(0.1);
        assertThat(metadata.strings("list").stream().map(String::new))
                .containsExactly("a", "", "bc");
        assertThatThrownBy(() -> metadata.text("u8"))
                .hasMessage("m.gguf: key u8: expected a string, found 200");
        assertThatThrownBy(() -> metadata.whole("list"))
                .hasMessage(
                        "m.gguf: key list: expected a whole number, found an array of 3 STRING");
        assertThatThrownBy(() -> metadata.whole("absent")).hasMessageContaining("key absent");
    }

    @Test
    void read_brokenHeader_isRefused() {
        assertRefused(new byte[0], "the first 4 bytes", "truncated");
        assertRefused("GGML567890".getBytes(java.nio.charset.StandardCharsets.US_ASCII), "no GGUF");
        assertRefused(new GgufBytes().version(1).bytes(0), "version", "2 or 3", "found 1");
        assertRefused(new GgufBytes().version(4).bytes(0), "version", "found 4");
        assertRefused(new GgufBytes().version(3 << 24).bytes(0), "big-endian");
        assertRefused(new GgufBytes().counts(1L << 60, 0).bytes(0), "number of tensors");
        assertRefused(new GgufBytes().counts(0, 1L << 60).bytes(0), "number of keys");
        assertRefused(new GgufBytes().counts(-1, 0).bytes(0), "number of tensors");
        assertRefused(new GgufBytes().key("a", 4, GgufBytes.u32(1)).counts(0, 3).bytes(0), "key");
        assertRefused(new GgufBytes().key("a", 1).key("a", 2).bytes(0), "key \"a\"", "two");
        assertRefused(new GgufBytes().key("\u00ff", 1).bytes(0), "key 0", "UTF-8");
        assertRefused(new GgufBytes().key("k", 13, (byte) 0).bytes(0), "key \"k\": type", "13");
        assertRefused(
                new GgufBytes().key("k", 8, GgufBytes.u64(1L << 62)).bytes(0),
                "key \"k\"",
                "truncated");
        assertRefused(
                new GgufBytes().key("general.alignment", 24).bytes(0),
                "general.alignment",
                "a power of two");
        assertRefused(new GgufBytes().key("general.alignment", 0).bytes(0), "general.alignment");
    }

    @Test
    void read_brokenArray_isRefused() {
        GgufBytes many =
                new GgufBytes().key("k", 9, Arrays.copyOf(GgufBytes.u32(4), 12)).key("end", 1);
        assertThat(read(many.bytes(0)).tensors()).isEmpty();
        byte[] giant = many.bytes(0);
        giant[24 + 9 + 4 + 4 + 7] = 0x3f; // the count's highest byte
        assertRefused(giant, "key \"k\"", "items of 4 bytes");
        byte[] deep = new byte[12 * 20];
        for (int i = 0; i < deep.length; i += 12) {
            deep[i] = 9;
            deep[i + 4] = 1;
        }
        assertRefused(new GgufBytes().key("k", 9, deep).bytes(0), "key \"k\"", "deep");
    }

    @Test
    void read_brokenTensor_isRefused() {
        assertRefused(
                new GgufBytes().tensor("w", F32, 0, 2, 2, 2, 2, 2).bytes(128),
                "tensor \"w\": number of dimensions",
                "at most 4");
        assertRefused(
                new GgufBytes().tensor("w", 10, 0, 256).bytes(128),
                "tensor \"w\": type",
                "Q4_K",
                "found Q2_K; convert the model again");
        assertRefused(new GgufBytes().tensor("w", 99, 0, 2).bytes(32), "unknown type number 99");
        assertRefused(
                new GgufBytes().tensor("w", 8, 0, 48).bytes(64),
                "tensor \"w\"",
                "a multiple of 32 elements in Q8_0",
                "[48]");
        assertRefused(new GgufBytes().tensor("w", 8, 0).bytes(64), "tensor \"w\"", "Q8_0");
        assertRefused(
                new GgufBytes().tensor("w", F32, 0, 1L << 40, 1L << 40).bytes(32), "2^63 - 1");
        assertRefused(new GgufBytes().tensor("w", F32, 0, -1).bytes(32), "tensor \"w\"", "2^63");
        assertRefused(
                new GgufBytes().tensor("w", F32, 16, 2).bytes(32), "offset", "a multiple of 32");
        assertRefused(
                new GgufBytes().tensor("w", F32, 0, 9).bytes(32),
                "within the 32 bytes of data",
                "truncated");
        assertRefused(
                new GgufBytes().tensor("w", F32, 1L << 62, 9).bytes(32), "within the 32 bytes");
        assertRefused(
                new GgufBytes().tensor("v", F32, 0, 9).tensor("w", F32, 32, 1).bytes(64),
                "tensor \"w\": offset",
                "at least 36",
                "overlap");
        assertRefused(
                new GgufBytes().tensor("w", F32, 0, 1).tensor("w", F32, 32, 1).bytes(64),
                "tensor \"w\"",
                "two");
    }

    @Test
    void read_truncatedAnywhere_isRefused() {
        byte[] whole = GgufBytes.mamba().tensor("token_embd.weight", F32, 0, 8, 4).bytes(128);
        read(whole);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "expected");
        }
    }

    @Test
    void open_unusableModel_isRefusedByKey() throws IOException {
        assertFileRefused(new GgufBytes().bytes(0), "key general.architecture");
        assertFileRefused(
                new GgufBytes().key("general.architecture", "bert").bytes(0),
                "key general.architecture: expected one of [",
                "mamba2",
                "found \"bert\"");
        assertFileRefused(
                GgufBytes.mamba().key("split.count", 2, (byte) 2, (byte) 0).bytes(0),
                "split.count",
                "llama-gguf-split --merge");
        assertFileRefused(GgufBytes.mamba().bytes(0), "mamba.block_count", "number of tensors");
        assertFileRefused(
                GgufBytes.mamba().tensor("output.weight", F32, 0, 8, 4).bytes(128),
                "tensor token_embd.weight: expected one, found none");
        assertFileRefused(
                new GgufBytes()
                        .key("general.architecture", "mamba")
                        .key("mamba.block_count", 1)
                        .tensor("token_embd.weight", F32, 0, 8, 4)
                        .bytes(128),
                "key mamba.embedding_length: expected a value, found none");
    }

    @Test
    void tokenizer_ofAFile_isReadWhole() throws IOException {
        Path path =
                Files.write(
                        folder.resolve("m.gguf"),
                        GgufBytes.mamba()
                                .key("tokenizer.ggml.model", "gpt2")
                                .key("tokenizer.ggml.pre", "llama-bpe")
                                .strings("tokenizer.ggml.tokens", List.of("a", "b", "ab"))
                                .strings("tokenizer.ggml.merges", List.of("a b"))
                                .key("tokenizer.ggml.eos_token_id", 2)
                                .key("tokenizer.ggml.add_bos_token", 7, (byte) 1)
                                .key("tokenizer.chat_template", "{{ messages }}")
                                .tensor("token_embd.weight", F32, 0, 8, 4)
                                .bytes(128));
        try (Checkpoint checkpoint = Checkpoints.open(path)) {
            EmbeddedTokenizer tokenizer = checkpoint.tokenizer().orElseThrow();
            assertThat(tokenizer.model()).isEqualTo("gpt2");
            assertThat(tokenizer.pre()).isEqualTo("llama-bpe");
            assertThat(tokenizer.tokens().stream().map(String::new))
                    .containsExactly("a", "b", "ab");
            assertThat(tokenizer.merges()).containsExactly("a b");
            assertThat(tokenizer.id("eos")).hasValue(2);
            assertThat(tokenizer.id("bos")).isEmpty();
            assertThat(tokenizer.flags()).containsEntry("add_bos_token", true);
            assertThat(tokenizer.chatTemplate()).isEqualTo(Optional.of("{{ messages }}"));
            assertThat(checkpoint.config().intOf("eos_token_id")).isEqualTo(2);
        }
    }

    @Test
    void tokenizer_thatDisagreesWithItself_isRefused() throws IOException {
        Path path =
                Files.write(
                        folder.resolve("m.gguf"),
                        GgufBytes.mamba()
                                .key("tokenizer.ggml.model", "gpt2")
                                .strings("tokenizer.ggml.tokens", List.of("a", "b"))
                                .key("tokenizer.ggml.eos_token_id", 2)
                                .tensor("token_embd.weight", F32, 0, 8, 4)
                                .bytes(128));
        try (Checkpoint checkpoint = Checkpoints.open(path)) {
            assertThatThrownBy(checkpoint::tokenizer)
                    .isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(
                            "key tokenizer.ggml.eos_token_id: expected an id from 0 to 1, found 2");
        }
    }
}
