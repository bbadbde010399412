package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * A device with a stream, pinned memory and device memory, on which a test runs the kernels of
 * src/test/c/trial.cu. Closing it closes the device even if it is lost, which gives the next test a
 * new context.
 */
final class Trial implements AutoCloseable {
    private static final int FLOATS = 1024;
    static final long BYTES = (long) FLOATS * Float.BYTES;

    final GpuContext context;
    final GpuStream stream;
    final DeviceMemory in;
    final DeviceMemory out;
    private final GpuModule module;
    private final PinnedMemory host;
    private final Arena arena = Arena.ofConfined();

    Trial() {
        this(0);
    }

    Trial(int device) {
        context = Gpu.open(device);
        stream = context.stream();
        module = context.load(KernelImages.of("trial"));
        host = context.pinned(2 * BYTES);
        in = context.allocate(BYTES);
        out = context.allocate(BYTES);
    }

    /** Pinned memory that the host writes. */
    MemorySegment hostIn() {
        return host.segment().asSlice(0, BYTES);
    }

    /** Pinned memory that results are copied to. */
    MemorySegment hostOut() {
        return host.segment().asSlice(BYTES, BYTES);
    }

    /** Fills the input on the device with values, which have arrived when this returns. */
    Trial given(float... values) {
        MemorySegment.copy(values, 0, hostIn(), ValueLayout.JAVA_FLOAT, 0, values.length);
        stream.copyIn(in.address(), hostIn().asSlice(0, 4L * values.length));
        stream.synchronize();
        return this;
    }

    /** Adds one block of a kernel to the stream. */
    void launch(String kernel, int threads, int sharedBytes, int count) {
        launch(kernel, threads, sharedBytes, out.address(), in.address(), count);
    }

    void launch(String kernel, int threads, int sharedBytes, long to, long from, int count) {
        launch(kernel, threads, sharedBytes, 1, to, from, count);
    }

    /** A cluster of {@code blocks}, which are its count, too. */
    void launchCluster(String kernel, int threads, int blocks) {
        launch(kernel, threads, 16, blocks, out.address(), in.address(), blocks);
    }

    private void launch(
            String kernel,
            int threads,
            int sharedBytes,
            int blocks,
            long to,
            long from,
            int count) {
        MemorySegment params = arena.allocate(24, 8);
        params.set(ValueLayout.JAVA_LONG, 0, to);
        params.set(ValueLayout.JAVA_LONG, 8, from);
        params.set(ValueLayout.JAVA_INT, 16, count);
        GpuFunction function = module.function(kernel);
        stream.launch(function, 1, 1, blocks, threads, sharedBytes, blocks, false, params);
    }

    /** The first results, once everything before is done. */
    float[] results(int count) {
        stream.copyOut(hostOut().asSlice(0, 4L * count), out.address());
        stream.synchronize();
        return hostOut().asSlice(0, 4L * count).toArray(ValueLayout.JAVA_FLOAT);
    }

    static float[] counting(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i + 1;
        }
        return values;
    }

    @Override
    public void close() {
        out.close();
        in.close();
        host.close();
        module.close();
        stream.close();
        context.close();
        arena.close();
    }
}
