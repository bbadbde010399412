package dev.eddy.cli;

import dev.eddy.runtime.app.ModelSource;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that the measurements through a server share. */
final class ServedOptions {
    /** Stands for a model without arithmetic. */
    private static final String NULL_MODEL = "null";

    private static final int NULL_VOCABULARY = 256;

    @Option(
            names = "--model",
            required = true,
            paramLabel = "M",
            description = {ModelText.SERVED_MODEL, "null is a model without arithmetic."})
    private String model = "";

    @Option(
            names = "--random-weights",
            description =
                    "Make the weights up: only a config.json is needed, and the text means"
                            + " nothing.")
    private boolean randomWeights;

    @Option(
            names = "--server",
            paramLabel = "HOST:PORT",
            description = "The server to measure (default: one started within this command).")
    private @Nullable String server;

    @Option(names = "--json", description = "One JSON object a line.")
    private boolean json;

    @Mixin private ComputeOptions compute = new ComputeOptions();

    @Mixin private StateOptions state = new StateOptions();

    /**
     * Connects, starting a server where none is named.
     *
     * @param slots sessions that shall be resident at once
     */
    Connection connect(int slots) {
        return connect(slots, Map.of());
    }

    /**
     * Connects, starting a server where none is named.
     *
     * @param slots sessions that shall be resident at once
     * @param more further settings of a server that is started, full keys and values
     */
    Connection connect(int slots, Map<String, ?> more) {
        if (server != null) {
            return Connection.to(server);
        }
        Map<String, Object> settings = new HashMap<>(compute.settings());
        settings.putAll(state.settings());
        settings.putAll(more);
        settings.put("eddy.device.slots", slots);
        return Connection.embedded(source(), settings);
    }

    private ModelSource source() {
        if (model.equals(NULL_MODEL)) {
            return new ModelSource.Null(NULL_MODEL, NULL_VOCABULARY);
        }
        if (ModelSource.parse(model) instanceof ModelSource.Stored stored) {
            return randomWeights ? new ModelSource.Random(stored.name(), stored.place()) : stored;
        }
        throw new IllegalArgumentException("--model " + model + " is no checkpoint");
    }

    /** The model's name on the server. */
    String servedName() {
        return server != null || model.equals(NULL_MODEL) ? model : ModelSource.parse(model).name();
    }

    /** True if results are one JSON object a line. */
    boolean json() {
        return json;
    }

    /** True if client and server share this process. */
    boolean isEmbedded() {
        return server == null;
    }

    ComputeOptions compute() {
        return compute;
    }
}
