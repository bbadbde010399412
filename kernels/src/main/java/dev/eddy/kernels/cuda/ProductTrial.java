package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Step;
import dev.eddy.kernels.backend.WeightType;
import dev.eddy.kernels.backend.Yardsticks.LibraryTime;
import dev.eddy.kernels.backend.Yardsticks.Product;
import dev.eddy.kernels.backend.Yardsticks.ProductTime;
import dev.eddy.kernels.cuda.driver.CublasLt;
import dev.eddy.kernels.cuda.driver.DeviceMemory;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuGraph;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.numerics.Halves;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.ProgramBuilder;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import dev.eddy.kernels.tensor.Shape;
import dev.eddy.kernels.tensor.Tensor;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One matrix product timed for several numbers of rows: as a compiled program launches it, and as
 * cuBLASLt does. The same random weights lie at many places, and every launch has another's.
 */
final class ProductTrial implements AutoCloseable {
    /** Weights of all places; several times what a card's second-level cache holds. */
    private static final long ALL_WEIGHTS = 512L << 20;

    private static final int MOST_PLACES = 256;
    private static final int EMULATED_PLACES = 3;

    /** Launches of a graph at least, so that what the graph itself costs does not count. */
    private static final int LAUNCHES = 32;

    private static final long ALIGNMENT = 256;

    private final GpuContext context;
    private final GpuStream stream;
    private final @Nullable CublasLt library;
    private final Product product;
    private final int[] rows;
    private final int mostRows;
    private final int places;
    private final Deque<AutoCloseable> resources = new ArrayDeque<>();
    private final CudaExecutable executable;

    /** Rows x of bfloat16 numbers, [mostRows, K]. */
    private final float[] x;

    // The library's: weights at their places, x, out.
    private final long placeBytes;
    private final @Nullable DeviceMemory theirs;

