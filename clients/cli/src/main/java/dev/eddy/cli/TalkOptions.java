package dev.eddy.cli;

import dev.eddy.client.ConversationBuilder;
import dev.eddy.client.EddyClient;
import dev.eddy.runtime.app.ModelSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of commands that converse: with whom, and how output is chosen. */
final class TalkOptions {
    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "The server to talk to (default: one started within this command).")
    private @Nullable String server;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description =
                    "The key of the randomness: same seed, same text (default: another each time).")
    private @Nullable Long seed;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0 always takes the likeliest token.")
    private @Nullable Float temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description = "Keep the likeliest tokens that reach this probability.")
    private @Nullable Float topP;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Keep the K likeliest tokens; 0 keeps all.")
    private @Nullable Integer topK;

    @Mixin private StateOptions state = new StateOptions();

    /**
     * Connects, starting a server where none is named.
     *
     * @param settings of that server
     */
    Connection connect(String model, Map<String, ?> settings) {
        if (server != null) {
            return Connection.to(server);
        }
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(state.settings());
        return Connection.embedded(ModelSource.parse(model), all);
    }

    /** Whether the server is another's. */
    boolean isRemote() {
        return server != null;
    }

    /**
     * A new conversation.
     *
     * @param model its name on the server, or null for the only one
     * @param usualTemperature where the user names none; null for the server's
     * @param usualTopP where the user names none; null for the server's
     */
    ConversationBuilder conversation(
            EddyClient client,
            @Nullable String model,
            @Nullable Float usualTemperature,
            @Nullable Float usualTopP) {
        ConversationBuilder conversation = client.conversation();
        if (model != null) {
            conversation.model(model);
        }
        if (seed != null) {
            conversation.seed(seed);
        }
        Float chosenTemperature = temperature != null ? temperature : usualTemperature;
        Float chosenTopP = topP != null ? topP : usualTopP;
        return conversation.sampling(sampling -> {
            if (chosenTemperature != null) {
                sampling.setTemperature(chosenTemperature);
            }
            if (chosenTopP != null) {
                sampling.setTopP(chosenTopP);
            }
            if (topK != null) {
                sampling.setTopK(topK);
            }
        });
    }
}
