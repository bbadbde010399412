package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.cuda.driver.GpuModule;
import dev.eddy.kernels.cuda.driver.KernelImages;
import java.util.HashMap;
import java.util.Map;

/** The kernels that a program uses, loaded as they are asked for. */
final class Kernels implements AutoCloseable {
    private final GpuContext context;
    private final Map<String, GpuModule> modules = new HashMap<>();
    private final Map<String, GpuFunction> functions = new HashMap<>();

    Kernels(GpuContext context) {
        this.context = context;
    }

    /** Whether blocks can run in clusters. */
    boolean haveClusters() {
        return context.computeCapability() >= 90;
    }

    /** Whether there is an instruction for warpgroups: of Hopper alone. */
    boolean haveWarpgroups() {
        return context.computeCapability() == 90
                && KernelImages.have("matmul_wgmma")
                && KernelImages.have("matmul_bytes_wgmma");
    }

    /** A kernel of {@code src/main/cuda/FILE.cu}. */
    GpuFunction of(String file, String name) {
        GpuModule module = modules.computeIfAbsent(file, f -> context.load(KernelImages.of(f)));
        return functions.computeIfAbsent(name, module::function);
    }

    /** The most bytes of shared memory that a block may have on their device. */
    int sharedBytesPerBlock() {
        return context.sharedBytesPerBlock();
    }

    @Override
    public void close() {
        modules.values().forEach(GpuModule::close);
    }
}
