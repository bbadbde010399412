package dev.eddy.kernels.cuda;

import dev.eddy.kernels.backend.Meter;
import dev.eddy.kernels.cuda.driver.Nvml;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The meter of a CUDA device. */
final class CudaMeter implements Meter {
    /** What can hold clocks down while a device works, by nvmlClocksThrottleReason of nvml.h. */
    private enum Reason {
        SET_CLOCKS(0x2),
        POWER(0x4),
        HARDWARE(0x8),
        SYNC_BOOST(0x10),
        HEAT(0x20 | 0x40),
        POWER_BRAKE(0x80),
        DISPLAY(0x100);

        private final long bits;

        Reason(long bits) {
            this.bits = bits;
        }

        private String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    private final Nvml nvml;

    CudaMeter(Nvml nvml) {
        this.nvml = nvml;
    }

    @Override
    public Reading read() {
        return new Reading(
                nvml.multiprocessorMegahertz(), nvml.milliwatts() / 1000.0, held(nvml.reasons()));
    }

    private static List<String> held(long reasons) {
        return Arrays.stream(Reason.values())
                .filter(reason -> (reasons & reason.bits) != 0)
                .map(Reason::words)
                .toList();
    }

    @Override
    public void close() {
        nvml.close();
    }
}
