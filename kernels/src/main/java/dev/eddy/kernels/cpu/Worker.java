package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Lanes;

/** What one compute thread has for itself. */
final class Worker {
    private final int index;

    /** The sixteen lanes of a reduction. */
    final float[] lanes = new float[Lanes.COUNT];

    /** A row as wide as the widest value: operands spread out. */
    final long row;

    /** A slice of a weight panel widened to floats, and what else its product needs. */
    final long panel;

    /** Working memory of a scan. */
    final long scan;

    /** The query that attends. */
    final AttentionKernels attention = new AttentionKernels();

    /** Working memory of the sampler. */
    final SamplerScratch sampler;

    /** Keeps words alive that are only read to have them in the cache. */
    int touched;

    Worker(int index, long row, long panel, long scan, SamplerScratch sampler) {
        this.index = index;
        this.row = row;
        this.panel = panel;
        this.scan = scan;
        this.sampler = sampler;
    }

    int index() {
        return index;
    }
}
