package dev.eddy.kernels.cuda.driver;

import java.util.Optional;
import jcuda.driver.CUdevice;
import jcuda.driver.JCudaDriver;

/** The CUDA devices of this machine, as its driver counts them. Thread-safe. */
public final class Gpu {
    private Gpu() {}

    /** Why no device can be used, in words for the user; empty where {@link #count} is positive. */
    public static Optional<String> unavailable() {
        return DriverLibrary.instance().unavailable();
    }

    /** How many devices there are; 0 where the driver is {@link #unavailable}. */
    public static int count() {
        return DriverLibrary.instance().devices();
    }

    /** Whether the driver is the emulated one that comes with Eddy's sources. */
    public static boolean emulated() {
        return DriverLibrary.instance().emulated();
    }

    /** The CUDA version that the driver supports, as 12060 for 12.6; 0 where there is none. */
    public static int driverVersion() {
        return DriverLibrary.instance().version();
    }

    /** What the management library says of a device; empty where it cannot be asked. */
    public static Optional<Nvml> management(int ordinal) {
        CUdevice device = new CUdevice();
        String[] busId = new String[1];
        boolean known =
                JCudaDriver.cuDeviceGet(device, ordinal) == 0
                        && JCudaDriver.cuDeviceGetPCIBusId(busId, 64, device) == 0;
        return known ? Nvml.open(busId[0]) : Optional.empty();
    }

    /**
     * Opens a device: its primary context, shared with whoever else opens it in this process.
     *
     * @throws GpuException if there is no such device or the driver refuses it
     */
    public static GpuContext open(int ordinal) {
        unavailable()
                .ifPresent(reason -> {
                    throw new GpuException(0, "cannot open CUDA device " + ordinal + ": " + reason);
                });
        if (ordinal < 0 || ordinal >= count()) {
            throw new GpuException(
                    0,
                    "there is no CUDA device "
                            + ordinal
                            + "; this machine has "
                            + (count() == 1 ? "only device 0" : "devices 0 to " + (count() - 1)));
        }
        CUdevice device = new CUdevice();
        Status.check(JCudaDriver.cuDeviceGet(device, ordinal), "find CUDA device " + ordinal);
        return GpuContext.retain(ordinal, device);
    }
}
