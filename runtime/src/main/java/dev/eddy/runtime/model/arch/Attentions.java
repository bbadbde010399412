package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Reach;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.mixer.Attention;
import dev.eddy.runtime.model.mixer.Rope;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Hugging Face configs say about attention: heads, rotary embedding, window, largest position.
 *
 * <p>Two settings of Eddy's own may stand in a config or be given when a model is opened: {@value
 * #WINDOW} makes attention see only so many positions, so that the state is of constant size and
 * sessions have no end; {@value #POSITIONS} ends sessions earlier than the config does.
 */
final class Attentions {
    /** Positions that attention sees, its own included. */
    static final String WINDOW = "eddy_window";

    /** The position at which sessions end. */
    static final String POSITIONS = "eddy_positions";

    private static final Set<String> ROPES = Set.of("default", "linear", "llama3");

    private Attentions() {}

    /**
     * Rotary attention as Llama's config describes it.
     *
     * @param reach from {@link #reach} or {@link #window}
     */
    static Attention rotary(Config config, Reach reach) {
        return of(config, reach, rope(config, headDim(config), 10_000, 1));
    }

    /** Attention as Llama's config describes it, with another rotary embedding or none. */
    static Attention of(Config config, Reach reach, @Nullable Rope rope) {
        return of(config, headDim(config), reach, rope);
    }

    /** The same with heads of {@code headDim} columns. */
    static Attention of(Config config, int headDim, Reach reach, @Nullable Rope rope) {
        return new Attention(
                config.positive("num_attention_heads"),
                groups(config),
                headDim,
                reach,
                config.boolOf("attention_bias", false),
                rope);
    }

    /** Columns of a head: given, or the width by the number of heads. */
    static int headDim(Config config) {
        if (config.has("head_dim")) {
            return config.positive("head_dim");
        }
        int heads = config.positive("num_attention_heads");
        if (config.positive("hidden_size") % heads != 0) {
            throw config.refuse("num_attention_heads", "a divisor of hidden_size");
        }
        return config.positive("hidden_size") / heads;
    }

    /** Heads of keys and values: a divisor of num_attention_heads, all of them if not given. */
    static int groups(Config config) {
        int heads = config.positive("num_attention_heads");
        int groups = config.positive("num_key_value_heads", heads);
        if (heads % groups != 0) {
            throw config.refuse("num_key_value_heads", "a divisor of num_attention_heads");
        }
        return groups;
    }

    /**
     * How far attention without a window of its own sees.
     *
     * @param positions max_position_embeddings where the config does not say it
     */
    static Reach reach(Config config, int positions) {
        int most = config.positive("max_position_embeddings", positions);
        double factor = scaling(config).map(Attentions::stretch).orElse(1.0);
        int end = (int) Math.min(Integer.MAX_VALUE, most * factor);
        return config.has(WINDOW)
                ? window(config, end)
                : new Reach.All(config.intIn(POSITIONS, 1, end, end));
    }

    /** How far attention with a window of its own sees, or Eddy's setting if that is less. */
    static Reach window(Config config, int window) {
        if (config.has(POSITIONS)) {
            throw config.refuse(POSITIONS, "absent: attention sees a window, sessions do not end");
        }
        return new Reach.Window(config.intIn(WINDOW, 1, window, window));
    }

    /** By how much a scaling lengthens max_position_embeddings; Llama 3's already counts in it. */
    private static double stretch(Config scaling) {
        return type(scaling).equals("linear") ? scaling.doubleIn("factor", 1, 1e6) : 1;
    }

    /**
     * * The rotary embedding of heads of {@code headDim} columns, as rope_parameters or the older
     * keys beside it describe it.
     *
     * @param theta rope_theta where the config does not say it
     * @param share partial_rotary_factor, the share of columns that turn, where it does not say it
     */
    static Rope rope(Config config, int headDim, double theta, double share) {
        Config parameters = config.find("rope_parameters").orElse(config);
        double given = config.doubleIn("rope_theta", 1, 1e12, theta);
        double turning = config.doubleIn("partial_rotary_factor", 0, 1, share);
        turning = parameters.doubleIn("partial_rotary_factor", 0, 1, turning);
        int width = (int) (headDim * turning);
        if (width < 2 || width % 2 != 0) {
            throw config.refuse("partial_rotary_factor", "an even share of head_dim " + headDim);
        }
        Rope plain = Rope.of(parameters.doubleIn("rope_theta", 1, 1e12, given), width);
        return scaling(config).map(scaling -> scaled(plain, scaling)).orElse(plain);
    }

    private static Rope scaled(Rope plain, Config scaling) {
        return switch (type(scaling)) {
            case "linear" -> plain.linear(scaling.floatOf("factor"));
            case "llama3" ->
                    plain.llama3(
                            scaling.floatOf("factor"),
                            scaling.floatOf("low_freq_factor"),
                            scaling.floatOf("high_freq_factor"),
                            scaling.positive("original_max_position_embeddings"));
            default -> plain;
        };
    }

    /** The kind of a scaling, under its new key or its old one. */
    private static String type(Config scaling) {
        return scaling.oneOf(scaling.has("rope_type") ? "rope_type" : "type", ROPES, "default");
    }

    private static Optional<Config> scaling(Config config) {
        return config.find("rope_parameters").or(() -> config.find("rope_scaling"));
    }
}
