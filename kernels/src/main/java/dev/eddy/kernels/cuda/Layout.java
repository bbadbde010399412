package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import org.jspecify.annotations.Nullable;

/**
 * Where everything lies on the device: values, weights, states, the step's buffers.
 *
 * @param route the order of launches
 * @param scratchAddress where scratch memory begins
 * @param inputAddress where the step's input lies
 * @param outputAddress where its results lie
 * @param states where slots and pages lie
 * @param groups how many rows lie side by side as fragments
 */
record Layout(
        CudaPlan.Route route,
        DeviceWeights weights,
        StateLayout stateLayout,
        StepInput input,
        StepOutput output,
        CudaArena states,
        RowGroups groups,
        long scratchAddress,
        long inputAddress,
        long outputAddress) {

    /** The same for another order of launches. */
    Layout with(CudaPlan.Route other) {
        return new Layout(
                other,
                weights,
                stateLayout,
                input,
                output,
                states,
                groups,
                scratchAddress,
                inputAddress,
                outputAddress);
    }

    Schedule schedule() {
        return route.schedule();
    }

    Scratch scratch() {
        return route.scratch();
    }

    /** Where a value lies. */
    Place of(Value value) {
        return switch (schedule().views().of(value)) {
            case Op.Columns columns -> of(columns.x()).columns(columns.from(), value.width());
            case Op.Broadcast broadcast ->
                    new Place(weights.plain(broadcast.weight()), 0, value.width());
            case Op.Frames _ -> input.frames(inputAddress);
            case null, default ->
                    new Place(
                            scratchAddress + scratch().offset(value), value.width(), value.width());
        };
    }

    /** Where a result goes that others read than products; nowhere if nobody does. */
    Place result(Value out) {
        Place place = of(out);
        return scratch().outlives(out) ? place : new Place(0, 0, place.width());
    }

    /** Where a value's fragments lie. */
    long fragments(Value value) {
        return scratchAddress + scratch().fragments(value);
    }

    /** Where a weight lies as stored; 0 where there is none. */
    long plain(@Nullable Weight weight) {
        return weights.plain(weight);
    }

    /** Bytes from the start of a slot to a state. */
    long state(State state) {
        return stateLayout.fields().get(state.id()).offset();
    }

    /** Bytes from the start of a slot to the sampler's fields. */
    long sampler() {
        return stateLayout.sampler().offset();
    }

    /** Begins a kernel's parameters with the batch. */
    Params batch() {
        return input.batch(new Params(), inputAddress, states.address(), stateLayout.bytes());
    }

    /** Writes a {@code History}: a ring in the slot, or pages. */
    Params history(Params params, State state) {
        boolean grows = state.role() == State.Role.HISTORY;
        return params.address(grows ? 0 : state(state))
                .address(grows ? states.pool(state) : 0)
                .integer(state.shape().size(0))
                .integer(Math.toIntExact(state.width()));
    }

    /** 1 for selected rows, 0 for all. */
    static int selected(Rows rows) {
        return rows == Rows.SELECTED ? 1 : 0;
    }
}
