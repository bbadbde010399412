package dev.eddy.runtime.checkpoint;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * No file, however broken, does more to the reader of torch.save's files than be refused. The bound
 * on heap: 192 bytes for each byte of the file (one byte of a pickle makes an empty dict or puts a
 * value in the memo), and 1 MiB besides. Longer: as {@link SafetensorsFuzzTest} says.
 */
final class PthFuzzTest {
    private static final String OPERATIONS =
            "(012NJKMGXTUBC)tldaeus]}hjqrcQRb.\u0080\u0085\u0086\u0087\u0088\u0089\u008a\u008c\u008d\u008e"
                    + "\u0093\u0094\u0095\u0081ioR";

    @TempDir private Path folder;

    private static Fuzzer fuzzer() {
        return new Fuzzer(2, 192, 1 << 20, PthFuzzTest::operation, PthFuzzTest::operation);
    }

    @Test
    void read_mutatedFiles_areReadOrRefused() throws Exception {
        Path path = folder.resolve("fuzzed.pth");
        Files.writeString(folder.resolve("config.json"), "{}");
        fuzzer().run(
                        "PthFuzzTest",
                        seeds(),
                        (bytes, onDisk) -> {
                            if (onDisk) {
                                Files.write(path, bytes);
                                try (Checkpoint checkpoint = Checkpoints.open(path)) {
                                    checkpoint.digest();
                                }
                            } else {
                                PthFile.read("fuzzed", MemorySegment.ofArray(bytes));
                            }
                        });
    }

    /** Pickles in which every operation makes as much as it can. */
    @Test
    void read_densePickles_stayWithinTheBound() throws Exception {
        for (String dense :
                List.of("]", "}", "(", "N\u0094", "]2", "K\u0001", "\u008c\u0000", ")")) {
            String pickle =
                    "\u0080\u0002" + dense.repeat(100_000) + (dense.equals("(") ? "" : "0") + "}.";
            fuzzer().once(
                            archive(pickle),
                            (bytes, onDisk) -> PthFile.read("dense", MemorySegment.ofArray(bytes)));
        }
    }

    private static byte[] archive(String pickle) throws IOException {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("m/data.pkl", PthTest.pickle(pickle));
        entries.put("m/data/0", new byte[8]);
        return PthTest.archive(entries, ZipEntry.STORED);
    }

    /** Puts an operation somewhere into the front of the file, where the pickle lies. */
    private static byte[] operation(byte[] file, Random random) {
        int place = Math.min(file.length, random.nextInt(1 << 2 + random.nextInt(11)));
        byte[] operation = {
            (byte) OPERATIONS.charAt(random.nextInt(OPERATIONS.length())),
            (byte) random.nextInt(256)
        };
        int replaced = Math.min(file.length - place, random.nextInt(3));
        byte[] by = random.nextBoolean() ? operation : new byte[] {operation[0]};
        return Fuzzer.replace(file, place, replaced, by);
    }

    private static List<byte[]> seeds() throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String name : List.of("mixed", "protocol5", "wrapped", "lstm")) {
            seeds.add(Files.readAllBytes(Resources.file("pth/" + name + ".pth")));
        }
        seeds.add(archive(PthTest.tensor("2", "1", 0, 2)));
        return seeds;
    }
}
