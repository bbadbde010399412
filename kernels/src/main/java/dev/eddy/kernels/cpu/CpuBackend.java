package dev.eddy.kernels.cpu;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Device;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.HostDevice;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.program.Program;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import jdk.incubator.vector.FloatVector;

/**
 * The provider of the cpu backend: the reference's bits by the Vector API, on every width of it,
 * and by a small C library where there is one for the processor.
 */
public final class CpuBackend implements Backend {
    private final CpuKernels kernels;

    /** With the fastest kernels that this processor can run. */
    public CpuBackend() {
        this(CpuKernels.BEST);
    }

    /** With kernels of choice. */
    CpuBackend(CpuKernels kernels) {
        this.kernels = kernels;
    }

    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public int priority() {
        return 10;
    }

    @Override
    public Optional<String> unavailable() {
        if (ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
            return Optional.of("it needs a little-endian processor; use --backend reference");
        }
        if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
            return Optional.of(
                    "the JVM runs without the Vector API; start it with"
                            + " --add-modules jdk.incubator.vector");
        }
        return Optional.empty();
    }

    @Override
    public List<Device> devices() {
        return unavailable().isPresent()
                ? List.of()
                : List.of(
                        HostDevice.of(
                                name(),
                                32 * FloatVector.SPECIES_PREFERRED.length() + "-bit vectors"));
    }

    @Override
    public MemoryPlan plan(Program program, CompileOptions options) {
        return new CpuPlan(program, options, kernels).memory();
    }

    @Override
    public Executable compile(Program program, CompileOptions options) {
        return new CpuExecutable(program, options, new CpuPlan(program, options, kernels));
    }
}
