package dev.eddy.kernels.backend;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The same bits however the JVM runs the code, and nothing touched beyond what was allocated. */
class JvmTest {
    private static final Map<String, List<String>> WAYS =
            Map.of(
                    "interpreter", List.of("-Xint"),
                    "C1", List.of("-XX:TieredStopAtLevel=1"),
                    "C2", List.of(),
                    "C2, 256-bit", List.of("-XX:MaxVectorSize=32"),
                    "C2, 128-bit", List.of("-XX:MaxVectorSize=16"),
                    "C2, 64-bit", List.of("-XX:MaxVectorSize=8"));

    @Test
    void digest_underEveryCompilerAndVectorWidth_isTheSame() throws Exception {
        Map<String, String> digests = new TreeMap<>();
        for (var way : WAYS.entrySet()) {
            Forks.Result result = Forks.run(Digest.class, way.getValue(), "cpu", "2", "17");
            assertThat(result.exit()).as("%s: %s", way.getKey(), result.output()).isZero();
            digests.put(way.getKey(), result.output().lines().toList().getLast());
        }
        assertThat(digests.get("C2")).startsWith("digest ");
        assertThat(digests.values()).as("%s", digests).containsOnly(digests.get("C2"));
    }

    @Test
    void kernels_betweenPagesThatMustNotBeTouched_stayWithinTheirMemory() throws Exception {
        List<String> flags = List.of("-Deddy.cpu.guard=true", "-XX:-CreateCoredumpOnCrash");
        Forks.Result result = Forks.run(Digest.class, flags, "cpu", "70", "1,15,33,100");
        assertThat(result.exit()).as(result.output()).isZero();
    }
}
