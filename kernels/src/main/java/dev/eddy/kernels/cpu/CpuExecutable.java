package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.NumericsId;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.program.Program;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;

/**
 * A program compiled to stages over planned memory. A step runs to its end inside {@link #submit},
 * on the submitting thread and the team's helpers.
 */
final class CpuExecutable implements Executable {
    private final Program program;
    private final CompileOptions options;
    private final MemoryPlan memoryPlan;
    private final Arena memory = Arena.ofShared();
    private final CpuArena arena;
    private final LoadedWeights weights;
    private final Team team;
    private final Batch batch;
    private final Passage[] passages;
    private final Region results;
    private final Place output;
    private final int outputWidth;
    private final Set<Step> steps = Collections.newSetFromMap(new WeakHashMap<>());
    private boolean closed;

    CpuExecutable(Program program, CompileOptions options, CpuPlan plan) {
        this.program = program;
        this.options = options;
        memoryPlan = plan.memory();
        try {
            StateLayout layout = StateLayout.of(program, options.state());
            arena = new CpuArena(layout, plan.slots(), options.slots(), plan.pages(), memory);
            weights = new LoadedWeights(plan, program, options, memory);
            Assembler assembler = plan.assembler(weights);
            outputWidth = plan.outputWidth();
            output = assembler.place(program.output().value());
            batch = new Batch(arena, newStep(), options.maxRows(), options.maxEntries());
            List<Passage.Plan> plans = assembler.assemble();
            team = new Team(workers(plan));
            passages = passages(plans);
            Sampler sampler = new Sampler(arena.sampler(), outputWidth);
            Stage[] last = {new ResultStage(output, outputWidth, sampler)};
            results = new Region(last, batch, team, options.threads());
        } catch (OutOfMemoryError e) {
            memory.close();
            throw new BackendException(
                    "the program takes "
                            + memoryPlan.total()
                            + " bytes, more than could be had; use fewer slots, smaller steps or"
                            + " smaller weight types",
                    e);
        } catch (RuntimeException e) {
            memory.close();
            throw e;
        }
    }

    private Worker[] workers(CpuPlan plan) {
        Worker[] workers = new Worker[options.threads()];
        for (int i = 0; i < workers.length; i++) {
            long row = OffHeap.allocate(memory, plan.rowBytes()).address();
            long panel = OffHeap.allocate(memory, plan.panelBytes()).address();
            long scan = OffHeap.allocate(memory, plan.scanBytes()).address();
            long logits = OffHeap.allocate(memory, plan.logitBytes()).address();
            long tiles = OffHeap.allocate(memory, Worker.TILE_BYTES).address();
            SamplerScratch sampler = new SamplerScratch(logits, outputWidth);
            workers[i] = new Worker(i, row, panel, scan, tiles, sampler);
        }
        return workers;
    }

    private Passage[] passages(List<Passage.Plan> plans) {
        return plans.stream()
                .map(plan -> new Passage(plan, batch, team, options.threads()))
                .toArray(Passage[]::new);
    }

    @Override
    public Step newStep() {
        Step step =
                new Step(
                        options,
                        program.input() instanceof Program.Input.Frames frames
                                ? frames.width()
                                : 0);
        steps.add(step);
        return step;
    }

    @Override
    public void submit(Step step) {
        if (closed) {
            throw new IllegalStateException("the executable is closed");
        }
        if (!steps.contains(step)) {
            throw new InvalidRequestException("the step is of another executable: use newStep");
        }
        arena.admit(step, program);
        step.begin();
        try {
            run(step);
        } catch (RuntimeException e) {
            step.fail(e);
            return;
        }
        step.complete();
    }

    private void run(Step step) {
        batch.begin(step);
        for (Passage passage : passages) {
            passage.run();
        }
        boolean wantsRows = false;
        for (int e = 0; e < step.entries(); e++) {
            wantsRows |= step.wantsOutput(e);
            arena.grow(step.slot(e), step.absorbed(e));
            arena.sampler().absorb(step, e);
        }
        results.run();
        if (wantsRows) {
            step.outputRows(outputRows(step.selected()));
        }
    }

    /** The output's rows without what pads them. */
    private MemorySegment outputRows(int rows) {
        long bytes = 4L * outputWidth;
        if (output.stride() != bytes) {
            for (int row = 1; row < rows; row++) {
                OffHeap.copy(output.at(row, 0), output.address() + row * bytes, bytes);
            }
        }
        return weights.slice(output.address(), rows * bytes).asReadOnly();
    }

    @Override
    public StateArena arena() {
        return arena;
    }

    @Override
    public String numericsId() {
        return NumericsId.ieee(options.weights().resolved(program), options.state());
    }

    @Override
    public MemoryPlan memory() {
        return memoryPlan;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arena.close();
            team.close();
            memory.close();
        }
    }
}
