// Causal softmax attention over a ring or pages, and rotary embedding. A block has a query's head and walks the keys in
// blocks of 256 aligned to absolute position: parts of their rows come into shared memory ahead of their use, a thread adds
// up a key's product, then a column's weighted values. Where there are few rows, the blocks of a cluster take key blocks at
// the same time, and the first adds up what they found, in order. Entries of many rows have attention_many.cu. Reference:
// ReferenceAttention, ReferenceRows.rotate.
//
// Versions, StripedHyena-7B in a step on an H200 at some hundred positions, µs a launch at 1 / 64 sessions:
//   rows read where they lie, a thread a row    245 / 752
//   through shared memory, clusters              24 / 265
#include "attention.cuh"
#include "cluster.cuh"
#include "trigonometry.cuh"

enum { BLOCKS = 3 };  // of a multiprocessor that find room

// Shared memory of a block (dev.eddy.kernels.cuda.AttentionLaunches has the same sizes).
struct AttentionShared {
    float* tiles;    // [TILES][TILE]
    float* weights;  // [KEY_BLOCK]
    float* warps;    // [THREADS / 32], a number of each
    float* found;    // of a key block: [columns], to a multiple of four, then its largest score and sum of weights
    float* sums;     // [columns], of all key blocks so far
    float* q;        // [width]
    int columns;     // padded

    EDDY_DEVICE AttentionShared(float* at, int real)
        : tiles(at), weights(tiles + TILES * TILE), warps(weights + KEY_BLOCK), found(warps + THREADS / 32) {
        columns = (real + 3) & ~3;
        sums = found + columns + 4;
        q = sums + columns;
    }
};

// The calling thread's key's product with the query, with `width` columns more.
EDDY_DEVICE float key_product(float dot, const float* q, const float* tile, const KeyTile& keys, int key, int width) {
#pragma unroll 1
    for (int c = 0; c < width; c += 32) {
        if (width - c >= 32) {
#pragma unroll
            for (int i = 0; i < 8; i++) {
                float4 a = *(const float4*)(q + c + i * 4);
                float4 b = *(const float4*)(tile + c + keys.place(key, i));
                dot = fmaf(a.w, b.w, fmaf(a.z, b.z, fmaf(a.y, b.y, fmaf(a.x, b.x, dot))));
            }
        } else {
#pragma unroll 1
            for (int i = c; i < width; i++) {
                dot = fmaf(q[i], tile[keys.place(key, i / 4) + i % 4], dot);
            }
        }
    }
    return dot;
}

// Sums over a block's keys: of the calling thread's column of values, and of the weights themselves.
struct Weighted {
    float value;
    float weight;

    // `count` keys more, a multiple of four but at the end.
    EDDY_DEVICE void add(const float* weights, const float* values, int stride, int count) {
        int i = 0;
#pragma unroll 4
        for (; i + 4 <= count; i += 4, values += 4 * stride) {
            float4 w = *(const float4*)(weights + i);
            add(w.x, values[0]);
            add(w.y, values[stride]);
            add(w.z, values[2 * stride]);
            add(w.w, values[3 * stride]);
        }
#pragma unroll 1
        for (; i < count; i++, values += stride) {
            add(weights[i], values[0]);
        }
    }

    EDDY_DEVICE void add(float w, float x) {
        value = fmaf(w, x, value);
        weight += w;
    }
};

// The largest of all threads' numbers, which no order changes; `scratch` has a place for each warp.
EDDY_DEVICE float block_max(float x, float* scratch) {
    x = lane_max(x, WARP_TEAM);
    if (threadIdx.x % 32 == 0) {
        scratch[threadIdx.x / 32] = x;
    }
    __syncthreads();
    for (int i = 0; i < (int)blockDim.x / 32; i++) {
        x = eddy_max(scratch[i], x);
    }
    __syncthreads();
    return x;
}

// Weights from the scores in their places, of which every thread has written its own.
EDDY_DEVICE void weigh(const AttentionShared& s, int count) {
    float top = negative_infinity();
    for (int i = threadIdx.x; i < count; i += blockDim.x) {
        top = eddy_max(s.weights[i], top);
    }
    top = block_max(top, s.warps);
    for (int i = threadIdx.x; i < count; i += blockDim.x) {
        s.weights[i] = eddy_exp(s.weights[i] - top);
    }
    if (threadIdx.x == 0) {
        s.found[s.columns] = top;
    }
}