    ProductTrial(
            GpuContext context,
            GpuStream stream,
            @Nullable CublasLt library,
            Product product,
            int... rows) {
        this.context = context;
        this.stream = stream;
        this.library = library;
        this.product = product;
        this.rows = rows.clone();
        mostRows = Arrays.stream(rows).max().orElseThrow();
        long weightBytes = 2L * product.outputs() * product.depth();
        places =
                Gpu.emulated()
                        ? EMULATED_PLACES
                        : Math.clamp(Math.ceilDiv(ALL_WEIGHTS, weightBytes), 2, MOST_PLACES);
        placeBytes = Math.ceilDiv(weightBytes, ALIGNMENT) * ALIGNMENT;
        SplittableRandom random = new SplittableRandom(1);
        x = new float[Math.multiplyExact(mostRows, product.depth())];
        for (int i = 0; i < x.length; i++) {
            x[i] = Halves.fromBf16(Halves.toBf16(2 * random.nextFloat() - 1));
        }
        try (Arena host = Arena.ofShared()) {
            MemorySegment weights = host.allocate(weightBytes, 64);
            fill(weights, random);
            executable = compiled(weights);
            resources.push(executable);
            theirs = library == null ? null : held(context.allocate(theirBytes()));
            if (theirs != null) {
                stream.copyIn(theirs.address(), weights);
                for (int i = 1; i < places; i++) {
                    stream.copy(theirs.address() + i * placeBytes, theirs.address(), weightBytes);
                }
                stream.synchronize();
                copyRows();
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private <T extends AutoCloseable> T held(T resource) {
        resources.push(resource);
        return resource;
    }

    /** Numbers whose products with rows of K others are about as large as these. */
    private void fill(MemorySegment weights, SplittableRandom random) {
        float scale = (float) Math.sqrt(3.0 / product.depth());
        for (long at = 0; at < weights.byteSize(); at += 2) {
            short bits = Halves.toBf16(scale * (2 * random.nextFloat() - 1));
            weights.set(ValueLayout.JAVA_SHORT, at, bits);
        }
    }

    /**
     * A product for each place. Each but the first has rows that need the one before, or several
     * would become one launch; what makes these is not timed.
     */
    private CudaExecutable compiled(MemorySegment weights) {
        Shape shape = Shape.of(product.outputs(), product.depth());
        ProgramBuilder builder = new ProgramBuilder(new Program.Input.Frames(product.depth()));
        Value frames = builder.frames();
        Value in = frames;
        Value first = null;
        for (int i = 0; i < places; i++) {
            String name = "place " + i;
            Weight weight =
                    builder.weight(name, shape, () -> new Tensor(name, DType.BF16, shape, weights));
            Value out = builder.matmul(in, weight, null);
            first = first == null ? out : first;
            in = builder.add(frames, builder.columns(out, 0, 1));
        }
        if (first == null) {
            throw new IllegalStateException("a product without a place");
        }
        Program program = builder.finish(new Program.Output.Floats(builder.select(first)));
        CompileOptions options =
                CompileOptions.of(WeightType.BF16, 1, 1, mostRows).withDevice(context.ordinal());
        return CudaExecutable.of(
                program, options, new CudaPlan(program, options), context.ordinal());
    }

    private long theirRows() {
        return places * placeBytes;
    }

    private long theirOut() {
        return theirRows() + Math.ceilDiv(2L * x.length, ALIGNMENT) * ALIGNMENT;
    }

    private long theirBytes() {
        return theirOut() + 4L * mostRows * product.outputs();
    }

    private void copyRows() {
        try (Arena host = Arena.ofConfined()) {
            MemorySegment halves = host.allocate(2L * x.length, 64);
            for (int i = 0; i < x.length; i++) {
                halves.setAtIndex(ValueLayout.JAVA_SHORT, i, Halves.toBf16(x[i]));
            }
            stream.copyIn(theirAddress() + theirRows(), halves);
            stream.synchronize();
        }
    }

    private long theirAddress() {
        if (theirs == null) {
            throw new IllegalStateException("there is no library");
        }
        return theirs.address();
    }

    /** The times for each number of rows. */
    List<ProductTime> times() {
        List<ProductTime> times = new ArrayList<>();
        Step step = executable.newStep();
        for (int count : rows) {
            step.reset();
            step.entry(0, 0);
            step.frames(x, 0, count);
            step.output();
            step.seal();
            executable.submit(step);
            step.await();
            float[] ours = step.outputRows().toArray(ValueLayout.JAVA_FLOAT_UNALIGNED);
            double micros = executable.times(step).micros("matmul_", LAUNCHES);
            times.add(new ProductTime(count, micros, libraryTime(count, ours)));
        }
        return times;
    }

    private @Nullable LibraryTime libraryTime(int count, float[] ours) {
        if (library == null) {
            return null;
        }
        Optional<CublasLt.Product> chosen =
                library.product(product.outputs(), product.depth(), count);
        if (chosen.isEmpty()) {
            return null;
        }
        try (CublasLt.Product theirProduct = chosen.get()) {
            add(theirProduct, 0); // loads its kernels, which a recording must not
            double difference = difference(count, ours);
            int launches = Math.ceilDiv(Gpu.emulated() ? 1 : LAUNCHES, places) * places;
            Runnable all =
                    () -> {
                        for (int i = 0; i < launches; i++) {
                            add(theirProduct, i % places);
                        }
                    };
            try (GpuGraph graph = stream.graphOf(all)) {
                double millis = new DeviceTimer(context, stream).millis(() -> graph.launch(stream));
                return new LibraryTime(1000 * millis / launches, difference);
            }
        }
    }

    private void add(CublasLt.Product theirProduct, int place) {
        theirProduct.add(
                stream,
                theirAddress() + place * placeBytes,
                theirAddress() + theirRows(),
                theirAddress() + theirOut());
    }

    /** The largest difference between our results and the library's, over the largest result. */
    private double difference(int count, float[] ours) {
        try (Arena host = Arena.ofConfined()) {
            MemorySegment out = host.allocate(4L * count * product.outputs(), 64);
            stream.copyOut(out, theirAddress() + theirOut());
            stream.synchronize();
            double most = 0;
            double largest = Float.MIN_NORMAL;
            for (int i = 0; i < count * product.outputs(); i++) {
                float other = out.getAtIndex(ValueLayout.JAVA_FLOAT, i);
                most = Math.max(most, Math.abs(ours[i] - other));
                largest = Math.max(largest, Math.abs(other));
            }
            return most / largest;
        }
    }

    @Override
    public void close() {
        CudaExecutable.closeAll(resources);
    }
}
