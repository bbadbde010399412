package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.DeviceLostException;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.NumericsId;
import dev.eddy.kernels.backend.StateArena;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.cuda.driver.DeviceMemory;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuGraph;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.program.Program;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A program on one device. A step is one copy in, one launch of its bucket's graph and one copy
 * out, all in one stream; it completes on the thread of {@link Arrivals}. A step's input is written
 * while the one before it runs, and ids that are pending are found on the device.
 */
final class CudaExecutable implements Executable {
    /** A property that keeps the blocks of a launch from coming before the one before it ends. */
    private static final boolean OVERLAPS = !Boolean.getBoolean("eddy.cuda.apart");

    /** A property that logs what each kernel takes when a bucket comes for the second time. */
    private static final boolean TIMES = Boolean.getBoolean("eddy.cuda.times");

    private static final Logger LOG = LoggerFactory.getLogger(CudaExecutable.class);

    private final Program program;
    private final CompileOptions options;
    private final CudaPlan plan;
    private final Deque<AutoCloseable> resources;
    private final GpuContext context;
    private final GpuStream stream;
    private final CudaArena arena;
    private final Layout layout;
    private final Map<StepKind, List<Work>> works = new EnumMap<>(StepKind.class);
    private final Admission admission;
    private final Arrivals arrivals;
    private final Place output;
    private final Map<Bucket, Recorded> graphs = new HashMap<>();
    private final Map<Step, Flight> flights = new IdentityHashMap<>();
    private final Map<Bucket, Integer> times = new HashMap<>();
    private final boolean overlaps;
    private boolean closed;

    /**
     * A bucket's graph.
     *
     * @param groups {@link RowGroups#kinds}
     */
    private record Recorded(GpuGraph graph, int groups) {}

    /**
     * Compiles a program for a device.
     *
     * @throws dev.eddy.kernels.backend.BackendException if the device cannot hold it
     */
    static CudaExecutable of(Program program, CompileOptions options, CudaPlan plan, int ordinal) {
        Deque<AutoCloseable> resources = new ArrayDeque<>();
        try {
            return new CudaExecutable(program, options, plan, ordinal, resources);
        } catch (RuntimeException e) {
            try {
                closeAll(resources);
            } catch (RuntimeException also) {
                e.addSuppressed(also);
            }
            throw e;
        }
    }

    private CudaExecutable(
            Program program,
            CompileOptions options,
            CudaPlan plan,
            int ordinal,
            Deque<AutoCloseable> resources) {
        this.program = program;
        this.options = options;
        this.plan = plan;
        this.resources = resources;
        context = held(Gpu.open(ordinal));
        stream = held(context.stream());
        overlaps = OVERLAPS && context.computeCapability() >= 90;
        Kernels kernels = held(new Kernels(context));
        admission = new Admission(program, options.slots());
        Transfers transfers =
                held(new Transfers(context, stream, Transfers.Sizes.of(plan.layout())));
        arena = held(new CudaArena(plan.layout(), options, admission, context, stream, transfers));
        DeviceWeights weights =
                held(
                        new DeviceWeights(
                                plan.weights(),
                                context,
                                stream,
                                kernels.of("pack", "pack"),
                                options.progress()));
        layout =
                new Layout(
                        plan.route(StepKind.SEVERAL),
                        weights,
                        plan.layout(),
                        plan.input(),
                        plan.output(),
                        arena,
                        RowGroups.of(
                                plan.route(StepKind.SINGLE).schedule(),
                                weights.products(),
                                kernels),
                        zeroed(plan.scratchBytes()),
                        zeroed(plan.input().bytes()),
                        zeroed(plan.output().bytes()));
        output = layout.of(program.output().value());
        Placer lists = new Placer(stream, layout.scratchAddress() + plan.listOffset());
        Map<CudaPlan.Route, List<Work>> ways = new IdentityHashMap<>();
        for (StepKind kind : StepKind.values()) {
            works.put(
                    kind,
                    ways.computeIfAbsent(
                            plan.route(kind), route -> works(layout.with(route), kernels, lists)));
        }
        stream.synchronize();
        for (Bucket bucket : Bucket.all(options)) {
            graphs.put(bucket, new Recorded(held(record(bucket)), layout.groups().kinds(bucket)));
        }
        stream.synchronize();
        arrivals = held(new Arrivals(plan.output(), program, output));
    }

