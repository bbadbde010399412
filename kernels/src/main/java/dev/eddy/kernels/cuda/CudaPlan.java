package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.StepBytes;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.program.Program;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** What a program takes on a device, and in which order it runs there. */
final class CudaPlan {
    private static final Set<WeightType> TYPES =
            EnumSet.of(WeightType.F32, WeightType.BF16, WeightType.FP8, WeightType.INT8);

    private final Program program;
    private final CompileOptions options;
    private final Map<StepKind, Route> routes = new EnumMap<>(StepKind.class);
    private final WeightPlan weights;
    private final StateLayout layout;
    private final StepInput input;
    private final StepOutput output;

    /** An order of launches, and where values lie in it. */
    record Route(Schedule schedule, Scratch scratch) {
        /**
         * Delta rules and modes go with what is done around them where there are kernels for that.
         */
        private static Route of(
                Program program, CompileOptions options, StateLayout layout, StepKind kind) {
            if (kind.isSingle()) {
                Route fused = of(program, options, kind, true);
                if (fused.hasKernels(layout)) {
                    return fused;
                }
            }
            return of(program, options, kind, false);
        }

        static Route of(Program program, CompileOptions options, StepKind kind, boolean fused) {
            boolean tensorCores = options.weights() != WeightType.F32;
            Schedule schedule = Scheduler.schedule(program, tensorCores, kind, fused);
            return new Route(schedule, Scratch.of(program, schedule, options));
        }

        /** Whether every launch that only a kernel of its own can do has it. */
        private boolean hasKernels(StateLayout layout) {
            return schedule.launches().stream()
                    .filter(launch -> launch instanceof Schedule.Launch.RowOps)
                    .map(launch -> ((Schedule.Launch.RowOps) launch).steps())
                    .filter(Schedule::needsKernels)
                    .allMatch(steps ->
                            FusedSource.of(this, layout, steps)
                                    .filter(source -> FusedKernels.have(source.name()))
                                    .isPresent());
        }

        private boolean hasLaunchesOf(Route other) {
            return schedule.launches().equals(other.schedule.launches());
        }

        /** Bytes of all lists of operators on rows, at most. */
        private long listBytes() {
            long bytes = 0;
            for (Schedule.Launch launch : schedule.launches()) {
                if (launch instanceof Schedule.Launch.RowOps ops) {
                    bytes += RowStage.mostBytes(ops.steps());
                }
            }
            return bytes;
        }
    }

    CudaPlan(Program program, CompileOptions options) {
        if (!TYPES.contains(options.weights())) {
            throw new InvalidRequestException(
                    "the cuda backend computes with f32, bf16, fp8 or int8 weights, not "
                            + options.weights().label());
        }
        this.program = program;
        this.options = options;
        layout = StateLayout.of(program, options.state());
        routes.put(StepKind.SEVERAL, Route.of(program, options, layout, StepKind.SEVERAL));
        Route single = Route.of(program, options, layout, StepKind.SINGLE);
        Route one = Route.of(program, options, layout, StepKind.ONE);
        routes.put(StepKind.SINGLE, single);
        routes.put(StepKind.ONE, one.hasLaunchesOf(single) ? single : one);
        weights = new WeightPlan(program, options.weights());
        int launches =
                routes.values().stream()
                        .mapToInt(route -> route.schedule().launches().size())
                        .max()
                        .orElseThrow();
        input =
                new StepInput(
                        program, options, launches, (int) CudaArena.pageCount(layout, options));
        output = new StepOutput(options);
    }

    /** The way of a step; kinds whose launches are the same have one. */
    Route route(StepKind kind) {
        return Objects.requireNonNull(routes.get(kind));
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

    /** Bytes from the start of scratch memory to what sampling takes. */
    long headOffset() {
        return routes.values().stream()
                .mapToLong(route -> route.scratch().bytes())
                .max()
                .orElseThrow();
    }

    /** Bytes from there to the lists of operators on rows. */
    long listOffset() {
        return Math.ceilDiv(headOffset() + Head.bytes(program, options), 256) * 256;
    }

    /** Size of scratch memory. */
    long scratchBytes() {
        return listOffset() + routes.values().stream().distinct().mapToLong(Route::listBytes).sum();
    }

    /** What a step moves. */
    StepBytes stepBytes(int entries, int rows) {
        return StepBytes.of(weights.readBytes(program, rows), layout, entries);
    }

    MemoryPlan memory() {
        return new MemoryPlan(
                weights.bytes(),
                scratchBytes() + input.bytes() + output.bytes() + Transfers.asideBytes(layout),
                layout.bytes(),
                options.slots(),
                CudaArena.poolBytes(layout, options));
    }
}
