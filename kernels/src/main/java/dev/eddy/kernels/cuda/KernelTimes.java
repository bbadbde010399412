package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.Gpu;
import dev.eddy.kernels.cuda.driver.GpuContext;
import dev.eddy.kernels.cuda.driver.GpuEvent;
import dev.eddy.kernels.cuda.driver.GpuGraph;
import dev.eddy.kernels.cuda.driver.GpuStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What each kernel takes of a step: all its launches in their order, and no others, are recorded
 * and timed by device events. The sum over kernels is not the step's time, in which neighbours of
 * different kinds overlap. It leaves the states of the step's slots meaningless.
 */
final class KernelTimes {
    private static final int TRIALS = 5;

    private final GpuContext context;
    private final GpuStream stream;
    private final Bucket bucket;
    private final boolean overlaps;
    private final List<Work> works;

    /**
     * @param works the launches of a step of the bucket, whose input is on the device
     */
    KernelTimes(
            GpuContext context,
            GpuStream stream,
            Bucket bucket,
            boolean overlaps,
            List<Work> works) {
        this.context = context;
        this.stream = stream;
        this.bucket = bucket;
        this.overlaps = overlaps;
        this.works = works;
    }

    /** A table of kernels: launches, microseconds of all and of one. */
    String table() {
        Map<String, List<Work>> kernels = new LinkedHashMap<>();
        kernels.put("all", works);
        for (Work work : works.subList(1, works.size())) { // the first, by itself, ends entries
            Work.Kernel kernel = work.kernel(bucket);
            if (kernel != null) {
                kernels.computeIfAbsent(kernel.function().name(), _ -> new ArrayList<>()).add(work);
            }
        }
        StringBuilder table = new StringBuilder("launches  us of all  us of one  kernel\n");
        kernels.forEach((name, of) -> {
            double micros = 1000 * millis(of);
            table.append(
                    String.format(
                            Locale.ROOT,
                            "%8d %10.1f %10.2f  %s%n",
                            of.size(),
                            micros,
                            micros / of.size(),
                            name));
        });
        return table.toString();
    }

    /**
     * Microseconds of one launch of the kernels whose names begin so: the median of graphs that
     * launch all of them, once or as often as makes {@code least} launches, one after the other.
     */
    double micros(String prefix, int least) {
        List<Work> of = new ArrayList<>();
        for (Work work : works) {
            Work.Kernel kernel = work.kernel(bucket);
            if (kernel != null && kernel.function().name().startsWith(prefix)) {
                of.add(work);
            }
        }
        int repeats = Math.ceilDiv(Gpu.emulated() ? 1 : least, of.size());
        List<Work> all = new ArrayList<>();
        for (int i = 0; i < repeats; i++) {
            all.addAll(of);
        }
        try (GpuGraph graph = recorded(all)) {
            return 1000
                    * new DeviceTimer(context, stream).millis(() -> graph.launch(stream))
                    / all.size();
        }
    }

    private GpuGraph recorded(List<Work> launches) {
        return stream.graphOf(() -> {
            for (int i = 0; i < launches.size(); i++) {
                launches.get(i).add(stream, bucket, overlaps && i > 0);
            }
        });
    }

    private double millis(List<Work> launches) {
        double least = Double.MAX_VALUE;
        try (GpuGraph graph = recorded(launches);
                GpuEvent begin = context.timedEvent();
                GpuEvent end = context.timedEvent()) {
            for (int trial = 0; trial < TRIALS; trial++) {
                stream.record(begin);
                graph.launch(stream);
                stream.record(end);
                end.synchronize();
                least = Math.min(least, end.millisSince(begin));
            }
        }
        return least;
    }
}
