package dev.eddy.cli;

import dev.eddy.client.EddyClient;
import dev.eddy.runtime.app.ModelSource;
import dev.eddy.v1.Model;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code eddy chat}: one endless session in a terminal, or over a pipe. */
@Command(
        name = "chat",
        description =
                "Talks with a model in one endless session. Ctrl-C interrupts it, Ctrl-D ends.")
final class ChatCommand implements Callable<Integer> {
    @Option(
            names = "--model",
            paramLabel = "M",
            description = {ModelText.SERVED_MODEL, "(default: prose, or the server's only model)"})
    private @Nullable String model;

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "The most tokens of one turn (default: ${DEFAULT-VALUE}).",
            defaultValue = "200")
    private long maxTokens = 200;

    @Option(
            names = "--no-template",
            description = "Send lines as they are, also to a model that has a chat template.")
    private boolean noTemplate;

    @Mixin private TalkOptions talk = new TalkOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        Checks.atLeast("--max-tokens", maxTokens, 1);
        try (ChatConsole console = ChatConsole.open(spec.commandLine().getOut());
                Connection connection = talk.connect(model == null ? "prose" : model, Map.of())) {
            Model described = describe(connection.client());
            new Chat(
                            console,
                            described,
                            // What suits small models of prose: neither dull nor wild.
                            () ->
                                    talk.conversation(
                                            connection.client(), described.getName(), 0.7f, 0.9f),
                            connection.client(),
                            maxTokens,
                            isTemplated(described))
                    .run();
        }
        return 0;
    }

    private boolean isTemplated(Model described) {
        if (!noTemplate && !described.getChatTemplateProblem().isEmpty()) {
            throw new IllegalArgumentException(
                    "model " + described.getName() + ": " + described.getChatTemplateProblem());
        }
        return !noTemplate && described.getHasChatTemplate();
    }

    private Model describe(EddyClient client) {
        if (!talk.isRemote()) {
            return client.model(ModelSource.parse(model == null ? "prose" : model).name());
        }
        if (model != null) {
            return client.model(model);
        }
        List<Model> models = client.models();
        if (models.size() != 1) {
            throw new IllegalArgumentException(
                    "the server has the models "
                            + models.stream().map(Model::getName).toList()
                            + "; choose one with --model");
        }
        return models.getFirst();
    }
}
