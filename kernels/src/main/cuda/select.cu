// Keeps the rows whose output is wanted, and each entry's last row in its slot's carry. Reference: ReferenceScans.select.
#include "batch.cuh"

struct SelectParams {
    Batch batch;
    Rows x;
    Rows out;
    long long carry;  // bytes from the start of a slot
};

// Grid: x entries. A block reads its slot's carry before it writes it.
EDDY_KERNEL(select_rows, SelectParams) {
    int e = blockIdx.x;
    if (e >= p.batch.counts->entries) {
        return;
    }
    const Entry& entry = p.batch.entries[e];
    float* carry = (float*)state_of(p.batch, entry.slot, p.carry);
    for (int s = entry.first_selected; s <= entry.sampling_row; s++) {
        int source = p.batch.selected[s].row;
        const float* x = source < 0 ? carry : row_of(p.x, source);
        float* out = row_of(p.out, s);
        for (int c = threadIdx.x; c < p.x.width; c += blockDim.x) {
            out[c] = x[c];
        }
    }
    __syncthreads();
    if (entry.absorbed > 0) {
        const float* last = row_of(p.x, entry.offset + entry.absorbed - 1);
        for (int c = threadIdx.x; c < p.x.width; c += blockDim.x) {
            carry[c] = last[c];
        }
    }
}
