package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.client.Conversation;
import dev.eddy.client.EddyClient;
import dev.eddy.client.Turn;
import dev.eddy.runtime.app.EddyServer;
import dev.eddy.runtime.app.ModelSource;
import dev.eddy.runtime.app.Settings;
import dev.eddy.v1.Output;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code eddy devices}, of this machine and of a server. */
@Timeout(300)
final class DevicesCommandTest {
    private static final String MODEL = "../../runtime/src/test/resources/goldens/mamba";
    private static final String DRIVER = System.getProperty("eddy.cuda.driver", "none");
    private static final int ELEMENTS = 60;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir private Path folder;

    private String run(int code, String... args) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        assertThat(Commands.run(out, err, args)).as(err.toString()).isEqualTo(code);
        return code == 0 ? out.toString() : err.toString();
    }

    @Test
    void devices_here_areListedThePreferredFirst() {
        List<String> lines = run(0, "devices").lines().toList();
        assertThat(lines.getFirst()).startsWith("cpu ").contains(" GiB free");
        assertThat(lines.getLast()).matches("(cuda|reference).*");
        if (Files.exists(Path.of(DRIVER))) {
            assertThat(lines)
                    .filteredOn(line -> line.startsWith("cuda:"))
                    .hasSize(2)
                    .allMatch(line -> line.contains("(emulated driver), compute capability 9.0"));
        }
    }

    @Test
    void devices_withoutADriver_sayWhy() throws Exception {
        Path broken = Files.writeString(folder.resolve("broken.so"), "no library");
        assertThat(inItsOwnJvm(broken))
                .containsPattern("cuda +none: the CUDA driver .*broken.so cannot be loaded: ");
        assertThat(inItsOwnJvm(folder.resolve("missing.so")))
                .containsPattern("cuda +none: the CUDA driver .*missing.so does not exist")
                .contains("cpu ");
    }

    /** A JVM loads its driver once. */
    private String inItsOwnJvm(Path driver) throws IOException, InterruptedException {
        Path said = folder.resolve("said");
        Process process =
                new ProcessBuilder(
                                System.getProperty("java.home") + "/bin/java",
                                "--enable-native-access=ALL-UNNAMED",
                                "--add-modules=jdk.incubator.vector",
                                "-Deddy.cuda.driver=" + driver,
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.eddy.cli.Eddy",
                                "devices")
                        .redirectOutput(said.toFile())
                        .redirectError(new File(said + ".err"))
                        .start();
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(said);
    }

    /** Where a session is, as the command tells; waits while it is on its way. */
    private String deviceOfTheSession(String server) throws InterruptedException {
        String device = "none";
        for (int i = 0; i < 400 && device.equals("none"); i++) {
            device = deviceNow(server);
            Thread.sleep(50);
        }
        return device;
    }

    private String deviceNow(String server) {
        return run(0, "devices", "--server", server)
                .lines()
                .filter(line -> line.contains(": 1 sessions"))
                .map(line -> line.split(" ")[0])
                .reduce((a, b) -> a + " and " + b)
                .orElse("none");
    }

    @Test
    void drain_inMidTurn_movesTheSessionWithoutItsStreamNoticing() throws Exception {
        Assumptions.assumeTrue(Files.exists(Path.of(DRIVER)), "no emulated CUDA driver was built");
        List<Integer> undisturbed = new ArrayList<>();
        try (EddyServer server = server("cpu");
                EddyClient client = EddyClient.connect("127.0.0.1:" + server.port());
                Conversation conversation = client.conversation().seed(5).model("mamba").open()) {
            conversation.sendIds(3, 17, 5);
            conversation.generate(ELEMENTS).forEach(o -> add(o, undisturbed));
        }
        assertThat(undisturbed).hasSize(ELEMENTS);

        try (EddyServer server = server("cuda:0,1+cpu");
                EddyClient client = EddyClient.connect("127.0.0.1:" + server.port());
                Conversation conversation =
                        client.conversation().seed(5).model("mamba").prefetch(4).open()) {
            String at = "127.0.0.1:" + server.port();
            assertThat(run(0, "devices", "--server", at).lines())
                    .hasSize(3)
                    .anyMatch(line ->
                            line.matches(
                                    "cuda:0 +up +mamba: 1 sessions, 2 of 3 slots free, numerics .*"))
                    .anyMatch(line -> line.matches("cpu:0 +up +mamba: 0 sessions, 3 of 3 .*"));
            conversation.sendIds(3, 17, 5);
            Turn turn = conversation.generate(ELEMENTS);
            Iterator<Output> outputs = turn.iterator();
            List<Integer> said = new ArrayList<>();
            for (String device : List.of("cuda:0", "cuda:1")) {
                take(outputs, said);
                assertThat(deviceOfTheSession(at)).isEqualTo(device);
                assertThat(run(0, "devices", "drain", device, "--server", at))
                        .containsPattern(device + " +drained +mamba: 0 sessions, 3 of 3 slots");
            }
            take(outputs, said);
            assertThat(deviceOfTheSession(at)).isEqualTo("cpu:0");
            assertThat(run(1, "devices", "drain", "cpu:0", "--server", at))
                    .contains("cpu:0 is not drained: no other device that is up", "mamba");
            assertThat(run(0, "devices", "resume", "cuda:1", "--server", at))
                    .containsPattern("cuda:1 +up ");
            run(0, "devices", "drain", "cpu:0", "--server", at);
            outputs.forEachRemaining(o -> add(o, said));
            assertThat(said).isEqualTo(undisturbed);
            assertThat(conversation.attached().getEpoch()).as("attachments").isEqualTo(1);
            assertThat(run(1, "devices", "drain", "cuda:7", "--server", at))
                    .contains(
                            "there is no device \"cuda:7\" here; there are [cuda:0, cuda:1, cpu:0]");
        }
    }

    /**
     * Takes so much that the session gets credit: without, it has nothing to do and is on no
     * device.
     */
    private static void take(Iterator<Output> outputs, List<Integer> ids) {
        for (int i = 0; i < 3; i++) {
            add(outputs.next(), ids);
        }
    }

    private static void add(Output output, List<Integer> ids) {
        ids.addAll(output.getIdsList());
    }

    private static EddyServer server(String devices) throws IOException {
        Map<String, Object> settings =
                Map.of(
                        "eddy.server.port", 0,
                        "eddy.metrics.port", -1,
                        "eddy.device.backend", devices,
                        "eddy.device.weights", "f32",
                        "eddy.device.slots", 3,
                        "eddy.device.rows", 8);
        return EddyServer.start(
                Settings.load(settings).serving(ModelSource.parse(MODEL)), share -> {});
    }

    @Test
    void drain_atNoServer_saysThatItCannotBeReached() {
        assertThat(run(1, "devices", "drain", "cpu", "--server", "127.0.0.1:1"))
                .contains("127.0.0.1:1 cannot be reached");
        assertThat(run(2, "devices", "drain", "cpu")).contains("--server");
    }
}
