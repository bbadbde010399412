package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.tensor.DType;

/** What a program takes on a device, and in which order it runs there. */
final class CudaPlan {
    private final Program program;
    private final CompileOptions options;
    private final Schedule schedule;
    private final Scratch scratch;
    private final WeightPlan weights;
    private final StateLayout layout;
    private final StepInput input;
    private final StepOutput output;

    CudaPlan(Program program, CompileOptions options) {
        if (options.weights() != WeightType.F32 && options.weights() != WeightType.BF16) {
            throw new InvalidRequestException(
                    "the cuda backend computes with f32 or bf16 weights, not "
                            + options.weights().label());
        }
        this.program = program;
        this.options = options;
        schedule = Schedule.of(program, options.weights() == WeightType.BF16);
        scratch = Scratch.of(program, schedule, options);
        weights =
                new WeightPlan(
                        program, options.weights() == WeightType.BF16 ? DType.BF16 : DType.F32);
        layout = StateLayout.of(program, options.state());
        input = new StepInput(program, options, (int) CudaArena.pageCount(layout, options));
        output = new StepOutput(options);
    }

    Schedule schedule() {
        return schedule;
    }

    Scratch scratch() {
        return scratch;
    }

    WeightPlan weights() {
        return weights;
    }

    StateLayout layout() {
        return layout;
    }

    StepInput input() {
        return input;
    }

    StepOutput output() {
        return output;
    }

    /** Entries of all lists of operators on rows. */
    int rowOps() {
        return schedule.launches().stream()
                .mapToInt(launch ->
                        launch instanceof Schedule.Launch.RowOps ops
                                ? RowStage.count(ops.steps())
                                : 0)
                .sum();
    }

    /** Bytes from the start of scratch memory to what sampling takes. */
    long headOffset() {
        return scratch.bytes();
    }

    /** Bytes from there to the lists of operators on rows. */
    long listOffset() {
        return Math.ceilDiv(headOffset() + Head.bytes(program, options), 256) * 256;
    }

    /** Size of scratch memory. */
    long scratchBytes() {
        return listOffset() + (long) RowStage.BYTES * rowOps() + 256;
    }

    MemoryPlan memory() {
        return new MemoryPlan(
                weights.bytes(),
                scratchBytes() + input.bytes() + output.bytes() + CudaArena.asideBytes(layout),
                layout.bytes(),
                options.slots(),
                CudaArena.poolBytes(layout, options));
    }
}
