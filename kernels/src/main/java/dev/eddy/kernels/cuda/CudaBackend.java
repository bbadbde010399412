package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Device;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.InvalidRequestException;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.Meter;
import dev.eddy.kernels.backend.StepBytes;
import dev.eddy.kernels.backend.Yardsticks;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.KernelImages;
import dev.eddy.kernels.program.Program;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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
    public List<Device> devices() {
        return IntStream.range(0, unavailable().isPresent() ? 0 : Gpu.count())
                .mapToObj(CudaBackend::device)
                .toList();
    }

    private static Device device(int ordinal) {
        try (GpuContext context = Gpu.open(ordinal)) {
            return new Device(
                    "cuda:" + ordinal,
                    "%s%s, compute capability %d.%d, %d multiprocessors, CUDA %d.%d"
                            .formatted(
                                    context.name(),
                                    Gpu.emulated() ? " (emulated driver)" : "",
                                    context.computeCapability() / 10,
                                    context.computeCapability() % 10,
                                    context.multiprocessors(),
                                    Gpu.driverVersion() / 1000,
                                    Gpu.driverVersion() % 1000 / 10),
                    context.totalBytes(),
                    context.freeBytes());
        }
    }

    @Override
    public MemoryPlan plan(Program program, CompileOptions options) {
        return new CudaPlan(program, options).memory();
    }

    @Override
    public Executable compile(Program program, CompileOptions options) {
        requireDevice(options.device());
        return CudaExecutable.of(
                program, options, new CudaPlan(program, options), options.device());
    }

    private static void requireDevice(int number) {
        if (number >= Gpu.count()) {
            throw new InvalidRequestException(
                    "there is no device cuda:%d; the driver counts %d from cuda:0"
                            .formatted(number, Gpu.count()));
        }
    }

    @Override
    public StepBytes stepBytes(Program program, CompileOptions options, int entries, int rows) {
        return new CudaPlan(program, options).stepBytes(entries, rows);
    }

    @Override
    public Optional<Yardsticks> yardsticks(int device) {
        requireDevice(device);
        return Optional.of(new CudaYardsticks(device(device), device));
    }

    @Override
    public Optional<Meter> meter(int device) {
        requireDevice(device);
        return Gpu.management(device).map(CudaMeter::new);
    }
}
