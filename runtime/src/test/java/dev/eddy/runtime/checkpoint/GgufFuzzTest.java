package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Shape;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No file, however broken, does more to the GGUF reader than be refused. The bound on heap: 64
 * bytes for each byte of the file (a key of 13 bytes, a tensor of 24 become a handful of objects
 * each), and 1 MiB besides. Longer: as {@link SafetensorsFuzzTest} says.
 */
final class GgufFuzzTest {
    private static final int[] NUMBERS = {
        0, 1, 2, 3, 4, 7, 8, 9, 12, 13, 31, 32, 33, 255, 256, 65_535, Integer.MAX_VALUE, -1, -32
    };

    @TempDir private Path folder;

    private static Fuzzer fuzzer() {
        return new Fuzzer(2, 64, 1 << 20, GgufFuzzTest::number, GgufFuzzTest::number);
    }

    @Test
    void read_mutatedFiles_areReadOrRefused() throws Exception {
        Path path = folder.resolve("fuzzed.gguf");
        fuzzer().run(
                        "GgufFuzzTest",
                        seeds(),
                        (bytes, onDisk) -> {
                            if (onDisk) {
                                Files.write(path, bytes);
                                touch(path);
                            } else {
                                GgufFile file =
                                        GgufFile.read("fuzzed", MemorySegment.ofArray(bytes));
                                GgufFormat.read(file, new TreeMap<>());
                            }
                        });
    }

    @Test
    void read_denseHeaders_stayWithinTheBound() throws Exception {
        GgufBytes keys = GgufBytes.mamba();
        GgufBytes tensors = GgufBytes.mamba().tensor("token_embd.weight", 0, 0, 0, 4);
        for (int i = 0; i < 50_000; i++) {
            keys.key(Integer.toString(i, 36), 0, (byte) 1);
            tensors.tensor(Integer.toString(i, 36), 0, 0, 0);
        }
        for (byte[] file :
                List.of(keys.tensor("token_embd.weight", 0, 0, 0, 4).bytes(0), tensors.bytes(0))) {
            fuzzer().once(
                            file,
                            (bytes, onDisk) ->
                                    GgufFormat.read(
                                            GgufFile.read("dense", MemorySegment.ofArray(bytes)),
                                            new TreeMap<>()));
        }
    }

    /** Touches what a model would touch: every tensor's ends, the tokenizer and the digest. */
    private static void touch(Path path) {
        try (Checkpoint checkpoint = Checkpoints.open(path)) {
            for (String name : checkpoint.names()) {
                var tensor = checkpoint.find(name).orElseThrow();
                Shape shape = tensor.shape();
                if (shape.elements() > 0) {
                    tensor.get(0);
                    tensor.get(shape.elements() - 1);
                }
            }
            checkpoint.tokenizer();
            checkpoint.digest();
        }
    }

    /** Overwrites four or eight bytes with a number that headers may hold, right or wrong. */
    private static byte[] number(byte[] file, Random random) {
        int width = random.nextBoolean() ? 4 : 8;
        int reach = Math.min(file.length, 1 + random.nextInt(1 << 1 + random.nextInt(13)));
        if (reach < width) {
            return file;
        }
        long number =
                random.nextInt(4) == 0
                        ? random.nextLong()
                        : NUMBERS[random.nextInt(NUMBERS.length)];
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int at = random.nextInt(reach - width + 1);
        if (width == 4) {
            bytes.putInt(at, (int) number);
        } else {
            bytes.putLong(at, number);
        }
        return file;
    }

    private static byte[] converted(String golden) {
        try (Checkpoint origin = Checkpoints.open(Resources.file("goldens/" + golden))) {
            return GgufConverter.convert(golden, origin, GgufConversion.Matrices.QUANTISED);
        }
    }

    private static List<byte[]> seeds() throws IOException {
        return List.of(
                Files.readAllBytes(Resources.file("gguf/mamba-Q8_0.gguf")),
                Files.readAllBytes(Resources.file("gguf/mamba2-Q8_0.gguf")),
                Files.readAllBytes(Resources.file("gguf/llama-Q8_0.gguf")),
                converted("rwkv6"),
                converted("rwkv7"),
                converted("granitemoehybrid"),
                converted("nemotron_h"),
                converted("qwen3_next"),
                converted("kimi_linear"),
                GgufBytes.mamba()
                        .key("tokenizer.ggml.model", "gpt2")
                        .strings("tokenizer.ggml.tokens", List.of("a", "b", "ab"))
                        .strings("tokenizer.ggml.merges", List.of("a b"))
                        .key("tokenizer.ggml.eos_token_id", 2)
                        .tensor("token_embd.weight", 0, 0, 8, 4)
                        .tensor("blk.0.ssm_conv1d.weight", 8, 128, 32, 2)
                        .bytes(256));
    }
}
