// Keeps a step's rows in rings or pages, after everything has read what they overwrite. Reference: ReferencePast.put.
#include "history.cuh"

struct Kept {
    Rows x;
    History past;
};

struct KeepParams {
    Batch batch;
    Kept kept[2];
};

// What a thread copies of a row: columns a block's threads apart, all read before the first is written.
enum { KEPT_COLUMNS = 4 };

// Grid: x rows, y groups of KEPT_COLUMNS columns a thread, z what is kept. Of a ring only the last rows that fit are written,
// each place once.
EDDY_KERNEL(keep, KeepParams) {
    const Rows& from = p.kept[blockIdx.z].x;
    const History& past = p.kept[blockIdx.z].past;
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        int t = row - entry.offset;
        bool last = past.pool != nullptr || entry.absorbed - t <= past.positions;
        if (t >= entry.absorbed || !last) {
            continue;
        }
        const float* x = row_of(from, row);
        float* kept = kept_row(p.batch, past, entry, entry.start + t);
        int first = blockIdx.y * blockDim.x * KEPT_COLUMNS + threadIdx.x;
        float held[KEPT_COLUMNS];
#pragma unroll
        for (int j = 0; j < KEPT_COLUMNS; j++) {
            int c = first + j * blockDim.x;
            held[j] = c < from.width ? x[c] : 0.0f;
        }
#pragma unroll
        for (int j = 0; j < KEPT_COLUMNS; j++) {
            int c = first + j * blockDim.x;
            if (c < from.width) {
                kept[c] = held[j];
            }
        }
    }
}
