package dev.eddy.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A folder to run scripts in, with an environment in which only the tools named here are on the
 * PATH.
 */
final class Shell {
    private static final List<String> TOOLS =
            List.of(
                    "sh",
                    "cat",
                    "date",
                    "dirname",
                    "find",
                    "grep",
                    "head",
                    "ls",
                    "mkdir",
                    "mv",
                    "readlink",
                    "rm",
                    "sed",
                    "sleep",
                    "tail",
                    "touch",
                    "tr");

    final Path root;
    private final Path tools;
    private final Map<String, String> environment = new TreeMap<>();
    private int runs;

    /** What a script left: its exit code, standard output and standard error. */
    record Result(int exit, String out, String err) {}

    Shell(Path root) throws IOException {
        this.root = root;
        tools = Files.createDirectories(root.resolve("tools"));
        for (String tool : TOOLS) {
            machineTool(tool);
        }
        environment.put("PATH", tools.toString());
        environment.put("HOME", root.resolve("home").toString());
    }

    Shell with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Puts one of the machine's own tools on the PATH; returns whether the machine has it. */
    boolean machineTool(String tool) throws IOException {
        for (String folder : List.of("/usr/bin", "/bin", "/usr/local/bin")) {
            Path path = Path.of(folder, tool);
            if (Files.isExecutable(path)) {
                tool(tool, "exec " + path + " \"$@\"\n");
                return true;
            }
        }
        return false;
    }

    /** Puts a tool on the PATH that is this script. */
    void tool(String name, String script) throws IOException {
        script(tools.resolve(name), script);
    }

    /** Writes an executable script. */
    static Path script(Path file, String body) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + body);
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }

    /**
     * Writes what looks like a JDK: its java prints its home, its process id and its arguments, one
     * a line.
     */
    Path jdk(String name, String version) throws IOException {
        Path home = root.resolve(name);
        script(
                home.resolve("bin/java"),
                """
                echo "home %s"
                echo "pid $$"
                echo "locale ${LC_ALL:-}"
                for argument; do
                    printf 'argument %%s\\n' "$argument"
                    case $argument in -XX:AOTCacheOutput=*) echo recorded >"${argument#*=}" ;; esac
                done
                """
                        .formatted(home));
        script(home.resolve("bin/javac"), "exit 0\n");
        Files.writeString(
                home.resolve("release"),
                "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    /** Starts a command in a folder. */
    Started start(Path folder, String... command) {
        try {
            Path out = root.resolve("out." + ++runs);
            Path err = root.resolve("err." + runs);
            ProcessBuilder builder =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectOutput(out.toFile())
                            .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(environment);
            return new Started(builder.start(), out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a command in a folder to its end. */
    Result run(Path folder, String... command) {
        return start(folder, command).end();
    }

    /** A command that runs. */
    record Started(Process process, Path out, Path err) {
        Result end() {
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                    throw new AssertionError(
                            "still runs after 30 s; standard error: " + Files.readString(err));
                }
                return new Result(
                        process.exitValue(),
                        Files.readString(out, StandardCharsets.UTF_8),
                        Files.readString(err, StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError(e);
            }
        }
    }

    /** Copies a file or a folder with what it holds. */
    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.createDirectories(target.getParent());
                    Files.copy(file, target, java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }
}
