package dev.eddy.kernels.backend;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** The device of backends that run on the processor: all of this machine, or of the container. */
public final class HostDevice {
    private HostDevice() {}

    /**
     * Describes it.
     *
     * @param backend the backend's name
     * @param how how the backend uses the processor, in words for the user
     */
    public static Device of(String backend, String how) {
        OperatingSystemMXBean system =
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        int cores = Runtime.getRuntime().availableProcessors();
        return new Device(
                backend,
                "%d %s of %s, %s"
                        .formatted(
                                cores,
                                cores == 1 ? "core" : "cores",
                                System.getProperty("os.arch"),
                                how),
                system.getTotalMemorySize(),
                system.getFreeMemorySize());
    }
}
