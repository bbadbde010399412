package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.GpuStream;
import java.util.Arrays;

/** Times work on a device by its own events. */
final class DeviceTimer {
    private static final int TRIALS = 15;

    /** As long an idle device takes at most to reach its clocks. */
    private static final long WARM_UP_NANOS = 100_000_000L;

    private final GpuContext context;
    private final GpuStream stream;

    DeviceTimer(GpuContext context, GpuStream stream) {
        this.context = context;
        this.stream = stream;
    }

    /** Work to be timed. */
    interface Timed {
        /** Adds it to the stream. */
        void add();
    }

    /** The median of several times, in milliseconds, after the work has run for a while. */
    double millis(Timed work) {
        return millis(() -> {}, work);
    }

    /**
     * The same.
     *
     * @param before is done each time before what is timed
     */
    double millis(Timed before, Timed work) {
        double[] millis = new double[TRIALS];
        try (GpuEvent begin = context.timedEvent();
                GpuEvent end = context.timedEvent()) {
            long start = System.nanoTime();
            do {
                once(before, work, begin, end);
            } while (!Gpu.emulated() && System.nanoTime() - start < WARM_UP_NANOS);
            for (int trial = 0; trial < TRIALS; trial++) {
                millis[trial] = once(before, work, begin, end);
            }
        }
        Arrays.sort(millis);
        return millis[TRIALS / 2];
    }

    private double once(Timed before, Timed work, GpuEvent begin, GpuEvent end) {
        before.add();
        stream.record(begin);
        work.add();
        stream.record(end);
        end.synchronize();
        return end.millisSince(begin);
    }
}
