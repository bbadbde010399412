package dev.eddy.kernels.cpu;

import dev.eddy.kernels.numerics.Lanes;
import dev.eddy.kernels.numerics.Rotation;

/** What one compute thread has for itself. */
final class Worker {
    /** Bytes at {@link #tiles}, the passes' among them. */
    static final long TILE_BYTES = VectorFunctions.WORK_BYTES + 4 * VectorFunctions.TILE_BYTES;

    private final int index;

    /** The lanes of a reduction, or what is left of them. */
    final float[] lanes = new float[Lanes.COUNT];

    /** A row as wide as the widest value: operands spread out. */
    final long row;

    /** A slice of a weight panel widened to floats, and what else its product needs. */
    final long panel;

    /** Working memory of a scan. */
    final long scan;

    /** What functions of several passes work in, {@link VectorFunctions#WORK_BYTES} bytes. */
    final long tiles;

    /** What a scan's passes work in, four tiles. */
    final long passes;

    /** The angle of a pair of columns. */
    final Rotation rotation = new Rotation();

    /** The query that attends. */
    final AttentionKernels attention = new AttentionKernels();

    /** Working memory of the sampler. */
    final SamplerScratch sampler;

    Worker(int index, long row, long panel, long scan, long tiles, SamplerScratch sampler) {
        this.index = index;
        this.row = row;
        this.panel = panel;
        this.scan = scan;
        this.tiles = tiles;
        passes = tiles + VectorFunctions.WORK_BYTES;
        this.sampler = sampler;
    }

    int index() {
        return index;
    }
}
