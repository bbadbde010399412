package dev.eddy.runtime.model;

import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.State;
import java.util.List;

/**
 * What an architecture recorded from a config: the program and what its parts mean.
 *
 * @param architecture the registry's name
 * @param program its operators
 * @param layers its layers, in order
 * @param parameters distinct weight elements in the checkpoint
 */
public record ModelPlan(String architecture, Program program, List<Layer> layers, long parameters) {
    public ModelPlan {
        layers = List.copyOf(layers);
    }

    /**
     * A layer.
     *
     * @param index its place, from 0
     * @param mixer its mixer's name
     * @param scope what the names of its states begin with
     * @param parameters elements of the weights that it is the first to use
     */
    public record Layer(int index, String mixer, String scope, long parameters) {}

    /** The states of one layer. */
    public List<State> states(Layer layer) {
        return program.states().stream()
                .filter(state -> state.name().startsWith(layer.scope()))
                .toList();
    }
}
