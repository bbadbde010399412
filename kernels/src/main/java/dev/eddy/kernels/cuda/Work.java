package dev.eddy.kernels.cuda;

import dev.eddy.kernels.cuda.driver.GpuFunction;
import dev.eddy.kernels.cuda.driver.GpuStream;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One launch of a step: what a bucket of batch sizes makes of it. */
interface Work {
    /**
     * Adds it to a stream, with blocks for every batch of the bucket.
     *
     * @param overlaps as for {@link GpuStream#launch}
     */
    default void add(GpuStream stream, Bucket bucket, boolean overlaps) {
        Kernel kernel = kernel(bucket);
        if (kernel != null) {
            Grid g = kernel.grid().apply(bucket);
            stream.launch(
                    kernel.function(),
                    g.x(),
                    g.y(),
                    g.z(),
                    g.threads(),
                    kernel.sharedBytes(),
                    kernel.cluster(),
                    overlaps,
                    kernel.params());
        }
    }

    /** What it launches for a bucket; null for nothing. */
    @Nullable Kernel kernel(Bucket bucket);

    /** Blocks and threads of a launch; without blocks it is left out. */
    record Grid(int x, int y, int z, int threads) {
        /** Of an H100 or H200; figures of others lead to the same bits. */
        static final int MULTIPROCESSORS = 132;

        /** Blocks of rows that run at the same time, about: of an H100 or H200. */
        static final int MOST_AT_ONCE = 400;

        /** CUDA allows no more blocks along y. */
        static final int MOST_Y = 65_535;

        /** Blocks along x for each of any number of rows, along y and, beyond what fits, z. */
        static Grid ofRows(int x, int rows, int threads) {
            return new Grid(x, Math.min(rows, MOST_Y), Math.ceilDiv(rows, MOST_Y), threads);
        }

        /** Blocks for each of some rows, as many of {@code most} as all run at the same time. */
        static int parts(int rows, int most) {
            return Math.clamp(MOST_AT_ONCE / Math.max(1, rows), 1, most);
        }

        Grid(int x, int threads) {
            this(x, 1, 1, threads);
        }

        Grid(int x, int y, int threads) {
            this(x, y, 1, threads);
        }

        /** Blocks of {@code threads} that cover {@code count}. */
        static int cover(int count, int threads) {
            return Math.ceilDiv(count, threads);
        }

        /** Whole warps for {@code wanted} threads, at most {@code most}. */
        static int warps(int wanted, int most) {
            return Math.clamp(Math.ceilDiv(wanted, 32) * 32L, 32, most);
        }
    }

    /**
     * A kernel whose parameters are the same for every bucket.
     *
     * @param cluster blocks of a cluster, along z
     */
    record Kernel(
            GpuFunction function,
            int sharedBytes,
            int cluster,
            MemorySegment params,
            Function<Bucket, Grid> grid)
            implements Work {
        Kernel(
                GpuFunction function,
                int sharedBytes,
                MemorySegment params,
                Function<Bucket, Grid> grid) {
            this(function, sharedBytes, 1, params, grid);
        }

        @Override
        public @Nullable Kernel kernel(Bucket bucket) {
            Grid g = grid.apply(bucket);
            return g.x() > 0 && g.y() > 0 && g.z() > 0 ? this : null;
        }
    }

    /**
     * A launch of few blocks, which have much to do where entries have many elements: these then
     * come when all blocks before have left, so that multiprocessors and their schedulers get
     * equally many.
     */
    record Apart(Work work) implements Work {
        @Override
        public void add(GpuStream stream, Bucket bucket, boolean overlaps) {
            work.add(stream, bucket, overlaps && bucket.single());
        }

        @Override
        public @Nullable Kernel kernel(Bucket bucket) {
            return work.kernel(bucket);
        }
    }

    /** A launch in the variant that fits the bucket; null for none. */
    record Variant(Function<Bucket, @Nullable Work> choice) implements Work {
        @Override
        public @Nullable Kernel kernel(Bucket bucket) {
            Work chosen = choice.apply(bucket);
            return chosen == null ? null : chosen.kernel(bucket);
        }
    }
}
