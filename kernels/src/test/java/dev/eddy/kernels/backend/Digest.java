package dev.eddy.kernels.backend;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;

/** Prints a digest of all that a backend makes of every sample, for JVMs to be compared by. */
final class Digest {
    private static int runs;

    private Digest() {}

    /**
     * Runs.
     *
     * @param arguments backend, positions of a session, widths separated by commas
     */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        Backend backend = Backends.byName(arguments[0]);
        int positions = Integer.parseInt(arguments[1]);
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        for (WeightType type : Drivers.types(backend)) {
            for (String width : arguments[2].split(",")) {
                for (Map.Entry<String, Samples.Sample> sample : Samples.operators().entrySet()) {
                    if (type != WeightType.FP8 && type != WeightType.INT8 && type != WeightType.INT4
                            || isProduct(sample.getKey())) {
                        Program program = sample.getValue().of(Integer.parseInt(width));
                        add(digest, backend, program, positions, type);
                    }
                }
            }
            for (int seed = 0; seed < 4; seed++) {
                add(digest, backend, Samples.model(seed), positions, type);
            }
        }
        System.out.println("digest " + HexFormat.of().formatHex(digest.digest()));
    }

    /** Whether a sample is there for its matrix products, which alone depend on their type. */
    private static boolean isProduct(String sample) {
        return sample.startsWith("matmul ") || sample.equals("lstm") || sample.equals("experts");
    }

    private static void add(
            MessageDigest digest,
            Backend backend,
            Program program,
            int positions,
            WeightType type) {
        Feed feed = new Feed(program, 2, positions, 5);
        CompileOptions options =
                CompileOptions.of(type, 2, 2, 2 * positions)
                        .withState(type == WeightType.BF16 ? DType.BF16 : DType.F32);
        try (Driver driver = new Driver(backend, program, feed, options)) {
            // Another cut for every program: small steps and large ones.
            driver.feedRandomly(new Random(runs++), 2 * positions, positions);
            for (int slot = 0; slot < 2; slot++) {
                driver.record(slot)
                        .forEach((k, v) -> digest.update((k + v).getBytes(StandardCharsets.UTF_8)));
                digest.update(driver.state(slot));
            }
        }
    }
}
