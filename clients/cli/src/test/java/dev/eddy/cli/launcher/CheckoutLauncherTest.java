package dev.eddy.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cli.launcher.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher at the root of a checkout, {@code ./eddy}, with a Maven that only notes that it ran.
 */
class CheckoutLauncherTest {
    private static final String MAVEN =
            """
            echo "$@" >>builds
            dist=clients/cli/target/dist
            mkdir -p $dist/lib $dist/bin
            sleep 0.1
            touch $dist/lib/built
            printf '#!/bin/sh\\necho "ran $*"\\n' >$dist/bin/eddy
            chmod +x $dist/bin/eddy
            """;

    @TempDir private Path folder;
    private Shell shell;
    private Path root;

    @BeforeEach
    void layOutCheckout() throws IOException {
        folder = folder.toRealPath();
        shell = new Shell(folder);
        shell.machineTool("chmod");
        shell.with("JAVA_HOME", shell.jdk("jdk", "25.0.3").toString());
        shell.tool("mvn", MAVEN);
        root = Files.createDirectories(folder.resolve("a checkout"));
        Shell.copy(Path.of("../../eddy"), root.resolve("eddy"));
        Shell.copy(Path.of("src/main/dist"), root.resolve("clients/cli/src/main/dist"));
        for (String file :
                List.of(
                        "pom.xml",
                        "kernels/pom.xml",
                        "kernels/src/main/A.java",
                        "kernels/src/test/ATest.java")) {
            Files.createDirectories(root.resolve(file).getParent());
            Files.writeString(root.resolve(file), file);
        }
        age(root);
    }

    @Test
    void eddy_firstStart_buildsSayingSoThenRunsWithoutBuilding() throws IOException {
        Result first = run("chat", "two words");
        assertThat(first.exit()).isZero();
        assertThat(first.out()).isEqualTo("ran chat two words\n");
        assertThat(first.err()).startsWith("eddy: first start: building").hasLineCount(1);
        assertThat(builds()).singleElement().asString().contains("package", "-pl clients/cli -am");

        assertThat(run("chat")).isEqualTo(new Result(0, "ran chat\n", ""));
        assertThat(builds()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pom.xml",
                "kernels/pom.xml",
                "kernels/src/main/A.java",
                "clients/cli/src/main/dist/bin/eddy"
            })
    void eddy_newerSource_buildsAgain(String source) throws IOException {
        run();
        Files.setLastModifiedTime(
                root.resolve(source), FileTime.from(Instant.now().plusSeconds(60)));
        assertThat(run().err()).startsWith("eddy: the sources have changed");
        assertThat(builds()).hasSize(2);
        assertThat(builds().getFirst()).doesNotContain("-Deddy.prepare.skip");
        assertThat(builds().getLast()).contains("-Deddy.prepare.skip");
    }

