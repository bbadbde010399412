package dev.eddy.kernels.cuda.driver;

import jcuda.driver.CUevent;
import jcuda.driver.CUresult;
import jcuda.driver.JCudaDriver;

/** A point in a stream's work. One that was never recorded counts as done. */
public final class GpuEvent implements AutoCloseable {
    private final GpuContext context;
    private final CUevent event;
    private boolean closed;

    GpuEvent(GpuContext context, CUevent event) {
        this.context = context;
        this.event = event;
    }

    CUevent handle() {
        return event;
    }

    /** Whether the stream has passed it; reports what went wrong before it, too. */
    public boolean isDone() {
        context.makeCurrent();
        int code = JCudaDriver.cuEventQuery(event);
        if (code == CUresult.CUDA_ERROR_NOT_READY) {
            return false;
        }
        Status.check(code, "ask device " + context.ordinal() + " how far it is");
        return true;
    }

    /** Waits until the stream has passed it. */
    public void synchronize() {
        context.makeCurrent();
        Status.check(JCudaDriver.cuEventSynchronize(event), "wait for device " + context.ordinal());
    }

    /**
     * Milliseconds of the device's clock from another event to this one; both are timed and done.
     */
    public float millisSince(GpuEvent earlier) {
        context.makeCurrent();
        float[] millis = new float[1];
        Status.check(
                JCudaDriver.cuEventElapsedTime(millis, earlier.event, event),
                "measure the time between two events");
        return millis[0];
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            context.makeCurrent();
            Status.checkRelease(JCudaDriver.cuEventDestroy(event), "destroy an event");
        }
    }
}
