package dev.eddy.kernels.cuda.driver;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import jcuda.driver.CUgraph;
import jcuda.driver.CUgraphExec;
import jcuda.driver.CUresult;
import jcuda.driver.CUstreamCaptureMode;
import jcuda.driver.JCudaDriver;

/**
 * A queue of work on a device, done in the order in which it was added. Used by one thread at a
 * time. Copies and launches return before they are done: until an event after them is, the host
 * must leave alone what they read, and finds nothing yet in what they write.
 */
public final class GpuStream implements AutoCloseable {
    /**
     * CU_LAUNCH_ATTRIBUTE_CLUSTER_DIMENSION, CU_LAUNCH_ATTRIBUTE_PROGRAMMATIC_STREAM_SERIALIZATION.
     */
    private static final int CLUSTER_DIMENSION = 4;

    private static final int PROGRAMMATIC_STREAM_SERIALIZATION = 6;

    /** Bytes of a {@code CUlaunchAttribute}: its number, then from byte 8 on its value. */
    private static final int ATTRIBUTE_BYTES = 72;

    private final GpuContext context;
    private final Handles.Stream stream;
    private final MethodHandle launchKernel = DriverLibrary.instance().launchKernel();
    private final MethodHandle launchKernelEx = DriverLibrary.instance().launchKernelEx();
    private final Arena arena = Arena.ofShared();

    /** The driver takes the address of an array of the parameters' addresses; ours has one. */
    private final MemorySegment parameters = arena.allocate(ValueLayout.ADDRESS);

    private final MemorySegment configuration = arena.allocate(56, 8); // CUlaunchConfig
    private final MemorySegment attributes = arena.allocate(2 * ATTRIBUTE_BYTES, 8);

    private boolean closed;

    GpuStream(GpuContext context, Handles.Stream stream) {
        this.context = context;
        this.stream = stream;
    }

    Handles.Stream handle() {
        return stream;
    }

    /** Copies a native segment to the device; from pinned memory the copy overlaps other work. */
    public void copyIn(long deviceTo, MemorySegment hostFrom) {
        context.makeCurrent();
        Status.check(
                JCudaDriver.cuMemcpyHtoDAsync(
                        new Handles.Device(deviceTo), host(hostFrom), hostFrom.byteSize(), stream),
                "copy " + hostFrom.byteSize() + " bytes to device " + context.ordinal());
    }

    /**
     * Copies from the device to a native segment; to pinned memory the copy overlaps other work.
     */
    public void copyOut(MemorySegment hostTo, long deviceFrom) {
        context.makeCurrent();
        Status.check(
                JCudaDriver.cuMemcpyDtoHAsync(
                        host(hostTo), new Handles.Device(deviceFrom), hostTo.byteSize(), stream),
                "copy " + hostTo.byteSize() + " bytes from device " + context.ordinal());
    }

