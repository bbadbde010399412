package dev.eddy.kernels.cuda.driver;

import jcuda.driver.CUmodule;
import jcuda.driver.JCudaDriver;

/** Loaded kernels. */
public final class GpuModule implements AutoCloseable {
    private final GpuContext context;
    private final CUmodule module;
    private boolean closed;

    GpuModule(GpuContext context, CUmodule module) {
        this.context = context;
        this.module = module;
    }

    /**
     * The kernel of that name.
     *
     * @throws GpuException if the module has none
     */
    public GpuFunction function(String name) {
        context.makeCurrent();
        Handles.Function function = new Handles.Function();
        Status.check(
                JCudaDriver.cuModuleGetFunction(function, module, name), "find kernel " + name);
        return new GpuFunction(name, function);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.makeCurrent();
            Status.checkRelease(JCudaDriver.cuModuleUnload(module), "unload kernels");
        }
    }
}
