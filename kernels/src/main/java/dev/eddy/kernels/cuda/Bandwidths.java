package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.BackendException;
import dev.eddy.kernels.backend.Yardsticks.Bandwidth;
import dev.eddy.kernels.backend.Yardsticks.Bus;
import dev.eddy.kernels.cuda.driver.DeviceMemory;
import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuStream;
import dev.eddy.kernels.cuda.driver.PinnedMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Measures what a device's memory and its bus give (bandwidth.cu, and the driver's copies). */
final class Bandwidths {
    /** Enough for an emulated device, whose times mean nothing. */
    private static final long EMULATED_BYTES = 1L << 20;

    /** Of page-locked memory that travels. */
    private static final long BUS_BYTES = 256L << 20;

    private static final long GRAIN = 1L << 20;

    /** BANDWIDTH_THREADS of bandwidth.cu, and blocks of so many that a multiprocessor holds. */
    private static final int THREADS = 512;

    private static final int BLOCKS = 4;

    /** What every byte of the buffer is. */
    private static final byte FILLED = 3;

    private final GpuContext context;
    private final GpuStream stream;

    Bandwidths(GpuContext context, GpuStream stream) {
        this.context = context;
        this.stream = stream;
    }

    /** Measures with at most {@code most} bytes, or half of what is free. */
    Bandwidth measure(long most) {
        long fitting = Math.min(most, context.freeBytes() / 2);
        long bytes = Math.max(GRAIN, fitting / GRAIN * GRAIN);
        if (Gpu.emulated()) {
            bytes = EMULATED_BYTES;
        }
        try (Kernels kernels = new Kernels(context);
                DeviceMemory buffer = context.allocate(bytes);
                DeviceMemory sum = context.allocate(Integer.BYTES)) {
            stream.fill(buffer.address(), FILLED, bytes);
            double read = bytes / seconds(kernels, buffer, sum);
            check(sum, bytes);
            long half = bytes / 2;
            DeviceTimer timer = new DeviceTimer(context, stream);
            double copied =
                    timer.millis(
                            () -> stream.copy(buffer.address() + half, buffer.address(), half));
            return new Bandwidth(read, 2 * half / (copied / 1000), bytes);
        }
    }

    /** Measures copies between the device and page-locked host memory. */
    Bus bus() {
        long bytes = Gpu.emulated() ? EMULATED_BYTES : BUS_BYTES;
        try (DeviceMemory device = context.allocate(bytes);
                PinnedMemory host = context.pinned(bytes)) {
            host.segment().fill(FILLED); // its pages are there before they are timed
            DeviceTimer timer = new DeviceTimer(context, stream);
            double in = timer.millis(() -> stream.copyIn(device.address(), host.segment()));
            double out = timer.millis(() -> stream.copyOut(host.segment(), device.address()));
            return new Bus(bytes / (in / 1000), bytes / (out / 1000));
        }
    }

    private double seconds(Kernels kernels, DeviceMemory buffer, DeviceMemory sum) {
        Params params =
                new Params()
                        .address(buffer.address())
                        .address(sum.address())
                        .address(buffer.bytes() / 16);
        MemorySegment segment = params.segment();
        int blocks = BLOCKS * context.multiprocessors();
        return new DeviceTimer(context, stream)
                        .millis(
                                () -> stream.fill(sum.address(), (byte) 0, Integer.BYTES),
                                () ->
                                        stream.launch(
                                                kernels.of("bandwidth", "read_memory"),
                                                blocks,
                                                1,
                                                1,
                                                THREADS,
                                                0,
                                                1,
                                                false,
                                                segment))
                / 1000;
    }

    /** That everything was read: a rate of half of it would be none. */
    private void check(DeviceMemory sum, long bytes) {
        int word = FILLED * 0x01010101;
        int expected = (int) (bytes / Integer.BYTES * word);
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment host = arena.allocate(ValueLayout.JAVA_INT);
            stream.copyOut(host, sum.address());
            stream.synchronize();
            int found = host.get(ValueLayout.JAVA_INT, 0);
            if (found != expected) {
                throw new BackendException(
                        "reading %d bytes of device memory gave the sum %08x instead of %08x: the device does not compute right"
                                .formatted(bytes, found, expected));
            }
        }
    }
}
