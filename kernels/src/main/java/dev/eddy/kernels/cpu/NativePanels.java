package dev.eddy.kernels.cpu;

import dev.eddy.kernels.tensor.MatrixType;

/** Panels that a variant of the C library multiplies. */
final class NativePanels extends Panels {
    private final NativeKernels kernels;
    private final MatrixType type;
    private final long address;
    private final int k;
    private final long panelBytes;

    NativePanels(NativeKernels kernels, MatrixType type, long address, int k, long panelBytes) {
        this.kernels = kernels;
        this.type = type;
        this.address = address;
        this.k = k;
        this.panelBytes = panelBytes;
    }

    @Override
    double cost(int rows) {
        return Math.max(kernels.nanoseconds(type) * rows * COLUMNS * k, READ * panelBytes);
    }

    @Override
    void multiply(PackedRows x, int rows, Place out, Worker worker, int from, int to) {
        if (rows > 0) {
            kernels.multiply(
                    type,
                    x.address(),
                    rows,
                    k,
                    address + from * panelBytes,
                    panelBytes,
                    to - from,
                    out.at(0, from * COLUMNS),
                    out.stride());
        }
    }
}
