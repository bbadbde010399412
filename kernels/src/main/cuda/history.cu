// Keeps a step's rows in rings or pages, after everything has read what they overwrite. Reference: ReferencePast.put.
#include "history.cuh"

struct KeepParams {
    Batch batch;
    Rows x;
    History past;
};

// What a thread copies of a row: columns a block's threads apart, all read before the first is written.
enum { KEPT_COLUMNS = 4 };

// Grid: x rows, y groups of KEPT_COLUMNS columns a thread. Of a ring only the last rows that fit are written, each place once.
EDDY_KERNEL(keep, KeepParams) {
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        int t = row - entry.offset;
        bool last = p.past.pool != nullptr || entry.absorbed - t <= p.past.positions;
        if (t >= entry.absorbed || !last) {
            continue;
        }
        const float* x = row_of(p.x, row);
        float* kept = kept_row(p.batch, p.past, entry, entry.start + t);
        int first = blockIdx.y * blockDim.x * KEPT_COLUMNS + threadIdx.x;
        float held[KEPT_COLUMNS];
#pragma unroll
        for (int j = 0; j < KEPT_COLUMNS; j++) {
            int c = first + j * blockDim.x;
            held[j] = c < p.x.width ? x[c] : 0.0f;
        }
#pragma unroll
        for (int j = 0; j < KEPT_COLUMNS; j++) {
            int c = first + j * blockDim.x;
            if (c < p.x.width) {
                kept[c] = held[j];
            }
        }
    }
}
