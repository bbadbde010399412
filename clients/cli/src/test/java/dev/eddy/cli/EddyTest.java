package dev.eddy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

class EddyTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void version_always_printsTheVersionThatTheBuildWrote() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString()).matches("(?s)eddy \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\RJava 25.*");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void help_always_namesOptionsAndEnvironment() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString())
                .contains("Usage: eddy", "--stacktrace", "EDDY_DEBUG", "Exit codes");
    }

    @Test
    void help_ofEverySubcommand_namesIt() {
        Eddy.commandLine()
                .getSubcommands()
                .forEach((name, command) -> {
                    out.getBuffer().setLength(0);
                    assertThat(run(name, "--help")).as(name + ": " + err).isZero();
                    assertThat(out.toString()).contains("Usage: eddy " + name);
                });
    }

    @Test
    void noCommand_always_isWrongUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly("eddy: Missing command", "Try 'eddy --help' for its usage.");
    }

    @Test
    void unknownOption_always_isWrongUsageWithoutStackTrace() {
        assertThat(run("--no-such-option")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("eddy: Unknown option: '--no-such-option'")
                .doesNotContain("\tat ");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void argument_beginningWithAt_isTakenAsItStands() {
        var echo = new Echo();
        assertThat(run(echo, "echo", "@pom.xml")).isZero();
        assertThat(echo.text).isEqualTo("@pom.xml");
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new NoSuchFileException("/no/model"),
                        "eddy: /no/model: no such file or directory"),
                Arguments.of(
                        new UncheckedIOException(new NoSuchFileException("/no/model")),
                        "eddy: /no/model: no such file or directory"),
                Arguments.of(
                        new CompletionException(
                                new IllegalArgumentException("--threads 0: at least 1")),
                        "eddy: --threads 0: at least 1"),
                Arguments.of(
                        new IllegalArgumentException("config.json: bad\n  line 3"),
                        "eddy: config.json: bad; line 3"),
                Arguments.of(
                        new OfEddy("model.safetensors: truncated"),
                        "eddy: model.safetensors: truncated"),
                Arguments.of(
                        Status.UNAVAILABLE.withDescription("io exception").asRuntimeException(),
                        "eddy: the server answered UNAVAILABLE: io exception"),
                Arguments.of(
                        new NullPointerException("x is null"),
                        "eddy: internal error, a defect of Eddy: java.lang.NullPointerException: x is null"
                                + " (--stacktrace shows where)"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_withoutStacktrace_isOneLineAndExitCode1(Exception failure, String line) {
        assertThat(run(new Failing(failure), "failing")).isEqualTo(1);
        assertThat(err.toString().lines()).containsExactly(line);
        assertThat(out.toString()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("failures")
    void failure_withStacktrace_showsIt(Exception failure, String line) {
        assertThat(run(new Failing(failure), "failing", "--stacktrace")).isEqualTo(1);
        assertThat(err.toString()).contains("\tat dev.eddy.cli.EddyTest");
    }

    @Test
    void outOfMemory_always_isOneLineWithTheRemedy() {
        assertThat(run(new Failing(new OutOfMemoryError("Java heap space")), "failing"))
                .isEqualTo(1);
        assertThat(err.toString().lines())
                .singleElement()
                .asString()
                .startsWith("eddy: out of memory (Java heap space)")
                .contains("-Xmx");
    }

    private int run(String... args) {
        return run(Eddy.commandLine(), args);
    }

    private int run(Object subcommand, String... args) {
        return run(Eddy.commandLine().addSubcommand(subcommand), args);
    }

    private int run(CommandLine commandLine, String... args) {
        commandLine.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return Eddy.execute(commandLine, args);
    }

    private static final class OfEddy extends RuntimeException {
        OfEddy(String message) {
            super(message);
        }
    }

    @Command(name = "failing")
    private static final class Failing implements Callable<Integer> {
        private final Throwable failure;

        Failing(Throwable failure) {
            this.failure = failure;
        }

        @Override
        public Integer call() throws Exception {
            switch (failure) {
                case Error e -> throw e;
                case Exception e -> throw e;
                default -> throw new AssertionError(failure);
            }
        }
    }

    @Command(name = "echo")
    private static final class Echo implements Runnable {
        @Parameters private String text = "";

        @Override
        public void run() {}
    }
}
