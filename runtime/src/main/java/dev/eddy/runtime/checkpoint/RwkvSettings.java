package dev.eddy.runtime.checkpoint;

import dev.eddy.kernels.tensor.Shape;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of an official RWKV file, which has none: read off the names and shapes of its
 * tensors. Versions 4, 5.2, 6 and 7.
 */
final class RwkvSettings {
    private final String source;
    private final Map<String, StoredTensor> tensors;
    private final LinkedHashMap<String, Json> fields = new LinkedHashMap<>();

    private RwkvSettings(String source, Map<String, StoredTensor> tensors) {
        this.source = source;
        this.tensors = tensors;
    }

    /**
     * The settings of an RWKV file.
     *
     * @throws CheckpointException if the tensors are not those of an official RWKV file
     */
    static Config infer(String source, Map<String, StoredTensor> tensors) {
        if (!tensors.containsKey("blocks.0.att.key.weight") || !tensors.containsKey("emb.weight")) {
            throw new CheckpointException(
                    source
                            + ": has no config.json beside it, and its tensors are not those of an"
                            + " official RWKV file (emb.weight, blocks.0.att.key.weight, ...); put"
                            + " the model's config.json there");
        }
        RwkvSettings settings = new RwkvSettings(source, tensors);
        settings.read();
        return Config.of(source, new Json.Obj(settings.fields));
    }

    private void read() {
        text("model_type", "rwkv");
        number("vocab_size", dim("emb.weight", 0));
        number("hidden_size", dim("emb.weight", 1));
        number("num_hidden_layers", layers());
        number("intermediate_size", dim("blocks.0.ffn.key.weight", 0));
        fields.put("layer_norm_epsilon", new Json.Num("1e-05"));
        fields.put("tie_word_embeddings", new Json.Bool(false));
        if (has("blocks.0.att.r_k")) {
            heads("rwkv7", "blocks.0.att.r_k");
            number("decay_lora", dim("blocks.0.att.w1", 1));
            number("a_lora", dim("blocks.0.att.a1", 1));
            number("gate_lora", dim("blocks.0.att.g1", 1));
            if (has("blocks.1.att.v1")) {
                number("v_lora", dim("blocks.1.att.v1", 1));
            }
        } else if (has("blocks.0.att.time_maa_x")) {
            heads("rwkv6", "blocks.0.att.time_faaaa");
            number("time_mix_lora", dim("blocks.0.att.time_maa_w1", 1) / 5);
            number("time_decay_lora", dim("blocks.0.att.time_decay_w1", 1));
        } else if (has("blocks.0.att.time_faaaa")) {
            heads("rwkv5", "blocks.0.att.time_faaaa");
        } else if (has("blocks.0.att.time_first")) {
            number("attention_hidden_size", dim("blocks.0.att.key.weight", 0));
        } else {
            throw new CheckpointException(
                    source
                            + ": an RWKV file of a version that Eddy does not know; expected 4 to 7");
        }
    }

    private void heads(String type, String tensor) {
        text("model_type", type);
        number("num_heads", dim(tensor, 0));
        number("head_size", dim(tensor, 1));
        fields.put("group_norm_epsilon", new Json.Num("0.00064"));
    }

    private int layers() {
        int layers = 0;
        while (has("blocks." + layers + ".ln1.weight")) {
            layers++;
        }
        return layers;
    }

    private boolean has(String name) {
        return tensors.containsKey(name);
    }

    private long dim(String name, int axis) {
        StoredTensor stored = tensors.get(name);
        if (stored == null) {
            throw new CheckpointException(source + ": tensor " + name + " is missing");
        }
        Shape shape = stored.shape();
        if (shape.rank() != 2) {
            throw CheckpointException.unexpected(source, "tensor " + name, "two axes", shape);
        }
        return shape.dim(axis);
    }

    private void number(String key, long value) {
        fields.put(key, new Json.Num(Long.toString(value)));
    }

    private void text(String key, String value) {
        fields.put(key, new Json.Str(value));
    }
}