    @Test
    void eddy_newerTest_doesNotBuild() throws IOException {
        run();
        Path test = root.resolve("kernels/src/test/ATest.java");
        Files.setLastModifiedTime(test, FileTime.from(Instant.now().plusSeconds(60)));
        run();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void eddy_deletedSource_buildsAgain() throws IOException, InterruptedException {
        run();
        Thread.sleep(20);
        Files.delete(root.resolve("kernels/src/main/A.java"));
        run();
        assertThat(builds()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eddy_startedAtOnce_buildsOnceWithAndWithoutFlock(boolean flock) throws IOException {
        shell.tool("mvn", MAVEN.replace("sleep 0.1", "sleep 0.5"));
        if (flock) {
            assertThat(shell.machineTool("flock")).as("this machine has flock").isTrue();
        }
        List<Shell.Started> started =
                Stream.of("a", "b", "c")
                        .map(name -> shell.start(folder, root + "/eddy", name))
                        .toList();
        List<Result> results = started.stream().map(Shell.Started::end).toList();
        assertThat(results)
                .extracting(Result::out)
                .containsExactly("ran a\n", "ran b\n", "ran c\n");
        assertThat(results).extracting(Result::exit).containsOnly(0);
        assertThat(builds()).hasSize(1);
    }

    @Test
    void eddy_lockOfADeadProcess_isTakenOver() throws IOException {
        Path lock = Files.createDirectories(root.resolve("clients/cli/target/eddy-build.lock.d"));
        Shell.Started dead = shell.start(folder, "sh", "-c", "exit 0");
        dead.end();
        Files.writeString(lock.resolve("pid"), dead.process().pid() + "\n");
        assertThat(run().exit()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void eddy_failedBuild_showsTheLogsEndAndTriesAgainNextTime() throws IOException {
        shell.tool(
                "mvn",
                "echo started >>builds; for i in 1 2 3; do echo \"[ERROR] line $i\"; done; exit 1\n");
        Result failed = run();
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.out()).isEmpty();
        assertThat(failed.err())
                .contains("[ERROR] line 3\neddy: the build failed")
                .contains("eddy-build.log");

        shell.tool("mvn", MAVEN);
        assertThat(run().exit()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void eddy_terminatedWhileBuilding_endsMavenAndFreesTheLock() throws Exception {
        shell.tool("mvn", "echo $$ >>builds; exec sleep 30\n");
        Shell.Started started = shell.start(folder, root + "/eddy");
        while (builds().isEmpty()) {
            Thread.sleep(10);
        }
        started.process().destroy();
        assertThat(started.end().exit()).isEqualTo(143);
        assertThat(ProcessHandle.of(Long.parseLong(builds().getFirst()))).isEmpty();
        shell.tool("mvn", MAVEN);
        assertThat(run().exit()).isZero();
    }

    @Test
    void eddy_withoutMaven_explainsHowToGetIt() throws IOException {
        Files.delete(folder.resolve("tools/mvn"));
        Result result = run();
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("eddy: needs Apache Maven")
                .contains("apt install maven", "brew install maven");
    }

    @Test
    void eddy_throughALinkOnThePath_findsItsCheckout() throws IOException {
        Files.createSymbolicLink(folder.resolve("tools/eddy"), root.resolve("eddy"));
        assertThat(shell.run(folder, "sh", "-c", "eddy hello").out()).isEqualTo("ran hello\n");
    }

    /** A build of the emulated driver, and a distribution that tells which driver it is given. */
    private void emulator(String build) throws IOException {
        Shell.script(root.resolve("kernels/src/test/c/build"), build);
        age(root.resolve("kernels"));
        shell.tool("mvn", MAVEN.replace("ran $*", "driver $EDDY_CUDA_DRIVER"));
        shell.with("EDDY_CUDA_DRIVER", "emulated");
    }

    @Test
    void emulatedDriver_missing_isBuiltAndSaidToBeEmulated() throws IOException {
        emulator(
                """
                echo "$1" >>emulators
                mkdir -p "$1"
                touch "$1/libcuda.so.1"
                """);
        String built = root + "/kernels/target/emulated";
        Result result = run("devices");
        assertThat(result.exit()).isZero();
        assertThat(result.out()).isEqualTo("driver " + built + "/libcuda.so.1\n");
        assertThat(result.err())
                .endsWith(
                        "eddy: the CUDA driver is emulated: this says nothing about a card's speed\n");
        assertThat(folder.resolve("emulators")).hasContent(built);
    }

    @Test
    void emulatedDriver_thatCannotBeBuiltHere_isRefusedWithTheBuildsWords() throws IOException {
        emulator("echo 'there is no g++ for it'\n");
        Result result = run("devices");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .endsWith("eddy: EDDY_CUDA_DRIVER=emulated: there is no g++ for it\n");
    }

    @Test
    void emulatedDriver_whoseBuildFails_isRefused() throws IOException {
        emulator("echo 'run.c:1: error' >&2; exit 1\n");
        Result result = run("devices");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .contains("run.c:1: error\neddy: EDDY_CUDA_DRIVER=emulated: the emulated driver");
    }

    @Test
    void emulatedDriversBuild_withoutACompiler_saysSoAndLeavesNoDriver() throws IOException {
        shell.machineTool("uname");
        Path target = Files.createDirectories(folder.resolve("emulated"));
        Path library = Files.writeString(target.resolve("libcuda.so.1"), "of another day");
        String build = Path.of("../../kernels/src/test/c/build").toRealPath().toString();
        Result result = shell.run(folder, build, target.toString());
        assertThat(result.exit()).isZero();
        assertThat(result.out()).contains("the cuda backend's tests are left out");
        assertThat(library).doesNotExist();
    }

    private Result run(String... arguments) {
        return shell.run(
                folder,
                Stream.concat(Stream.of(root + "/eddy"), Stream.of(arguments))
                        .toArray(String[]::new));
    }

    private List<String> builds() throws IOException {
        Path builds = root.resolve("builds");
        return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
    }

    private static void age(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(3600)));
            }
        }
    }
}
