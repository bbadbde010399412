package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.Device;
import dev.eddy.kernels.backend.Yardsticks;
import dev.eddy.kernels.cuda.driver.CublasLt;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The yardsticks of a CUDA device; its library is cuBLASLt. */
final class CudaYardsticks implements Yardsticks {
    private final Device device;
    private final GpuContext context;
    private final GpuStream stream;
    private CublasLt.@Nullable Search library;

    CudaYardsticks(Device device, int ordinal) {
        this.device = device;
        context = Gpu.open(ordinal);
        try {
            stream = context.stream();
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    @Override
    public Device device() {
        return device;
    }

    @Override
    public Optional<String> caution() {
        return Gpu.emulated()
                ? Optional.of("the driver is emulated: these times mean nothing")
                : Optional.empty();
    }

    @Override
    public Clocks clocks() {
        return new Clocks(
                context.clockKilohertz() / 1000.0, context.memoryClockKilohertz() / 1000.0);
    }

    @Override
    public Bandwidth bandwidth() {
        return new Bandwidths(context, stream).measure(BANDWIDTH_BYTES);
    }

    @Override
    public Bus bus() {
        return new Bandwidths(context, stream).bus();
    }

    private CublasLt.Search search() {
        if (library == null) {
            library = CublasLt.find(context);
        }
        return library;
    }

    @Override
    public Library library() {
        return new Library(search().library() != null, search().words());
    }

    @Override
    public List<ProductTime> times(Product product, int... rows) {
        try (ProductTrial trial =
                new ProductTrial(context, stream, search().library(), product, rows)) {
            return trial.times();
        }
    }

    @Override
    public void close() {
        if (library != null && library.library() != null) {
            library.library().close();
        }
        stream.close();
        context.close();
    }
}