// What a block of keys gives: into s.found.
EDDY_DEVICE void attend_block(const Task& task, const AttentionShared& s, Feed& feed, int count) {
    int width = task.width;
    int columns = task.columns;
    int me = threadIdx.x;
    bool of_keys = true;
    int row = 0;
    int column = 0;
    float dot = 0.0f;
    Weighted sums = {0.0f, 0.0f};
#pragma unroll 1
    while (column < columns || of_keys) {
        const float* tile = feed.next();
        if (of_keys) {
            KeyTile keys(count - row, width);
            if (me < keys.rows) {
                dot = key_product(dot, s.q + column, tile, keys, me, min(keys.stride, width - column));
            }
            column += keys.stride;
            if (column >= width) {
                if (me < keys.rows) {
                    s.weights[row + me] = score_of(task.p, dot);
                }
                dot = 0.0f;
                column = 0;
                row += keys.rows;
            }
            if (row >= count) {
                weigh(s, count);
                of_keys = false;
                row = 0;
            }
        } else {
            ValueTile values(columns - column);
            if (me < values.width) {
                sums.add(s.weights + row, tile + me, values.stride, min(values.rows, count - row));
            }
            row += values.rows;
            if (row >= count) {
                if (me < values.width) {
                    s.found[column + me] = sums.value;
                }
                if (me == 0) {
                    s.found[s.columns + 1] = sums.weight;
                }
                sums = {0.0f, 0.0f};
                row = 0;
                column += values.width;
            }
        }
        feed.done();
    }
}

EDDY_DEVICE void attend(const Task& task, const AttentionShared& s, Feed& feed, int row) {
    const AttentionParams& p = task.p;
    int columns = task.columns;
    const float* q = row_of(p.q, row) + task.head * task.width;
    for (int i = threadIdx.x; i < task.width; i += blockDim.x) {
        s.q[i] = q[i];
    }
    for (int j = threadIdx.x; j < s.columns; j += blockDim.x) {
        s.sums[j] = 0.0f;
    }
    float largest = negative_infinity();
    float total = 0.0f;
#pragma unroll 1
    for (int block = task.first_block; block <= task.last_block; block += gridDim.z) {
        int mine = block + (int)blockIdx.z;
        if (mine <= task.last_block) {
            attend_block(task, s, feed, KeySpan(task, mine).count);
        }
        team_sync();
        int found = min((int)gridDim.z, task.last_block - block + 1);
#pragma unroll 1
        for (int rank = 0; blockIdx.z == 0 && rank < found; rank++) {
            float4 both = cluster_read((const float4*)(s.found + s.columns), rank);
            float next = eddy_max(largest, both.x);
            float past = eddy_exp(largest - next);
            float now = eddy_exp(both.x - next);
            total = fmaf(total, past, both.y * now);
            for (int j = threadIdx.x * 4; j < s.columns; j += blockDim.x * 4) {
                float4 more = cluster_read((const float4*)(s.found + j), rank);
                float4 held = *(float4*)(s.sums + j);
                *(float4*)(s.sums + j) = make_float4(fmaf(held.x, past, more.x * now), fmaf(held.y, past, more.y * now),
                                                     fmaf(held.z, past, more.z * now), fmaf(held.w, past, more.w * now));
            }
            largest = next;
        }
        team_sync();
    }
    float* out = row_of(p.out, row) + task.head * columns;
    for (int j = threadIdx.x; blockIdx.z == 0 && j < columns; j += blockDim.x) {
        out[j] = s.sums[j] / total;
    }
}

// Grid: x heads, whose keys lie side by side, y rows, z blocks of a cluster. Block: whole warps, as many threads as a key
// block has keys in the window or a head columns, THREADS at most. The step's own keys and values are kept afterwards.
EDDY_KERNEL_AHEAD(attention, AttentionParams, __launch_bounds__(THREADS, BLOCKS)) {
    grid_release();
    EDDY_DYNAMIC_SHARED(float, shared);
    AttentionShared s(shared, p.v.width / p.groups);
    for (int row = blockIdx.y; row < p.batch.counts->rows; row += gridDim.y) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        Task task(p, entry, row, (int)blockIdx.x);
        Feed feed(task, s.tiles);
        // Past the first-level cache, which may have it as it was before the wait.
        if (row - entry.offset < *(const volatile int*)&entry.absorbed) {
            attend(task, s, feed, row);
        }
        copies_wait();
        __syncthreads();
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

// Grid: x rows, y parts of the heads. A thread turns one pair of some heads.
EDDY_KERNEL(rotate, RotateParams) {
    int head = p.out.width / p.heads;
    int turns = max(1, (int)blockDim.x / max(1, p.pairs));
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        const float* x = row_of(p.x, row);
        float* out = row_of(p.out, row);
        for (int i = threadIdx.x; i < p.pairs * turns; i += blockDim.x) {
            int f = i % p.pairs;
            double angle = (double)(entry.start + row - entry.offset) * (double)p.frequencies[f];
            double sine;
            double cosine;
            sine_cosine(angle, &sine, &cosine);
            float s = (float)sine * p.magnitude;
            float c = (float)cosine * p.magnitude;
            for (int h = i / p.pairs + turns * blockIdx.y; h < p.heads; h += turns * gridDim.y) {
                int a = h * head + (p.interleaved ? 2 * f : f);
                int b = h * head + (p.interleaved ? 2 * f + 1 : f + p.pairs);
                float one = x[a];
                float other = x[b];
                out[a] = fmaf(one, c, -(other * s));
                out[b] = fmaf(one, s, other * c);
            }
        }
        int end = 2 * p.pairs < head ? p.out.width : 0;
        for (int c = blockIdx.y * blockDim.x + threadIdx.x; c < end; c += gridDim.y * blockDim.x) {
            if (c % head >= 2 * p.pairs) {
                out[c] = x[c];
            }
        }
    }
}
