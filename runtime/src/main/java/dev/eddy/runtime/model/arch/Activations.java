package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.UnaryFunction;
import dev.eddy.runtime.checkpoint.Config;
import java.util.Map;

/** Activation functions by the names of Hugging Face's configs. */
final class Activations {
    private static final Map<String, UnaryFunction> BY_NAME =
            Map.of(
                    "gelu", UnaryFunction.GELU,
                    "gelu_new", UnaryFunction.GELU_TANH,
                    "gelu_pytorch_tanh", UnaryFunction.GELU_TANH,
                    "relu", UnaryFunction.RELU,
                    "relu2", UnaryFunction.RELU_SQUARED,
                    "silu", UnaryFunction.SILU,
                    "swish", UnaryFunction.SILU);

    private Activations() {}

    /** The function that {@code key} names, or {@code fallback} names where the key is absent. */
    static UnaryFunction of(Config config, String key, String fallback) {
        UnaryFunction function = BY_NAME.get(config.oneOf(key, BY_NAME.keySet(), fallback));
        if (function == null) {
            throw config.refuse(key, "one of " + BY_NAME.keySet().stream().sorted().toList());
        }
        return function;
    }
}
