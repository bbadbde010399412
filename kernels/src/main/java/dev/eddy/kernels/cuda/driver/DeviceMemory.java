package dev.eddy.kernels.cuda.driver;

import jcuda.driver.JCudaDriver;

/** A piece of a device's memory. */
public final class DeviceMemory implements AutoCloseable {
    private final GpuContext context;
    private final long address;
    private final long bytes;
    private boolean closed;

    DeviceMemory(GpuContext context, long address, long bytes) {
        this.context = context;
        this.address = address;
        this.bytes = bytes;
    }

    /** Where it begins on the device. */
    public long address() {
        return address;
    }

    public long bytes() {
        return bytes;
    }

    /** Frees it, after everything that was asked of the device has been done. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.makeCurrent();
            Status.checkRelease(
                    JCudaDriver.cuMemFree(new Handles.Device(address)),
                    "free " + bytes + " bytes on device " + context.ordinal());
        }
    }
}
