package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Op.CellScan.CellKind;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.runtime.checkpoint.Config;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;
import java.util.Set;

/**
 * LSTM (Hochreiter and Schmidhuber 1997, with forget gates) and GRU (arXiv:1406.1078) language
 * models in the names of {@code torch.nn.LSTM} and {@code torch.nn.GRU} between {@code encoder} and
 * {@code decoder}, as PyTorch's word_language_model example has them.
 */
final class Rnn {
    private Rnn() {}

    static ModelPlan lstm(Config config, Weights weights) {
        config.oneOf("gate_order", Set.of("i,f,g,o"), "i,f,g,o");
        return record("lstm", CellKind.LSTM, config, weights);
    }

    static ModelPlan gru(Config config, Weights weights) {
        config.oneOf("gate_order", Set.of("r,z,n"), "r,z,n");
        return record("gru", CellKind.GRU, config, weights);
    }

    private static ModelPlan record(String name, CellKind kind, Config config, Weights weights) {
        if (config.boolOf("bidirectional", false)) {
            throw config.refuse("bidirectional", "false: a session has no end to start from");
        }
        config.intIn("proj_size", 0, 0, 0);
        int vocabulary = config.positive("vocab_size");
        int embedding = config.positive("embedding_size"); // E
        int hidden = config.positive("hidden_size"); // H
        boolean bias = config.boolOf("bias", true);
        ModelBuilder m = new ModelBuilder(new Program.Input.Ids(vocabulary), weights);
        ProgramBuilder p = m.ops();
        Value x = p.embed(m.weight("encoder.weight", vocabulary, embedding)); // [R, E]
        for (int i = 0; i < config.positive("num_layers"); i++) {
            ModelBuilder layer = m.in("rnn.l" + i);
            layer.layer(name);
            x = cell(layer.name("state"), kind, m.in("rnn"), "_l" + i, x, hidden, bias); // [R, H]
        }
        Weight head = m.weight("decoder.weight", vocabulary, hidden);
        return m.plan(name, p.logits(x, head, m.weight("decoder.bias", vocabulary)));
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
