package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No file, however broken, does more to the safetensors reader than be refused. The bound on heap:
 * 64 bytes for each byte of the file (an entry of 52 bytes becomes a handful of objects), and 1 MiB
 * for the JSON parser.
 *
 * <p>Longer: {@code mvn -pl runtime -am verify -Dtest=SafetensorsFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Deddy.fuzz.seconds=3600}.
 */
final class SafetensorsFuzzTest {
    @TempDir private Path folder;

    @Test
    void map_mutatedFiles_areReadOrRefused() throws Exception {
        Path file = folder.resolve("fuzzed.safetensors");
        fuzzer().run(
                        "SafetensorsFuzzTest",
                        seeds(),
                        (bytes, onDisk) -> {
                            if (onDisk) {
                                Files.write(file, bytes);
                                read(file);
                            } else {
                                SafetensorsHeader.read("fuzzed", MemorySegment.ofArray(bytes));
                            }
                        });
    }

    @Test
    void read_denseHeader_staysWithinTheBound() throws Exception {
        StringBuilder header = new StringBuilder("{");
        for (int i = 0; i < 100_000; i++) {
            header.append(i == 0 ? "" : ",")
                    .append('"')
                    .append(Integer.toString(i, 36))
                    .append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        fuzzer().once(
                        SafetensorsFileTest.file(header.append('}').toString(), 0),
                        (bytes, onDisk) ->
                                SafetensorsHeader.read("dense", MemorySegment.ofArray(bytes)));
    }

    private static Fuzzer fuzzer() {
        return new Fuzzer(1, 64, 1 << 20, Fuzzer::headerLength, SafetensorsFuzzTest::moveOffset);
    }

    /** Touches what a model would touch: every tensor's first and last element, and the digest. */
    private static void read(Path file) {
        try (Checkpoint checkpoint = Checkpoints.tensors(file)) {
            for (String name : checkpoint.names()) {
                Tensor tensor = checkpoint.find(name).orElseThrow();
                long elements = tensor.shape().elements();
                if (elements > 0) {
                    float sum = tensor.get(0) + tensor.get(elements - 1);
                    if (Float.isNaN(sum) && !tensor.dtype().isFloat()) {
                        throw new AssertionError("an integer that is no number: " + tensor);
                    }
                }
            }
            if (checkpoint.digest().length() != 64) {
                throw new AssertionError("a digest of " + checkpoint.digest().length() + " digits");
            }
        }
    }

    /**
     * Adds a little to a number of the header and keeps its width, so that the length stays right.
     */
    private static byte[] moveOffset(byte[] file, Random random) {
        String text = new String(file, StandardCharsets.ISO_8859_1);
        int from =
                text.indexOf(
                        random.nextBoolean() ? "data_offsets" : "shape",
                        random.nextInt(text.length() + 1));
        while (from >= 0 && from < file.length && (file[from] < '0' || file[from] > '9')) {
            from++;
        }
        if (from >= 0 && from < file.length) {
            file[from] = (byte) ('0' + random.nextInt(10));
        }
        return file;
    }

    private List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(SafetensorsFileTest.file("{}", 0));
        seeds.add(
                SafetensorsFileTest.file(
                        "{\"b\":{\"data_offsets\":[6,10],\"extra\":[{}],\"shape\":[],\"dtype\":\"F32\"},"
                                + "\"__metadata__\":{\"format\":\"pt\"},"
                                + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[6,6]},"
                                + "\"a\":{\"dtype\":\"BF16\",\"shape\":[1,3],\"data_offsets\":[0,6]}}   ",
                        10));
        Path all = folder.resolve("all.safetensors");
        List<Tensor> tensors = new ArrayList<>();
        for (DType dtype : DType.values()) {
            if (dtype.blockElements() == 1) {
                byte[] data = new byte[6 * dtype.blockBytes()];
                new Random(1).nextBytes(data);
                tensors.add(
                        new Tensor(
                                "t." + dtype, dtype, Shape.of(2, 3), MemorySegment.ofArray(data)));
            }
        }
        SafetensorsWriter.write(all, tensors, Map.of("format", "pt"));
        seeds.add(Files.readAllBytes(all));
        // A real header over less data: its first two layers' entries are what matters here.
        seeds.add(Files.readAllBytes(Goldens.directory("mamba").resolve("golden.safetensors")));
        return seeds;
    }
}
