package dev.eddy.cli;

import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.runtime.checkpoint.SafetensorsWriter;
import dev.eddy.runtime.eval.Feeder;
import dev.eddy.runtime.model.Model;
import dev.eddy.runtime.model.arch.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy logits}: feeds token ids through one slot and writes the logits after each. */
@Command(
        name = "logits",
        description =
                "Feeds token ids, as given, through one slot and writes the logits after each of them.")
final class LogitsCommand implements Callable<Integer> {
    private static final int DEFAULT_CHUNK = 256;

    @Option(names = "--model", required = true, paramLabel = "M", description = ModelText.MODEL)
    private String model = "";

    @ArgGroup(multiplicity = "1")
    private Source source = new Source();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE.safetensors",
            description = "Where one float32 tensor `logits` [tokens, vocabulary] is written.")
    private Path out = Path.of("");

    @Option(
            names = "--chunk",
            paramLabel = "N",
            description =
                    "Tokens absorbed in one step (default: ${DEFAULT-VALUE}). The bits do not depend on it.",
            defaultValue = "" + DEFAULT_CHUNK)
    private int chunk = DEFAULT_CHUNK;

    @Mixin private WindowOption window = new WindowOption();

    @Mixin private ComputeOptions compute = new ComputeOptions();

    /** Where the tokens come from. */
    static final class Source {
        @Option(
                names = "--tokens",
                paramLabel = "3,17,5",
                description = "Token ids, separated by commas.")
        private @Nullable String tokens;

        @Option(
                names = "--tokens-file",
                paramLabel = "F",
                description = "A file of token ids, separated by commas or white space.")
        private @Nullable Path file;

        int[] ids() throws IOException {
            return tokens != null
                    ? TokenList.parse(tokens, "--tokens")
                    : TokenList.parse(
                            Files.readString(java.util.Objects.requireNonNull(file)),
                            file.toString());
        }
    }

    @Override
    public Integer call() throws IOException {
        int[] ids = source.ids();
        Checks.atLeast("--chunk", chunk, 1);
        int rows = Math.min(chunk, ids.length);
        try (Model loaded = Models.open(model, window.positions());
                Executable executable = compute.compile(loaded.plan().program(), 1, rows)) {
            int width = loaded.plan().program().output().value().width();
            Feeder feeder = new Feeder(executable, width);
            var declaration =
                    new SafetensorsWriter.Declaration(
                            "logits", DType.F32, Shape.of(ids.length, width));
            try (SafetensorsWriter writer =
                            SafetensorsWriter.create(out, List.of(declaration), Map.of());
                    Progress progress = new Progress("logits")) {
                for (int from = 0; from < ids.length; from += rows) {
                    feeder.logits(
                            ids,
                            from,
                            Math.min(rows, ids.length - from),
                            row -> writer.write(row, 0, width));
                    progress.update((double) from / ids.length);
                }
                writer.commit();
            }
        }
        return 0;
    }
}
