package dev.eddy.kernels.reference;

import dev.eddy.kernels.backend.Backend;
import dev.eddy.kernels.backend.CompileOptions;
import dev.eddy.kernels.backend.Device;
import dev.eddy.kernels.backend.Executable;
import dev.eddy.kernels.backend.HostDevice;
import dev.eddy.kernels.backend.MemoryPlan;
import dev.eddy.kernels.backend.Pages;
import dev.eddy.kernels.backend.StateLayout;
import dev.eddy.kernels.program.Op;
import dev.eddy.kernels.program.Program;
import dev.eddy.kernels.program.Rows;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.program.Weight;
import dev.eddy.kernels.tensor.DType;
import java.util.List;
import java.util.Optional;

/**
 * The provider of the reference backend: interprets programs in scalar Java on the caller's thread.
 */
public final class ReferenceBackend implements Backend {
    @Override
    public String name() {
        return "reference";
    }

    @Override
    public int priority() {
        return 0;
    }

    @Override
    public Optional<String> unavailable() {
        return Optional.empty();
    }

    @Override
    public List<Device> devices() {
        return List.of(HostDevice.of(name(), "scalar Java, for comparison"));
    }

    @Override
    public MemoryPlan plan(Program program, CompileOptions options) {
        long weights = 0;
        for (Weight weight : program.weights()) {
            weights = Math.addExact(weights, DType.F32.bytes(weight.elements()));
        }
        for (Weight matrix : program.matrices()) {
            weights = Math.addExact(weights, DType.F32.bytes(matrix.elements()));
        }
        long scratch = 0;
        for (Op op : program.ops()) {
            Value out = op.out();
            long rows = out.rows() == Rows.ALL ? options.maxRows() : options.maxSelected();
            scratch =
                    Math.addExact(
                            scratch, DType.F32.bytes(Math.multiplyExact(rows, (long) out.width())));
        }
        StateLayout layout = StateLayout.of(program, options.state());
        long pages =
                Math.multiplyExact(
                        Math.multiplyExact(Pages.count(options.positions()), Pages.POSITIONS),
                        layout.growth());
        return new MemoryPlan(weights, scratch, layout.bytes(), options.slots(), pages);
    }

    @Override
    public Executable compile(Program program, CompileOptions options) {
        return new ReferenceExecutable(program, options, plan(program, options));
    }
}
