package dev.eddy.runtime.model.arch;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Value;
import dev.eddy.runtime.model.ModelBuilder;
import dev.eddy.runtime.model.ModelPlan;
import dev.eddy.runtime.model.Weights;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An architecture's model in pieces, of which a whole model is recorded, or single layers where
 * they are grafted. Every piece takes a builder at the model's root. Records once.
 *
 * @param architecture the registry's name
 * @param vocabulary ids V
 * @param widths of the stream: before each layer, and last before the head
 * @param embedding the first value [R, D]
 * @param block records one layer
 * @param head the logits [S, V] of the last value, its norm before them included
 * @param whole why its layers cannot be taken apart; null where they can
 */
record Stack(
        String architecture,
        int vocabulary,
        List<Integer> widths,
        Function<ModelBuilder, Value> embedding,
        Decoder.Block block,
        Head head,
        @Nullable String whole) {
    Stack {
        widths = List.copyOf(widths);
    }

    /** Records what follows the layers. */
    @FunctionalInterface
    interface Head {
        /** x [R, D] normed, selected and mapped to logits [S, V]. */
        Value apply(ModelBuilder m, Value x);
    }

    /** The same, to be refused where single layers of it are wanted. */
    Stack whole(String why) {
        return new Stack(architecture, vocabulary, widths, embedding, block, head, why);
    }

    /** How many layers there are. */
    int layers() {
        return widths.size() - 1;
    }

    /** Records the whole model. */
    ModelPlan plan(Weights weights) {
        ModelBuilder m = new ModelBuilder(new Program.Input.Ids(vocabulary), weights);
        Value x = embedding.apply(m);
        for (int i = 0; i < layers(); i++) {
            x = block.apply(m, i, x);
            m.endLayer();
        }
        Value logits = head.apply(m, x);
        return m.plan(architecture, m.ops().finish(new Program.Output.Logits(logits)));
    }
}
