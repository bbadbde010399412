// Keeps a step's rows in rings or pages, after everything has read what they overwrite. Reference: ReferencePast.put.
#include "history.cuh"

struct KeepParams {
    Batch batch;
    Rows x;
    History past;
};

// Grid: x rows. Of a ring only the last rows that fit are written, each place once.
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
        for (int c = threadIdx.x; c < p.x.width; c += blockDim.x) {
            kept[c] = x[c];
        }
    }
}
