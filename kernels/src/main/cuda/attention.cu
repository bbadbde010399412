// Causal softmax attention over a ring or pages, and rotary embedding. A block has a query's head and walks the keys in
// blocks of 256 aligned to absolute position, a thread a key, then a thread a column. Reference: ReferenceAttention,
// ReferenceRows.rotate.
#include "functions.cuh"
#include "history.cuh"
#include "trigonometry.cuh"

enum { KEY_BLOCK = 256 };

struct AttentionParams {
    Batch batch;
    Rows q;
    Rows k;
    Rows v;
    Rows out;
    History keys;
    History values;
    int heads;
    int groups;
    float scale;
    float cap;
    int window;
    int unused;
};

EDDY_DEVICE float attention_score(const AttentionParams& p, const float* q, const float* key, int width) {
    float dot = 0.0f;
    for (int i = 0; i < width; i++) {
        dot = fmaf(q[i], key[i], dot);
    }
    float score = dot * p.scale;
    return p.cap > 0.0f ? p.cap * eddy_tanh(score / p.cap) : score;
}

EDDY_DEVICE void attend(const AttentionParams& p, const Entry& entry, int row, int head, float* scores) {
    int width = p.q.width / p.heads;
    int columns = p.v.width / p.groups;
    int group = head * p.groups / p.heads;
    const float* q = row_of(p.q, row) + head * width;
    float* out = row_of(p.out, row) + head * columns;
    long long position = entry.start + row - entry.offset;
    float largest = negative_infinity();
    float total = 0.0f;
    long long from = position - p.window + 1 < 0 ? 0 : position - p.window + 1;
    bool first = true;
    while (from <= position) {
        long long end = (from / KEY_BLOCK + 1) * KEY_BLOCK;
        end = end < position + 1 ? end : position + 1;
        int count = (int)(end - from);
        for (int i = threadIdx.x; i < count; i += blockDim.x) {
            scores[i] = attention_score(
                    p, q, past_row(p.batch, p.keys, entry, p.k, from + i) + group * width, width);
        }
        __syncthreads();
        float top = negative_infinity();
        for (int i = 0; i < count; i++) {
            top = eddy_max(scores[i], top);
        }
        __syncthreads();
        for (int i = threadIdx.x; i < count; i += blockDim.x) {
            scores[i] = eddy_exp(scores[i] - top);
        }
        __syncthreads();
        float sum = 0.0f;
        for (int i = 0; i < count; i++) {
            sum += scores[i];
        }
        float next = eddy_max(largest, top);
        float past = eddy_exp(largest - next);
        float now = eddy_exp(top - next);
        total = fmaf(total, past, sum * now);
        for (int j = threadIdx.x; j < columns; j += blockDim.x) {
            float weighted = 0.0f;
            for (int i = 0; i < count; i++) {
                const float* value = past_row(p.batch, p.values, entry, p.v, from + i) + group * columns;
                weighted = fmaf(scores[i], value[j], weighted);
            }
            float held = first ? 0.0f : out[j];
            out[j] = fmaf(held, past, weighted * now);
        }
        __syncthreads();
        largest = next;
        from = end;
        first = false;
    }
    for (int j = threadIdx.x; j < columns; j += blockDim.x) {
        out[j] /= total;
    }
}

// Grid: x rows, y heads. The step's own keys and values are kept afterwards.
EDDY_KERNEL(attention, AttentionParams) {
    EDDY_SHARED(float, scores, KEY_BLOCK);
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        if (row - entry.offset < entry.absorbed) {
            attend(p, entry, row, blockIdx.y, scores);
        }
    }
}

struct RotateParams {
    Batch batch;
    Rows x;
    Rows out;
    const float* frequencies;
    int pairs;
    int heads;
    float magnitude;
    int interleaved;
};

// Grid: x rows.
EDDY_KERNEL(rotate, RotateParams) {
    int head = p.out.width / p.heads;
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        const float* x = row_of(p.x, row);
        float* out = row_of(p.out, row);
        for (int f = threadIdx.x; f < p.pairs; f += blockDim.x) {
            double angle = (double)(entry.start + row - entry.offset) * (double)p.frequencies[f];
            double sine;
            double cosine;
            sine_cosine(angle, &sine, &cosine);
            float s = (float)sine * p.magnitude;
            float c = (float)cosine * p.magnitude;
            for (int h = 0; h < p.heads; h++) {
                int i = h * head + (p.interleaved ? 2 * f : f);
                int j = h * head + (p.interleaved ? 2 * f + 1 : f + p.pairs);
                out[i] = fmaf(x[i], c, -(x[j] * s));
                out[j] = fmaf(x[i], s, x[j] * c);
            }
        }
        for (int c = threadIdx.x; c < p.out.width; c += blockDim.x) {
            if (c % head >= 2 * p.pairs) {
                out[c] = x[c];
            }
        }
    }
}
