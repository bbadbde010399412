package dev.eddy.cli;

import dev.eddy.runtime.checkpoint.Checkpoint;
import dev.eddy.runtime.checkpoint.Checkpoints;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import picocli.CommandLine;

/** Runs commands in this process, as the launcher does. */
final class Commands {
    private Commands() {}

    /** A command's exit code; what it prints is added to {@code out} and {@code err}. */
    static int run(StringWriter out, StringWriter err, String... args) {
        CommandLine commandLine = Eddy.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return Eddy.execute(commandLine, args);
    }

    /** What {@code eddy logits} wrote: [T, V] row-major. */
    static float[] logits(Path file) {
        try (Checkpoint tensors = Checkpoints.tensors(file)) {
            return tensors.find("logits").orElseThrow().toFloats();
        }
    }
}
