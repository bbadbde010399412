package dev.eddy.kernels.cuda.driver;

import dev.eddy.kernels.backend.BackendException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import jcuda.driver.CUcontext;
import jcuda.driver.CUctx_flags;
import jcuda.driver.CUdevice;
import jcuda.driver.CUdevice_attribute;
import jcuda.driver.CUevent;
import jcuda.driver.CUevent_flags;
import jcuda.driver.CUmodule;
import jcuda.driver.CUstream_flags;
import jcuda.driver.JCudaDriver;
import org.jspecify.annotations.Nullable;

/**
 * An open device: its primary context. What comes from it must be closed before it. Any thread may
 * call; every call makes the context the calling thread's current one.
 */
public final class GpuContext implements AutoCloseable {
    /** The context that was made current last on each thread, so that most calls need not. */
    private static final ThreadLocal<@Nullable GpuContext> CURRENT = new ThreadLocal<>();

    /** Of the host's memory. */
    private static final long PAGE = 4096;

    private final int ordinal;
    private final CUdevice device;
    private final CUcontext context;
    private final String name;
    private boolean closed;

    private GpuContext(int ordinal, CUdevice device, CUcontext context) {
        this.ordinal = ordinal;
        this.device = device;
        this.context = context;
        this.name = name(device);
    }

    static GpuContext retain(int ordinal, CUdevice device) {
        CUcontext context = new CUcontext();
        String what = "open CUDA device " + ordinal;
        // Waiting threads sleep: a process has many more of them than cores to spin on.
        JCudaDriver.cuDevicePrimaryCtxSetFlags(device, CUctx_flags.CU_CTX_SCHED_BLOCKING_SYNC);
        Status.check(JCudaDriver.cuDevicePrimaryCtxRetain(context, device), what);
        return new GpuContext(ordinal, device, context);
    }

