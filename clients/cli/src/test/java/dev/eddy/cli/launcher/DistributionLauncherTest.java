package dev.eddy.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.cli.launcher.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher within the distribution, {@code bin/eddy}. */
class DistributionLauncherTest {
    @TempDir private Path folder;
    private Shell shell;
    private Path home;
    private String launcher;

    @BeforeEach
    void copyDistribution() throws IOException {
        folder = folder.toRealPath();
        shell = new Shell(folder);
        home = folder.resolve("a place");
        Shell.copy(Path.of("src/main/dist"), home);
        launcher = home.resolve("bin/eddy").toString();
    }

    @Test
    void arguments_ofAnyShape_reachJavaAsTheyAre() throws IOException {
        shell.with("JAVA_HOME", shell.jdk("jdk", "25.0.3").toString());
        Result result =
                shell.run(
                        folder,
                        launcher,
                        "chat",
                        "",
                        "two words",
                        "*",
                        "@file",
                        "$HOME",
                        "it's \"so\"",
                        "Grüße");
        assertThat(result.exit()).isZero();
        assertThat(result.out().lines().filter(line -> line.startsWith("argument ")))
                .containsExactly(
                        "argument @" + home + "/lib/jvm.options",
                        "argument -Deddy.home=" + home,
                        "argument -cp",
                        "argument " + home + "/lib/*",
                        "argument dev.eddy.cli.Eddy",
                        "argument chat",
                        "argument ",
                        "argument two words",
                        "argument *",
                        "argument @file",
                        "argument $HOME",
                        "argument it's \"so\"",
                        "argument Grüße");
    }

    @Test
    void cudaDriver_named_reachesJavaUnlessItIsTheCheckouts() throws IOException {
        shell.with("JAVA_HOME", shell.jdk("jdk", "25").toString());
        shell.with("EDDY_CUDA_DRIVER", "/a/driver.so");
        assertThat(shell.run(folder, launcher, "devices").out())
                .contains("argument -Deddy.cuda.driver=/a/driver.so\n");
        shell.with("EDDY_CUDA_DRIVER", "emulated");
        Result refused = shell.run(folder, launcher, "devices");
        assertThat(refused.exit()).isEqualTo(1);
        assertThat(refused.err()).contains("needs a source checkout");
    }

    @Test
    void java_always_replacesTheLauncherSoThatSignalsReachIt() throws Exception {
        shell.with("JAVA_HOME", shell.jdk("jdk", "25").toString());
        Shell.Started started = shell.start(folder, launcher);
        assertThat(started.end().out()).contains("pid " + started.process().pid() + "\n");
    }

    @Test
    void launcher_throughLinksFromAnotherFolder_findsItsJars() throws IOException {
        shell.with("JAVA_HOME", shell.jdk("jdk", "25").toString());
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/deep"));
        Files.createSymbolicLink(elsewhere.resolve("inner"), Path.of("../../a place/bin/eddy"));
        Files.createSymbolicLink(folder.resolve("outer"), Path.of("elsewhere/deep/inner"));
        assertThat(shell.run(elsewhere, "../../outer").out())
                .contains("argument " + home + "/lib/*");
    }

    @Test
    void javaHome_tooOld_isPassedOverForThePath() throws IOException {
        Path good = shell.jdk("good", "26.0.1");
        shell.with("JAVA_HOME", shell.jdk("old", "17.0.15").toString());
        Files.createSymbolicLink(folder.resolve("tools/java"), good.resolve("bin/java"));
        assertThat(shell.run(folder, launcher).out()).startsWith("home " + good);
    }

    @Test
    void javaHome_withoutReleaseFile_isAskedForItsVersion() throws IOException {
        Path jdk = folder.resolve("bare");
        Shell.script(
                jdk.resolve("bin/java"),
                "[ \"$1\" = -version ] && echo 'openjdk version \"25.0.1\" 2025-10-21' >&2 || echo ran\n");
        shell.with("JAVA_HOME", jdk.toString());
        assertThat(shell.run(folder, launcher).out()).isEqualTo("ran\n");
    }

    @Test
    void sdkman_withoutJavaHome_isSearched() throws IOException {
        wantJava(900);
        Path jdk = shell.jdk("home/.sdkman/candidates/java/900-tem", "900.0.1");
        assertThat(shell.run(folder, launcher).out()).startsWith("home " + jdk);
    }

    @Test
    void ownRuntime_besideLib_comesFirst() throws IOException {
        shell.with("JAVA_HOME", shell.jdk("jdk", "25").toString());
        Path own = shell.jdk("a place/runtime", "25");
        assertThat(shell.run(folder, launcher).out()).startsWith("home " + own);
    }

    @Test
    void prepare_onceDone_speedsUpLaterStarts() throws IOException {
        shell.with("JAVA_HOME", shell.jdk("jdk", "25").toString());
        assertThat(shell.run(folder, launcher).out()).doesNotContain("AOTCache");

        assertThat(shell.run(folder, home + "/bin/eddy-prepare")).isEqualTo(new Result(0, "", ""));
        assertThat(home.resolve("lib/eddy.aot")).hasContent("recorded");
        assertThat(shell.run(folder, launcher).out())
                .contains("argument -XX:AOTCache=" + home + "/lib/eddy.aot\n");
    }

    @Test
    void prepare_failing_keepsTheLaunchersAsTheyWere() throws IOException {
        Path jdk = shell.jdk("jdk", "25");
        Shell.script(jdk.resolve("bin/java"), "echo 'eddy: no such model' >&2; exit 1\n");
        shell.with("JAVA_HOME", jdk.toString());
        Result result = shell.run(folder, home + "/bin/eddy-prepare");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err())
                .startsWith("eddy: no such model\neddy-prepare: could not record a start");
        assertThat(home.resolve("lib")).isDirectoryNotContaining("glob:**eddy.aot*");
    }

    @Test
    void java_nowhere_isExplained() throws IOException {
        wantJava(901);
        shell.with("JAVA_HOME", shell.jdk("jdk", "25").toString());
        Result result = shell.run(folder, launcher, "--version");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("eddy: needs a JDK 901 or newer")
                .contains("adoptium.net", "sdk install", "brew install");
    }

    @Test
    void locale_withoutUtf8_isReplaced() throws IOException {
        shell.with("JAVA_HOME", shell.jdk("jdk", "25").toString());
        assertThat(shell.run(folder, launcher).out()).contains("locale C.UTF-8\n");
        assertThat(shell.with("LANG", "de_DE.utf8").run(folder, launcher).out())
                .contains("locale \n");
    }

    /** Has this copy of the launcher want a Java that the machine itself does not have. */
    private void wantJava(int version) throws IOException {
        Path script = home.resolve("lib/jdk.sh");
        String text = Files.readString(script);
        assertThat(text).contains("EDDY_JAVA_WANTED=25\n");
        Files.writeString(
                script,
                text.replace("EDDY_JAVA_WANTED=25\n", "EDDY_JAVA_WANTED=" + version + "\n"));
    }
}
