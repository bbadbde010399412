package dev.eddy.runtime.model.arch;

import dev.eddy.runtime.checkpoint.Config;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Hybrids' lists of what each layer is, {@code layer_types} or {@code layers_block_type}. */
final class LayerTypes {
    static final String ATTENTION = "full_attention";
    static final String RECURRENT = "linear_attention";

    private LayerTypes() {}

    /** True if the config lists its layers. */
    static boolean given(Config config) {
        return config.has("layer_types") || config.has("layers_block_type");
    }

    /**
     * The kind of each layer in today's words: a list of 2024's says {@code mamba} and {@code
     * attention}.
     *
     * @param kinds the family's kinds
     */
    static List<String> of(Config config, Collection<String> kinds) {
        String key = config.has("layer_types") ? "layer_types" : "layers_block_type";
        List<String> types = new ArrayList<>();
        for (String type : config.stringsOf(key)) {
            String kind =
                    switch (type) {
                        case "mamba" -> RECURRENT;
                        case "attention" -> ATTENTION;
                        default -> type;
                    };
            if (!kinds.contains(kind)) {
                throw config.refuse(key, "a list of " + new TreeSet<>(kinds) + ", not " + type);
            }
            types.add(kind);
        }
        int layers = config.positive("num_hidden_layers", types.size());
        if (types.size() != layers) {
            throw config.refuse(key, "one item for each of num_hidden_layers " + layers);
        }
        return types;
    }

    /**
     * The kind of each layer of a hybrid in which, if the config lists none, every n-th attends.
     */
    static List<String> everyNth(Config config, int n) {
        if (given(config)) {
            return of(config, Set.of(ATTENTION, RECURRENT));
        }
        int period = config.positive("full_attention_interval", n);
        return IntStream.range(0, config.positive("num_hidden_layers"))
                .mapToObj(i -> (i + 1) % period == 0 ? ATTENTION : RECURRENT)
                .toList();
    }
}