    private static String name(CUdevice device) {
        byte[] bytes = new byte[256];
        Status.check(
                JCudaDriver.cuDeviceGetName(bytes, bytes.length, device), "read a device's name");
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** The number by which the driver knows the device. */
    public int ordinal() {
        return ordinal;
    }

    /** The device's name, as {@code NVIDIA H200}. */
    public String name() {
        return name;
    }

    /** The compute capability, as 90 for 9.0. */
    public int computeCapability() {
        return 10 * attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MAJOR)
                + attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_COMPUTE_CAPABILITY_MINOR);
    }

    public int multiprocessors() {
        return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MULTIPROCESSOR_COUNT);
    }

    /** The multiprocessors' highest clock, in kHz. */
    public int clockKilohertz() {
        return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_CLOCK_RATE);
    }

    /** The memory's highest clock, in kHz. */
    public int memoryClockKilohertz() {
        return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MEMORY_CLOCK_RATE);
    }

    /** The most bytes of shared memory that one block may ask for. */
    public int sharedBytesPerBlock() {
        return attribute(CUdevice_attribute.CU_DEVICE_ATTRIBUTE_MAX_SHARED_MEMORY_PER_BLOCK_OPTIN);
    }

    private int attribute(int attribute) {
        int[] value = new int[1];
        Status.check(
                JCudaDriver.cuDeviceGetAttribute(value, attribute, device),
                "ask device " + ordinal + " for attribute " + attribute);
        return value[0];
    }

    /** Bytes of device memory that are free now. */
    public long freeBytes() {
        return memory()[0];
    }

    /** Bytes of device memory in all. */
    public long totalBytes() {
        return memory()[1];
    }

    private long[] memory() {
        makeCurrent();
        long[] free = new long[1];
        long[] total = new long[1];
        Status.check(
                JCudaDriver.cuMemGetInfo(free, total), "ask device " + ordinal + " for its memory");
        return new long[] {free[0], total[0]};
    }

    /**
     * Memory on the device, of undefined content, aligned to 256 bytes.
     *
     * @throws dev.eddy.kernels.backend.DeviceMemoryException if the device has not that much
     */
    public DeviceMemory allocate(long bytes) {
        makeCurrent();
        Handles.Device address = new Handles.Device();
        int code = JCudaDriver.cuMemAlloc(address, bytes);
        if (code != 0) {
            throw Status.failure(code, "allocate " + bytes + " bytes on device " + ordinal);
        }
        return new DeviceMemory(this, address.address(), bytes);
    }

    /**
     * Page-locked host memory, which the device reads and writes while the host does other work.
     *
     * @throws dev.eddy.kernels.backend.DeviceMemoryException if the system locks no more
     */
    public PinnedMemory pinned(long bytes) {
        makeCurrent();
        Handles.Host address = new Handles.Host();
        int code = JCudaDriver.cuMemHostAlloc(address, bytes, JCudaDriver.CU_MEMHOSTALLOC_PORTABLE);
        if (code != 0) {
            throw unlocked(code, bytes);
        }
        return PinnedMemory.allocated(this, address.address(), bytes);
    }

    /**
     * The same of memory that the system gives first, which takes by far the most of the time, and
     * which nobody else waits for: while the driver allocates what {@link #pinned} gives, no other
     * thread's call of it goes on, and here only while it locks the pages.
     *
     * @throws dev.eddy.kernels.backend.DeviceMemoryException if the system locks no more
     */
    @SuppressWarnings("MustBeClosedChecker") // the memory closes it
    public PinnedMemory pinnedApart(long bytes) {
        Arena arena = Arena.ofShared();
        // Whole pages, since what the driver has registered it registers no second time.
        long whole = Math.ceilDiv(bytes, PAGE) * PAGE;
        MemorySegment pages = arena.allocate(whole, PAGE);
        makeCurrent();
        int code =
                JCudaDriver.cuMemHostRegister(
                        new Handles.Host(pages.address()),
                        whole,
                        JCudaDriver.CU_MEMHOSTREGISTER_PORTABLE);
        if (code != 0) {
            arena.close();
            throw unlocked(code, bytes);
        }
        return PinnedMemory.registered(this, arena, pages.asSlice(0, bytes));
    }

    private static BackendException unlocked(int code, long bytes) {
        return Status.failure(
                code,
                "lock " + bytes + " bytes of host memory",
                "let what else runs on this machine take less, or fewer states rest outside their slots");
    }

    /** A stream that waits for no other, the legacy default stream included. */
    public GpuStream stream() {
        makeCurrent();
        Handles.Stream stream = new Handles.Stream();
        Status.check(
                JCudaDriver.cuStreamCreate(stream, CUstream_flags.CU_STREAM_NON_BLOCKING),
                "create a stream on device " + ordinal);
        return new GpuStream(this, stream);
    }

    /**
     * An event without a time: it costs less, and {@link GpuEvent#millisSince} needs timed ones.
     */
    public GpuEvent event() {
        return event(CUevent_flags.CU_EVENT_DISABLE_TIMING);
    }

    /** An event that keeps the time at which it happened. */
    public GpuEvent timedEvent() {
        return event(CUevent_flags.CU_EVENT_DEFAULT);
    }

    private GpuEvent event(int flags) {
        makeCurrent();
        CUevent event = new CUevent();
        Status.check(
                JCudaDriver.cuEventCreate(event, flags | CUevent_flags.CU_EVENT_BLOCKING_SYNC),
                "create an event on device " + ordinal);
        return new GpuEvent(this, event);
    }

    /**
     * Loads compiled kernels: a fat binary, a cubin, or PTX (which ends in a zero byte).
     *
     * @throws GpuException if nothing in the image runs on this device
     */
    public GpuModule load(byte[] image) {
        makeCurrent();
        CUmodule module = new CUmodule();
        Status.check(
                JCudaDriver.cuModuleLoadData(module, image),
                "load the kernels on "
                        + name
                        + " (compute capability "
                        + computeCapability()
                        + ")");
        return new GpuModule(this, module);
    }

    /** Waits until the device has done everything that was asked of it. */
    public void synchronize() {
        makeCurrent();
        Status.check(JCudaDriver.cuCtxSynchronize(), "wait for device " + ordinal);
    }

    void makeCurrent() {
        if (closed) {
            throw new IllegalStateException("device " + ordinal + " is closed");
        }
        if (CURRENT.get() != this) {
            Status.check(
                    JCudaDriver.cuCtxSetCurrent(context), "make device " + ordinal + " current");
            CURRENT.set(this);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            if (CURRENT.get() == this) {
                CURRENT.remove();
            }
            Status.checkRelease(
                    JCudaDriver.cuDevicePrimaryCtxRelease(device), "close device " + ordinal);
        }
    }
}
