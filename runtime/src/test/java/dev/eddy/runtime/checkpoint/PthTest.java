package dev.eddy.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of torch.save give the tensors that they hold, or are refused by name. */
final class PthTest {
    @TempDir private Path folder;

    private static Path resource(String name) {
        return Resources.file("pth/" + name);
    }

    /** A copy of a resource with an empty config.json beside it. */
    private Path withConfig(String name) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        return Files.copy(resource(name), folder.resolve(name));
    }

    /** An archive of stored entries as torch.save writes it. */
    static byte[] archive(Map<String, byte[]> entries, int method) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                header.setMethod(method);
                header.setSize(entry.getValue().length);
                header.setCrc(crc.getValue());
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    /** The bytes of a pickle written in characters up to U+00FF. */
    static byte[] pickle(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** A pickle of one tensor "w" out of storage 0; axes are numbers with blanks between. */
    static String tensor(String size, String stride, long offset, long elements) {
        return "\u0080\u0002}X\u0001\u0000\u0000\u0000wctorch._utils\n_rebuild_tensor_v2\n((X\u0007\u0000"
                + "\u0000\u0000storagectorch\nFloatStorage\nX\u0001\u0000\u0000\u00000X\u0003\u0000\u0000"
                + "\u0000cpu"
                + whole(elements)
                + "tQ"
                + whole(offset)
                + tuple(size)
                + tuple(stride)
                + "\u0089}tRs.";
    }

    private static String tuple(String numbers) {
        StringBuilder tuple = new StringBuilder("(");
        for (String number : numbers.isBlank() ? new String[0] : numbers.split(" ")) {
            tuple.append(whole(Long.parseLong(number)));
        }
        return tuple.append('t').toString();
    }

    private static String whole(long value) {
        StringBuilder text = new StringBuilder("\u008a\u0008");
        for (int i = 0; i < Long.BYTES; i++) {
            text.append((char) (value >>> 8 * i & 0xff));
        }
        return text.toString();
    }

    private Path write(String pickle) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("m/data.pkl", pickle(pickle));
        entries.put("m/data/0", new byte[8]);
        return write(archive(entries, ZipEntry.STORED));
    }

    private Path write(byte[] bytes) throws IOException {
        Files.writeString(folder.resolve("config.json"), "{}");
        return Files.write(folder.resolve("m.pth"), bytes);
    }

    private static void assertRefused(Path path, String... parts) {
        assertThatThrownBy(() -> Checkpoints.open(path).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(path + ": ")
                .message()
                .contains(parts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mixed", "protocol5", "wrapped", "lstm", "rwkv7"})
    void open_whatTorchSaved_hasTheTensorsOfTheSafetensors(String name) throws IOException {
        try (Checkpoint pth = Checkpoints.open(withConfig(name + ".pth"));
                Checkpoint expected = Checkpoints.tensors(resource(name + ".safetensors"))) {
            assertThat(pth.names()).isEqualTo(expected.names());
            for (String tensor : expected.names()) {
                Tensor actual = pth.find(tensor).orElseThrow();
                Tensor other = expected.find(tensor).orElseThrow();
                assertThat(actual.dtype()).as(tensor).isEqualTo(other.dtype());
                assertThat(actual.shape()).as(tensor).isEqualTo(other.shape());
                assertThat(actual.data().toArray(ValueLayout.JAVA_BYTE))
                        .as(tensor)
                        .isEqualTo(other.data().toArray(ValueLayout.JAVA_BYTE));
            }
        }
    }

    @Test
    void open_rowMajorTensors_areViewsOfTheMapping() throws IOException {
        try (Checkpoint pth = Checkpoints.open(withConfig("mixed.pth"))) {
            assertThat(pth.require("rows", Shape.of(3, 5)).data().isMapped()).isTrue();
            assertThat(pth.require("parameter", Shape.of(3, 2)).data().isMapped()).isTrue();
            assertThat(pth.require("transposed", Shape.of(5, 6)).data().isMapped()).isFalse();
        }
    }

    @Test
    void open_officialRwkvFileAlone_hasTheSettingsOfItsShapes() throws IOException {
        Path alone = Files.copy(resource("rwkv7.pth"), folder.resolve("rwkv7.pth"));
        String expected =
                Config.parse(
                                "expected",
                                """
                                {"model_type": "rwkv7", "vocab_size": 20, "hidden_size": 16,
                                 "num_hidden_layers": 2, "head_size": 8, "num_heads": 2,
                                 "intermediate_size": 64, "layer_norm_epsilon": 1e-05,
                                 "group_norm_epsilon": 0.00064, "tie_word_embeddings": false,
                                 "decay_lora": 5, "a_lora": 4, "v_lora": 3, "gate_lora": 6}
                                """)
                        .canonical();
        try (Checkpoint pth = Checkpoints.open(alone)) {
            assertThat(pth.config().canonical()).isEqualTo(expected);
        }
        assertThat(Checkpoints.config(alone).canonical()).isEqualTo(expected);
        Path other = Files.copy(resource("lstm.pth"), folder.resolve("lstm.pth"));
        assertRefused(other, "no config.json beside it");
    }

    @Test
    void open_directoryWithOnePthFile_readsIt() throws IOException {
        withConfig("lstm.pth");
        try (Checkpoint directory = Checkpoints.open(folder);
                Checkpoint file = Checkpoints.open(folder.resolve("lstm.pth"))) {
            assertThat(directory.digest()).isEqualTo(file.digest());
        }
        assertThat(Checkpoints.hasWeights(folder)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "legacy.pth | the format of older versions; load it with torch.load",
                "module.pth | found \"torch.nn.modules.linear.Linear\", which may be code; save the weights alone",
                "expanded.pth | tensor \"a\": expected at most the 1 elements of its storage, found 1000",
                "float8.pth | which may be code",
                "script.pth | a TorchScript program",
            })
    void open_filesThatHoldMoreOrOtherThanTensors_areRefused(String name, String part)
            throws IOException {
        assertRefused(withConfig(name), part);
    }

    @Test
    void open_codeInThePickle_isRefusedAndNotRun() throws IOException {
        assertRefused(
                write("\u0080\u0002cos\nsystem\nX\u0004\u0000\u0000\u0000echo\u0085R."),
                "found \"os.system\", which may be code");
        assertRefused(
                write("\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093."),
                "\"builtins.eval\"");
        assertRefused(
                write("\u0080\u0002ctorch\nFloatStorage\n)R."),
                "call of torch.FloatStorage",
                "arguments that torch.save writes");
        assertRefused(write("\u0080\u0002]\u0081."), "operation", "0x81");
        assertRefused(write("\u0080\u0002(ios\nsystem\n."), "operation", "i (0x69)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "empty pickle ||  length",
                "no stop | N | length",
                "empty stack | . | stack: expected a value",
                "no mark | t | stack: expected a mark",
                "below a mark | N(0 | stack: expected a value",
                "protocol | \u0080\u0001. | pickle protocol: expected 2 to 5, found 1",
                "long text | X\u00ff\u00ff\u00ff\u007f. | length",
                "negative text | \u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff. | length",
                "memo | hA. | memo: expected a value at 65",
                "append | NN a | append: expected a list",
                "list as key | }]Ns. | key of a dict: expected a string, found a list",
                "persistent id | NQ. | persistent id",
                "a number | K\u0005. | expected a dict of tensors, found 5",
                "not a tensor | }X\u0001\u0000\u0000\u0000aNs. | entry \"a\": expected a tensor, found None",
            })
    void open_brokenPickle_isRefused(String what, String pickle, String part) throws IOException {
        assertRefused(write(pickle == null ? "" : pickle.replace("NN a", "NNa")), part);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "beyond the end | 3 | 1 | 0 | 2 | a place within the 2 elements",
                "offset | 2 | 1 | 1 | 2 | a place within the 2 elements",
                "negative offset | 1 | 1 | -1 | 2 | a place within",
                "stride | 2 | 5 | 0 | 2 | a place within the 2 elements",
                "overflow | 8070450532247928832 | 9 | 0 | 2 | a place within",
                "overflow | 4611686018427387904 8 | 8 1 | 0 | 2 | a place within",
                "ranks | 2 | '' | 0 | 2 | a place within",
                "negative size | -1 | 1 | 0 | 2 | whole numbers of 0 or more, found -1",
                "storage | 2 | 1 | 0 | 3 | 3 elements of F32, found 8 bytes",
                "negative storage | 2 | 1 | 0 | -1 | -1 elements of F32",
                "repeated | 3 | 0 | 0 | 2 | at most the 2 elements of its storage, found 3",
            })
    void open_viewOutsideItsStorage_isRefused(
            String what, String size, String stride, long offset, long elements, String part)
            throws IOException {
        assertRefused(write(tensor(size, stride, offset, elements)), "tensor \"w\"", part);
    }

    @Test
    void open_handWrittenTensor_isRead() throws IOException {
        Path path = write(tensor("2", "1", 0, 2));
        try (Checkpoint checkpoint = Checkpoints.open(path)) {
            assertThat(checkpoint.require("w", Shape.of(2)).toFloats()).containsExactly(0, 0);
        }
    }

    @Test
    void open_brokenArchive_isRefused() throws IOException {
        String good = tensor("2", "1", 0, 2);
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("m/data.pkl", pickle(good));
        assertRefused(write(archive(entries, ZipEntry.STORED)), "entry \"m/data/0\"", "none");
        entries.put("m/data/0", new byte[8]);
        assertRefused(write(archive(entries, ZipEntry.DEFLATED)), "compression method 8");
        entries.put("m/byteorder", pickle("big"));
        assertRefused(write(archive(entries, ZipEntry.STORED)), "entry byteorder", "\"big\"");
        entries.remove("m/byteorder");
        entries.put("n/data.pkl", pickle(good));
        assertRefused(
                write(archive(entries, ZipEntry.STORED)), "one entry .../data.pkl", "found 2");
        assertRefused(write(pickle("not a zip archive at all")), "other bytes");
    }

    @Test
    void open_truncatedAnywhere_isRefused() throws IOException {
        byte[] whole = Files.readAllBytes(resource("protocol5.pth"));
        for (int length = 0; length < whole.length; length += 7) {
            assertRefused(write(Arrays.copyOf(whole, length)), "expected");
        }
    }
}
