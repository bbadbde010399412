package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.KernelImages;
import dev.eddy.kernels.program.Program;
import java.util.Optional;

/**
 * The provider of the cuda backend: the reference's bits with float32 weights, tensor cores with
 * bfloat16 ones. An emulated driver is never preferred.
 */
public final class CudaBackend implements Backend {
    @Override
    public String name() {
        return "cuda";
    }

    @Override
    public int priority() {
        return Gpu.emulated() ? -10 : 20;
    }

    @Override
    public Optional<String> unavailable() {
        return Gpu.unavailable().or(KernelImages::unavailable);
    }

    @Override
    public MemoryPlan plan(Program program, CompileOptions options) {
        return new CudaPlan(program, options).memory();
    }

    @Override
    public Executable compile(Program program, CompileOptions options) {
        return CudaExecutable.of(
                program, options, new CudaPlan(program, options), options.device());
    }
}
