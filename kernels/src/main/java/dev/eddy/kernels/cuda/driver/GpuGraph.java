package dev.eddy.kernels.cuda.driver;

import jcuda.driver.CUgraphExec;
import jcuda.driver.JCudaDriver;

/** Recorded work, launched as a whole. It must not be launched anew while a launch of it runs. */
public final class GpuGraph implements AutoCloseable {
    private final GpuContext context;
    private final CUgraphExec graph;
    private boolean closed;

    GpuGraph(GpuContext context, CUgraphExec graph) {
        this.context = context;
        this.graph = graph;
    }

    /** Lets what the device needs for it travel there now, instead of with the first launch. */
    public void upload(GpuStream stream) {
        context.makeCurrent();
        Status.check(JCudaDriver.cuGraphUpload(graph, stream.handle()), "upload a graph");
    }

    /** Adds one pass over the recorded work to the stream. */
    public void launch(GpuStream stream) {
        context.makeCurrent();
        Status.check(JCudaDriver.cuGraphLaunch(graph, stream.handle()), "launch a graph");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.makeCurrent();
            Status.checkRelease(JCudaDriver.cuGraphExecDestroy(graph), "destroy a graph");
        }
    }
}
