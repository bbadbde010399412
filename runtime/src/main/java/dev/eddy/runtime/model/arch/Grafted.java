package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A hybrid grafted from layers of other models, as {@code eddy graft} writes it: {@code parts} has
 * their configs by name, {@code layers} which layer of which part comes when, {@code embedding} and
 * {@code head} the parts whose embedding and whose last norm and LM head it has. Every layer, norms
 * and residuals included, is what it was in its part; where the stream's width changes, a
 * projection stands in between. A part's tensors have its name before their own.
 */
final class Grafted {
    /** Where projections lie: {@code projections.NAME.weight} [to, from]. */
    static final String PROJECTIONS = "projections";

    private final Map<String, Stack> parts = new LinkedHashMap<>();
    private final List<Graft> grafts = new ArrayList<>();
    private final Config config;
    private final @Nullable Join last;

    /**
     * A linear map of the stream.
     *
     * @param name its own, among projections
     * @param width what it maps to
     */
    private record Join(String name, int width) {}

    /**
     * One layer.
     *
     * @param entry what the config says of it
     * @param before the projection before it, or null
     * @param part where it comes from
     * @param layer which it was there
     */
    private record Graft(Config entry, @Nullable Join before, String part, int layer) {}

    private Grafted(Config config, Weights weights) {
        this.config = config;
        Config configs = config.at("parts");
        for (String name : configs.keys()) {
            if (!name.matches("[A-Za-z0-9_-]{1,64}") || name.equals(PROJECTIONS)) {
                throw configs.refuse(
                        name,
                        "a part's name of letters, digits, _ and - other than " + PROJECTIONS);
            }
            parts.put(name, Architectures.stack(configs.at(name), weights.below(name + ".")));
        }
        last = layers();
        Stack first = part("embedding");
        if (part("head").vocabulary() != first.vocabulary()) {
            throw config.refuse(
                    "head",
                    "a part with the vocabulary of the embedding's, %d ids, not %d"
                            .formatted(first.vocabulary(), part("head").vocabulary()));
        }
    }

    static Stack record(Config config, Weights weights) {
        Grafted grafted = new Grafted(config, weights);
        List<Integer> widths = grafted.widths();
        return new Stack(
                "hybrid",
                grafted.part("embedding").vocabulary(),
                widths,
                m -> grafted.part("embedding").embedding().apply(grafted.at(m, "embedding")),
                grafted::block,
                grafted::head,
                null);
    }

    /** Reads the layers and what lies in between; the projection after the last, if any. */
    private @Nullable Join layers() {
        Join pending = null;
        Set<String> taken = new HashSet<>();
        for (Config entry : config.objectsOf("layers")) {
            if (entry.has("project")) {
                pending = new Join(entry.stringOf("project"), entry.positive("width"));
                if (!pending.name.matches("[A-Za-z0-9_-]{1,64}") || !taken.add(pending.name)) {
                    throw entry.refuse("project", "a name of its own of letters, digits, _ and -");
                }
                continue;
            }
            Stack part = stack(entry.oneOf("part", parts.keySet()));
            if (part.whole() != null) {
                throw entry.refuse("part", "a part whose layers come apart; here " + part.whole());
            }
            int layer = entry.intIn("layer", 0, part.layers() - 1);
            if (!taken.add(entry.stringOf("part") + "." + layer)) {
                throw entry.refuse("layer", "a layer that is not taken yet: each has one state");
            }
            grafts.add(new Graft(entry, pending, entry.stringOf("part"), layer));
            pending = null;
        }
        if (grafts.isEmpty()) {
            throw config.refuse("layers", "one layer or more");
        }
        return pending;
    }

    private Stack part(String key) {
        return stack(config.oneOf(key, parts.keySet()));
    }

    private ModelBuilder at(ModelBuilder m, String key) {
        return m.part(config.stringOf(key));
    }

    /** The stream's width before each layer, its projection aside, and after the last. */
    private List<Integer> widths() {
        List<Integer> widths = new ArrayList<>();
        int width = part("embedding").widths().getFirst();
        for (Graft graft : grafts) {
            widths.add(width);
            List<Integer> own = stack(graft.part).widths();
            require(graft.entry, "layer", graft.before, width, own.get(graft.layer));
            width = own.get(graft.layer + 1);
        }
        widths.add(width);
        require(config, "head", last, width, part("head").widths().getLast());
        return widths;
    }

    private Stack stack(String part) {
        return Objects.requireNonNull(parts.get(part));
    }

    private static void require(
            Config config, String key, @Nullable Join join, int width, int wanted) {
        int given = join == null ? width : join.width;
        if (given != wanted) {
            throw config.refuse(
                    key,
                    "something %d wide, as the stream is here%s: its own width is %d; put a projection before it"
                            .formatted(
                                    given,
                                    join == null ? "" : " behind projection " + join.name,
                                    wanted));
        }
    }

    private Value block(ModelBuilder m, int index, Value x) {
        Graft graft = grafts.get(index);
        Value y = joined(m, graft.before, x);
        ModelBuilder part = m.part(graft.part);
        y = stack(graft.part).block().apply(part, graft.layer, y);
        String mixer = m.lastMixer();
        if (!graft.entry.stringOf("mixer", mixer).equals(mixer)) {
            throw graft.entry.refuse("mixer", mixer + ", which that layer has");
        }
        return y;
    }

    private static Value joined(ModelBuilder m, @Nullable Join join, Value x) {
        if (join == null) {
            return x;
        }
        String name = PROJECTIONS + "." + join.name + ".weight";
        return m.ops().matmul(x, m.weight(name, join.width, x.width()));
    }

    private Value head(ModelBuilder m, Value x) {
        return part("head").head().apply(at(m, "head"), joined(m, last, x));
    }
}
