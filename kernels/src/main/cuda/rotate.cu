// Rotary embedding, of one value or of two. Reference: ReferenceRows.rotate.
#include "batch.cuh"
#include "trigonometry.cuh"

struct Turned {
    Rows x;
    Rows out;
    const float* frequencies;
    int pairs;
    int heads;
    float magnitude;
    int interleaved;
};

struct RotateParams {
    Batch batch;
    Turned turned[2];
};

// Grid: x rows, y parts of the heads, z which is turned. A thread turns one pair of some heads.
EDDY_KERNEL(rotate, RotateParams) {
    const Turned& t = p.turned[blockIdx.z];
    int head = t.out.width / t.heads;
    int turns = max(1, (int)blockDim.x / max(1, t.pairs));
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        const float* x = row_of(t.x, row);
        float* out = row_of(t.out, row);
        for (int i = threadIdx.x; i < t.pairs * turns; i += blockDim.x) {
            int f = i % t.pairs;
            double angle = (double)(entry.start + row - entry.offset) * (double)t.frequencies[f];
            double sine;
            double cosine;
            sine_cosine(angle, &sine, &cosine);
            float s = (float)sine * t.magnitude;
            float c = (float)cosine * t.magnitude;
            for (int h = i / t.pairs + turns * blockIdx.y; h < t.heads; h += turns * gridDim.y) {
                int a = h * head + (t.interleaved ? 2 * f : f);
                int b = h * head + (t.interleaved ? 2 * f + 1 : f + t.pairs);
                float one = x[a];
                float other = x[b];
                out[a] = fmaf(one, c, -(other * s));
                out[b] = fmaf(one, s, other * c);
            }
        }
        int end = 2 * t.pairs < head ? t.out.width : 0;
        for (int c = blockIdx.y * blockDim.x + threadIdx.x; c < end; c += gridDim.y * blockDim.x) {
            if (c % head >= 2 * t.pairs) {
                out[c] = x[c];
            }
        }
    }
}
