package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.Work.Grid;
import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.program.State;
import dev.eddy.kernels.program.Value;
import dev.eddy.kernels.tensor.DType;
import java.util.stream.Stream;

/** What the launches of several operators share: kernels, parameters, and grids over channels. */
record LaunchParts(Layout layout, Kernels kernels) {
    static final int CHANNEL_THREADS = 128;

    /** element_groups.cuh: rows of a block. */
    static final int GROUP_ELEMENTS = 8;

    GpuFunction kernel(String file, String name) {
        return kernels.of(file, name);
    }

    /** The variant of a kernel for a state's type. */
    String typed(String name, State state) {
        return name + (dtype(state) == DType.BF16 ? "_bf16" : "_f32");
    }

    DType dtype(State state) {
        return layout.stateLayout().fields().get(state.id()).dtype();
    }

    Params of(Value... values) {
        Params params = layout.batch();
        for (Value value : values) {
            params.rows(layout.of(value));
        }
        return params;
    }

    /** Whether kernels may read rows of all of these sixteen bytes at a time. */
    boolean inFours(Value... values) {
        return Stream.of(values).map(layout::of).allMatch(Place::inFours);
    }

    /** A thread for each channel of each entry. */
    Work channels(String file, String name, Params params, int channels) {
        int threads = Grid.warps(channels, CHANNEL_THREADS);
        return new Work.Apart(
                new Work.Kernel(
                        kernel(file, name),
                        0,
                        params.segment(),
                        b -> new Grid(Grid.cover(channels, threads), b.entries(), threads)));
    }

    /** A thread for each channel of some neighbouring rows, of one alone where each is an entry. */
    Work groups(String file, String name, Params params, int channels) {
        int threads = Grid.warps(channels, CHANNEL_THREADS);
        return new Work.Kernel(
                kernel(file, name),
                0,
                params.segment(),
                b ->
                        new Grid(
                                Grid.cover(channels, threads),
                                b.single() ? b.rows() : Grid.cover(b.rows(), GROUP_ELEMENTS),
                                threads));
    }
}