    private <T extends AutoCloseable> T held(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Device memory in which no kernel finds another program's numbers. */
    private long zeroed(long bytes) {
        DeviceMemory memory = held(context.allocate(bytes));
        stream.fill(memory.address(), (byte) 0, bytes);
        return memory.address();
    }

    private List<Work> works(Layout of, Kernels kernels, Placer lists) {
        Assembler assembler = new Assembler(of, kernels);
        Head head =
                new Head(program, options, of, kernels, of.scratchAddress() + plan.headOffset());
        List<Work> made = new ArrayList<>();
        made.add(head.prepare());
        List<Schedule.Launch> launches = of.schedule().launches();
        for (int i = 0; i < launches.size(); i++) {
            if (launches.get(i) instanceof Schedule.Launch.RowOps ops) {
                made.add(RowStage.work(of, ops, kernels, lists));
            } else {
                assembler.assemble(launches.get(i), i).forEach(made::add);
            }
        }
        made.addAll(head.results());
        return made;
    }

    @Override
    public Step newStep() {
        Step step =
                new Step(
                        options,
                        program.input() instanceof Program.Input.Frames frames
                                ? frames.width()
                                : 0);
        flights.put(step, held(new Flight(context, step, plan.input(), plan.output())));
        return step;
    }

    @Override
    public void submit(Step step) {
        if (closed) {
            throw new IllegalStateException("the executable is closed");
        }
        Flight flight = flights.get(step);
        if (flight == null) {
            throw new InvalidRequestException("the step is of another executable: use newStep");
        }
        if (!step.isSealed()) {
            throw new InvalidRequestException("submit needs a sealed step");
        }
        admission.check(step);
        arena.admit(step);
        Recorded recorded = recorded(step);
        long bytes =
                plan.input()
                        .write(
                                step,
                                flight.input(),
                                layout.inputAddress(),
                                arena.pages(),
                                recorded.groups());
        step.begin();
        try {
            stream.copyIn(layout.inputAddress(), flight.input().asSlice(0, bytes));
            recorded.graph().launch(stream);
            stream.copyOut(
                    flight.output().asSlice(0, plan.output().wanted(step)), layout.outputAddress());
            flight.copyRows(stream, wantsRows(step) ? output : null);
            stream.record(flight.arrived());
        } catch (RuntimeException e) {
            step.fail(settled(e));
            return;
        }
        admission.submitted(step);
        arrivals.expect(flight);
    }

    private static boolean wantsRows(Step step) {
        for (int e = 0; e < step.entries(); e++) {
            if (step.wantsOutput(e) && step.selected() > 0) {
                return true;
            }
        }
        return false;
    }

    /**
     * Waits until the step's buffers can be written again although a call of it failed; the failure
     * that counts.
     */
    private RuntimeException settled(RuntimeException failure) {
        try {
            stream.synchronize();
            return failure;
        } catch (DeviceLostException e) {
            return e;
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
            return failure;
        }
    }

    /** What a step launches. */
    private Recorded recorded(Step step) {
        Bucket bucket = Bucket.of(step, options);
        if (TIMES && times.merge(bucket, 1, Integer::sum) == 2) {
            LOG.warn("{}\n{}", bucket, times(bucket).table());
        }
        return Objects.requireNonNull(graphs.get(bucket));
    }

    /** What times the kernels of a step that was submitted last. */
    KernelTimes times(Step step) {
        return times(Bucket.of(step, options));
    }

    private KernelTimes times(Bucket bucket) {
        return new KernelTimes(context, stream, bucket, overlaps, works(bucket));
    }

    /** The launches of a bucket. */
    private GpuGraph record(Bucket bucket) {
        List<Work> works = works(bucket);
        GpuGraph graph =
                stream.graphOf(() -> {
                    for (int i = 0; i < works.size(); i++) {
                        // The first follows a copy.
                        works.get(i).add(stream, bucket, overlaps && i > 0);
                    }
                });
        try {
            graph.upload(stream);
        } catch (RuntimeException e) {
            graph.close();
            throw e;
        }
        return graph;
    }

    private List<Work> works(Bucket bucket) {
        return Objects.requireNonNull(works.get(bucket.kind()));
    }

    @Override
    public StateArena arena() {
        return arena;
    }

    @Override
    public String numericsId() {
        return options.weights() != WeightType.F32
                ? NumericsId.tensorCores(
                        context.computeCapability(), options.weights(), options.state())
                : NumericsId.ieee(options.weights(), options.state());
    }

    @Override
    public MemoryPlan memory() {
        return plan.memory();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            arrivals.close();
            try {
                stream.synchronize();
            } catch (DeviceLostException e) {
                // Nothing is in flight on it any more.
            }
            closeAll(resources);
        }
    }

    /** Closes resources, the last first. */
    static void closeAll(Deque<AutoCloseable> resources) {
        while (!resources.isEmpty()) {
            try {
                resources.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a device's resource could not be freed", e);
            }
        }
    }
}