    private static Handles.Host host(MemorySegment segment) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("a device copies from and to native memory only");
        }
        return new Handles.Host(segment.address());
    }

    /** Copies within the device; the ranges do not overlap. */
    public void copy(long deviceTo, long deviceFrom, long bytes) {
        context.makeCurrent();
        Status.check(
                JCudaDriver.cuMemcpyDtoDAsync(
                        new Handles.Device(deviceTo),
                        new Handles.Device(deviceFrom),
                        bytes,
                        stream),
                "copy " + bytes + " bytes within device " + context.ordinal());
    }

    /** Sets every byte of a range. */
    public void fill(long device, byte value, long bytes) {
        context.makeCurrent();
        Status.check(
                JCudaDriver.cuMemsetD8Async(new Handles.Device(device), value, bytes, stream),
                "fill " + bytes + " bytes on device " + context.ordinal());
    }

    /**
     * Launches a kernel over a grid of blocks.
     *
     * @param sharedBytes dynamic shared memory of a block
     * @param cluster blocks along z that run at the same time and read each other's shared memory;
     *     gridZ is a multiple of it. More than 1 needs a device of capability 90 or more
     * @param overlaps whether its blocks may come before the kernel before it in this stream has
     *     ended: it must wait by itself (griddepcontrol), and the device be of capability 90 or
     *     more
     * @param params the kernel's one parameter, a struct laid out as C does; it is copied
     */
    public void launch(
            GpuFunction function,
            int gridX,
            int gridY,
            int gridZ,
            int threads,
            int sharedBytes,
            int cluster,
            boolean overlaps,
            MemorySegment params) {
        context.makeCurrent();
        function.allowShared(sharedBytes);
        parameters.set(ValueLayout.ADDRESS, 0, params);
        int code;
        try {
            code =
                    overlaps || cluster > 1
                            ? (int)
                                    launchKernelEx.invokeExact(
                                            configuration(
                                                    new int[] {
                                                        gridX,
                                                        gridY,
                                                        gridZ,
                                                        threads,
                                                        1,
                                                        1,
                                                        sharedBytes
                                                    },
                                                    cluster,
                                                    overlaps),
                                            function.address(),
                                            parameters,
                                            MemorySegment.NULL)
                            : (int)
                                    launchKernel.invokeExact(
                                            function.address(),
                                            gridX,
                                            gridY,
                                            gridZ,
                                            threads,
                                            1,
                                            1,
                                            sharedBytes,
                                            stream.address(),
                                            parameters,
                                            MemorySegment.NULL);
        } catch (Throwable e) {
            throw new IllegalStateException("the driver could not be called for a launch", e);
        }
        if (code != 0) {
            throw Status.failure(
                    code,
                    "launch kernel %s with %d x %d x %d blocks of %d threads and %d bytes of shared memory"
                            .formatted(function, gridX, gridY, gridZ, threads, sharedBytes));
        }
    }

    /** A {@code CUlaunchConfig} with what a plain launch cannot have. */
    private MemorySegment configuration(int[] sizes, int cluster, boolean overlaps) {
        MemorySegment.copy(sizes, 0, configuration, ValueLayout.JAVA_INT, 0, sizes.length);
        configuration.set(ValueLayout.JAVA_LONG, 32, stream.address());
        configuration.set(ValueLayout.ADDRESS, 40, attributes);
        int count = 0;
        if (cluster > 1) {
            attribute(count++, CLUSTER_DIMENSION, 1, 1, cluster);
        }
        if (overlaps) {
            attribute(count++, PROGRAMMATIC_STREAM_SERIALIZATION, 1);
        }
        configuration.set(ValueLayout.JAVA_INT, 48, count);
        return configuration;
    }

    private void attribute(int index, int number, int... value) {
        long at = (long) index * ATTRIBUTE_BYTES;
        attributes.set(ValueLayout.JAVA_INT, at, number);
        MemorySegment.copy(value, 0, attributes, ValueLayout.JAVA_INT, at + 8, value.length);
    }

    /** Lets the event happen when the work added so far is done. */
    public void record(GpuEvent event) {
        context.makeCurrent();
        Status.check(JCudaDriver.cuEventRecord(event.handle(), stream), "record an event");
    }

    /** Lets the work added from now on wait for the event, as it was recorded last. */
    public void await(GpuEvent event) {
        context.makeCurrent();
        Status.check(JCudaDriver.cuStreamWaitEvent(stream, event.handle(), 0), "wait for an event");
    }

    /** Whether all added work is done; reports what went wrong in it, too. */
    public boolean isDone() {
        context.makeCurrent();
        int code = JCudaDriver.cuStreamQuery(stream);
        if (code == CUresult.CUDA_ERROR_NOT_READY) {
            return false;
        }
        Status.check(code, "ask device " + context.ordinal() + " how far it is");
        return true;
    }

    /** Waits until all added work is done. */
    public void synchronize() {
        context.makeCurrent();
        Status.check(
                JCudaDriver.cuStreamSynchronize(stream), "wait for device " + context.ordinal());
    }

    /** A graph of what {@code work} adds to this stream, which is recorded instead of done. */
    public GpuGraph graphOf(Runnable work) {
        beginCapture();
        try {
            work.run();
        } catch (RuntimeException e) {
            abandonCapture(); // nothing can be freed meanwhile
            throw e;
        }
        return endCapture();
    }

    private void abandonCapture() {
        CUgraph graph = new CUgraph();
        if (JCudaDriver.cuStreamEndCapture(stream, graph) == CUresult.CUDA_SUCCESS) {
            JCudaDriver.cuGraphDestroy(graph);
        }
    }

    /** From now on work is recorded instead of done. */
    void beginCapture() {
        context.makeCurrent();
        Status.check(
                JCudaDriver.cuStreamBeginCapture(
                        stream, CUstreamCaptureMode.CU_STREAM_CAPTURE_MODE_THREAD_LOCAL),
                "begin to record a graph");
    }

    /** Ends the recording; the result can be launched again and again. */
    GpuGraph endCapture() {
        context.makeCurrent();
        CUgraph graph = new CUgraph();
        Status.check(JCudaDriver.cuStreamEndCapture(stream, graph), "record a graph");
        CUgraphExec executable = new CUgraphExec();
        int code = JCudaDriver.cuGraphInstantiate(executable, graph, 0);
        JCudaDriver.cuGraphDestroy(graph);
        Status.check(code, "prepare a recorded graph");
        return new GpuGraph(context, executable);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.makeCurrent();
            int code = JCudaDriver.cuStreamDestroy(stream);
            arena.close();
            Status.checkRelease(code, "destroy a stream");
        }
    }
}
