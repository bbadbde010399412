package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Op.CellScan.CellKind;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.Weights;
import dev.eddy.runtime.model.mixer.Projection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * LSTM (Hochreiter and Schmidhuber 1997, with forget gates) and GRU (arXiv:1406.1078) language
 * models in the names of {@code torch.nn.LSTM} and {@code torch.nn.GRU} between {@code encoder} and
 * {@code decoder}, as PyTorch's word_language_model example has them.
 */
final class Rnn {
    private Rnn() {}

    static Stack lstm(Config config, Weights weights) {
        config.oneOf("gate_order", Set.of("i,f,g,o"), "i,f,g,o");
        return record("lstm", CellKind.LSTM, config);
    }

    static Stack gru(Config config, Weights weights) {
        config.oneOf("gate_order", Set.of("r,z,n"), "r,z,n");
        return record("gru", CellKind.GRU, config);
    }

    private static Stack record(String name, CellKind kind, Config config) {
        if (config.boolOf("bidirectional", false)) {
            throw config.refuse("bidirectional", "false: a session has no end to start from");
        }
        config.intIn("proj_size", 0, 0, 0);
        int vocabulary = config.positive("vocab_size");
        int embedding = config.positive("embedding_size"); // E
        int hidden = config.positive("hidden_size"); // H
        boolean bias = config.boolOf("bias", true);
        List<Integer> widths = new ArrayList<>(List.of(embedding));
        widths.addAll(Collections.nCopies(config.positive("num_layers"), hidden));
        return new Stack(
                name,
                vocabulary,
                widths,
                m -> m.ops().embed(m.weight("encoder.weight", vocabulary, embedding)), // [R, E]
                (m, i, x) -> {
                    ModelBuilder layer = m.in("rnn.l" + i);
                    layer.layer(name);
                    String suffix = "_l" + i;
                    return cell(layer.name("state"), kind, m.in("rnn"), suffix, x, hidden, bias);
                },
                (m, x) -> decoded(m, vocabulary, x),
                null);
    }

    /** Logits [S, V] of x [R, D] by {@code decoder}, a linear layer with bias. */
    static Value decoded(ModelBuilder m, int vocabulary, Value x) {
        return Projection.of(m, "decoder", true, m.ops().select(x), vocabulary);
    }

    /** One layer: x [R, E] or [R, H]; out [R, H]. State: h and, for an LSTM, c, each [H]. */
    private static Value cell(
            String state,
            CellKind kind,
            ModelBuilder m,
            String suffix,
            Value x,
            int hidden,
            boolean bias) {
        long gates = (long) kind.gates() * hidden; // G H
        Value input =
                m.ops()
                        .matmul(
                                x,
                                m.weight("weight_ih" + suffix, gates, x.width()),
                                m.optional(bias, "bias_ih" + suffix, gates)); // [R, G H]
        return m.ops()
                .cellScan(
                        state,
                        kind,
                        input,
                        m.weight("weight_hh" + suffix, gates, hidden),
                        m.optional(bias, "bias_hh" + suffix, gates));
    }
}
