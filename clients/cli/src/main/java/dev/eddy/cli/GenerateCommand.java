package dev.eddy.cli;

import dev.eddy.client.Conversation;
import dev.eddy.client.Turn;
import dev.eddy.runtime.app.ModelSource;
import dev.eddy.v1.Output;
import dev.eddy.v1.TurnEnded;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy generate}: continues one prompt and ends. */
@Command(
        name = "generate",
        description = "Continues a prompt: prints what follows it, and nothing else.")
final class GenerateCommand implements Callable<Integer> {
    private static final int PIECE = 1 << 14;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "M",
            description = ModelText.SERVED_MODEL)
    private String model = "";

    @ArgGroup(multiplicity = "1")
    private Prompt prompt = new Prompt();

    @Option(
            names = "--max-tokens",
            required = true,
            paramLabel = "N",
            description = "The most tokens to print.")
    private long maxTokens;

    @Mixin private TalkOptions talk = new TalkOptions();

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    /** Where the prompt comes from. */
    static final class Prompt {
        @Option(names = "--prompt", paramLabel = "TEXT", description = "The text to continue.")
        private @Nullable String text;

        @Option(
                names = "--prompt-file",
                paramLabel = "F",
                description = "A file of the text to continue, of any length; - is standard input.")
        private @Nullable Path file;

        /** Sends the prompt as it is read. */
        void send(Conversation conversation) throws IOException {
            if (text != null) {
                conversation.send(text);
                return;
            }
            Path from = Objects.requireNonNull(file);
            try (Reader reader =
                    from.toString().equals("-")
                            ? new InputStreamReader(System.in, StandardCharsets.UTF_8)
                            : Files.newBufferedReader(from)) {
                char[] piece = new char[PIECE];
                for (int count = reader.read(piece); count >= 0; count = reader.read(piece)) {
                    // A character outside the basic plane must not be cut in two.
                    if (Character.isHighSurrogate(piece[count - 1])) {
                        int low = reader.read();
                        conversation.send(
                                new String(piece, 0, count) + (low < 0 ? "" : (char) low));
                    } else {
                        conversation.send(new String(piece, 0, count));
                    }
                }
            }
        }
    }

    @Override
    public Integer call() throws IOException {
        Checks.atLeast("--max-tokens", maxTokens, 0);
        PrintWriter out = spec.commandLine().getOut();
        try (Connection connection = talk.connect(model, compute.settings());
                Conversation conversation =
                        talk.conversation(connection.client(), servedName(), null, null)
                                .keep(Duration.ZERO)
                                .open()) {
            prompt.send(conversation);
            Turn turn = conversation.generate(maxTokens);
            for (Output output : turn) {
                out.print(output.getText());
                out.flush();
            }
            out.println();
            TurnEnded end = turn.ended().join();
            if (end.getReason() == TurnEnded.Reason.FAILED) {
                throw new IllegalArgumentException(end.getError().getMessage());
            }
        }
        return 0;
    }

    private String servedName() {
        return talk.isRemote() ? model : ModelSource.parse(model).name();
    }
}
