// Causal softmax attention over a ring or pages, and rotary embedding. A block has a query's head and walks the keys in
// blocks of 256 aligned to absolute position: parts of their rows come into shared memory in turns, a thread adds up a
// key's product, then a column's weighted values. Where there are few rows, the blocks of a cluster take key blocks at the
// same time, and the first adds up what they found, in order. Reference: ReferenceAttention, ReferenceRows.rotate.
//
// Versions, StripedHyena-7B in a step on an H200 at some hundred positions, µs a launch at 1 / 64 sessions:
//   rows read where they lie, a thread a row    245 / 752
//   through shared memory, clusters              24 / 265
#include "cluster.cuh"
#include "functions.cuh"
#include "history.cuh"
#include "trigonometry.cuh"

// What comes into one of two tiles at a time: TILE_WIDTH columns of a block's keys (KEY_STRIDE against conflicts of banks),
// or as many rows of at most MOST_COLUMNS columns of values as find room.
enum { KEY_BLOCK = 256, TILE_WIDTH = 32, KEY_STRIDE = 36, TILE = KEY_BLOCK * KEY_STRIDE, MOST_COLUMNS = 256 };

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

// Shared memory of a block (dev.eddy.kernels.cuda.Assembler has the same sizes).
struct AttentionShared {
    const float** keys;    // [KEY_BLOCK], rows of the block's keys
    const float** values;  // [KEY_BLOCK]
    float* tiles;          // [2][TILE]
    float* weights;        // [KEY_BLOCK]
    float* found;          // of a key block: [columns], to a multiple of four, then its largest score and sum of weights
    float* sums;           // [columns], of all key blocks so far
    float* q;              // [width]
    int columns;           // padded

    EDDY_DEVICE AttentionShared(char* at, int real)
        : keys((const float**)at),
          values(keys + KEY_BLOCK),
          tiles((float*)(values + KEY_BLOCK)),
          weights(tiles + 2 * TILE),
          found(weights + KEY_BLOCK),
          columns((real + 3) & ~3) {
        sums = found + columns + 4;
        q = sums + columns;
    }
};

// Begins to bring columns of rows into a tile, in which they are `stride` apart.
EDDY_DEVICE void stage(float* tile, int stride, const float* const* rows, int count, int from, int width) {
    int pieces = (width + 3) / 4;
    for (int i = threadIdx.x; i < count * pieces; i += blockDim.x) {
        int row = i / pieces;
        int c = i % pieces * 4;
        const float* at = rows[row] + from + c;
        float* to = tile + row * stride + c;
        if (c + 4 <= width && (((unsigned long long)at | (unsigned long long)to) & 15) == 0) {
            copy_later(to, at, true);
        } else {
            for (int j = 0; j < 4 && c + j < width; j++) {
                copy_later(to + j, at + j, false);
            }
        }
    }
    copies_end();
}

// The calling thread's key: its product with the query, column after column.
EDDY_DEVICE float key_product(const AttentionShared& s, int count, int width) {
    float dot = 0.0f;
    int mine = min((int)threadIdx.x, count - 1) * KEY_STRIDE;
    stage(s.tiles, KEY_STRIDE, s.keys, count, 0, min((int)TILE_WIDTH, width));
#pragma unroll 1
    for (int c = 0, turn = 0; c < width; c += TILE_WIDTH, turn ^= 1) {
        int next = c + TILE_WIDTH;
        if (next < width) {
            stage(s.tiles + (turn ^ 1) * TILE, KEY_STRIDE, s.keys, count, next, min((int)TILE_WIDTH, width - next));
        } else {
            copies_end();
        }
        copies_wait_but_last();
        __syncthreads();
        const float* key = s.tiles + turn * TILE + mine;
        const float* q = s.q + c;
        if (width - c >= TILE_WIDTH) {
#pragma unroll
            for (int i = 0; i < TILE_WIDTH; i += 4) {
                float4 a = *(const float4*)(q + i);
                float4 b = *(const float4*)(key + i);
                dot = fmaf(a.w, b.w, fmaf(a.z, b.z, fmaf(a.y, b.y, fmaf(a.x, b.x, dot))));
            }
        } else {
#pragma unroll 1
            for (int i = 0; i < width - c; i++) {
                dot = fmaf(q[i], key[i], dot);
            }
        }
        __syncthreads();
    }
    return dot;
}

// Of values' columns from `from` on: how many come at a time, and of how many rows.
struct ValueTiles {
    int width;
    int rows;

    EDDY_DEVICE ValueTiles(int columns, int from) : width(min(columns - from, (int)MOST_COLUMNS)), rows(TILE / ((width + 3) & ~3)) {}

    EDDY_DEVICE int stride() const { return (width + 3) & ~3; }

    EDDY_DEVICE void begin(const AttentionShared& s, int turn, int row, int count, int from) const {
        stage(s.tiles + turn * TILE, stride(), s.values + row, min(rows, count - row), from, width);
    }
};

// The block's values in their weights, a column a thread; the first tile is on its way.
EDDY_DEVICE void weigh_values(const AttentionShared& s, int count, int columns) {
#pragma unroll 1
    for (int from = 0; from < columns; from += MOST_COLUMNS) {
        ValueTiles tiles(columns, from);
        if (from > 0) {
            tiles.begin(s, 0, 0, count, from);
        }
        float weighted[MOST_COLUMNS / 32];  // a thread has more than one column where a block has few threads
        int each = (tiles.width + (int)blockDim.x - 1) / (int)blockDim.x;
#pragma unroll
        for (int j = 0; j < MOST_COLUMNS / 32; j++) {
            weighted[j] = 0.0f;
        }
#pragma unroll 1
        for (int row = 0, turn = 0; row < count; row += tiles.rows, turn ^= 1) {
            if (row + tiles.rows < count) {
                tiles.begin(s, turn ^ 1, row + tiles.rows, count, from);
            } else {
                copies_end();
            }
            copies_wait_but_last();
            __syncthreads();
            const float* tile = s.tiles + turn * TILE;
            int held = min(tiles.rows, count - row);
#pragma unroll
            for (int j = 0; j < MOST_COLUMNS / 32; j++) {
                int c = threadIdx.x + j * blockDim.x;
                if (j < each && c < tiles.width) {
#pragma unroll 8
                    for (int i = 0; i < held; i++) {
                        weighted[j] = fmaf(s.weights[row + i], tile[i * tiles.stride() + c], weighted[j]);
                    }
                }
            }
            __syncthreads();
        }
#pragma unroll
        for (int j = 0; j < MOST_COLUMNS / 32; j++) {
            int c = threadIdx.x + j * blockDim.x;
            if (j < each && c < tiles.width) {
                s.found[from + c] = weighted[j];
            }
        }
    }
}

// The largest of all threads' numbers, which no order changes; `scratch` has a place for each warp.
EDDY_DEVICE float block_max(float x, float* scratch) {
    for (int half = 16; half > 0; half >>= 1) {
        x = eddy_max(__shfl_xor_sync(0xffffffffu, x, half), x);
    }
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

// What a block of keys gives: into s.found.
EDDY_DEVICE void attend_block(const AttentionParams& p, const AttentionShared& s, const Entry& entry, int group, long long from,
                              int count) {
    int width = p.q.width / p.heads;
    int columns = p.v.width / p.groups;
    int i = threadIdx.x;
    if (i < count) {
        s.keys[i] = past_row(p.batch, p.keys, entry, p.k, from + i) + group * width;
        s.values[i] = past_row(p.batch, p.values, entry, p.v, from + i) + group * columns;
    }
    __syncthreads();
    float score = key_product(s, count, width) * p.scale;
    ValueTiles(columns, 0).begin(s, 0, 0, count, 0);
    score = p.cap > 0.0f ? p.cap * eddy_tanh(score / p.cap) : score;
    float top = block_max(i < count ? eddy_max(score, negative_infinity()) : negative_infinity(), s.weights);
    if (i < count) {
        s.weights[i] = eddy_exp(score - top);
    }
    __syncthreads();
    if (i == (int)blockDim.x - 1) {  // in order; of a warp that may have no column
        float sum = 0.0f;
#pragma unroll 8
        for (int k = 0; k < count; k++) {
            sum += s.weights[k];
        }
        s.found[s.columns] = top;
        s.found[s.columns + 1] = sum;
    }
    weigh_values(s, count, columns);
}

EDDY_DEVICE void attend(const AttentionParams& p, const AttentionShared& s, const Entry& entry, int row, int head) {
    int width = p.q.width / p.heads;
    int columns = p.v.width / p.groups;
    int group = head * p.groups / p.heads;
    long long position = entry.start + row - entry.offset;
    long long first = position - p.window + 1 < 0 ? 0 : position - p.window + 1;
    const float* q = row_of(p.q, row) + head * width;
    for (int i = threadIdx.x; i < width; i += blockDim.x) {
        s.q[i] = q[i];
    }
    for (int j = threadIdx.x; j < s.columns; j += blockDim.x) {
        s.sums[j] = 0.0f;
    }
    float largest = negative_infinity();
    float total = 0.0f;
#pragma unroll 1
    for (long long block = first / KEY_BLOCK; block <= position / KEY_BLOCK; block += gridDim.z) {
        long long from = max(first, (block + blockIdx.z) * KEY_BLOCK);
        long long end = min(position + 1, (block + blockIdx.z + 1) * KEY_BLOCK);
        __syncthreads();
        if (from < end) {
            attend_block(p, s, entry, group, from, (int)(end - from));
        }
        team_sync();
        int found = (int)min((long long)gridDim.z, position / KEY_BLOCK - block + 1);
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
    float* out = row_of(p.out, row) + head * columns;
    for (int j = threadIdx.x; blockIdx.z == 0 && j < columns; j += blockDim.x) {
        out[j] = s.sums[j] / total;
    }
}

// Grid: x rows, y heads, z blocks of a cluster. Block: whole warps, as many threads as a key block has keys in the window.
// The step's own keys and values are kept afterwards.
EDDY_KERNEL(attention, AttentionParams) {
    EDDY_DYNAMIC_SHARED(char, shared);
    AttentionShared s(shared, p.v.width / p.groups);
    for (int row = blockIdx.x; row < p.batch.counts->rows; row += gridDim.x) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        if (row - entry.offset < entry.absorbed) {
            attend(p, s, entry, row, blockIdx.y);
        }
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

// Grid: x rows. A thread turns one pair of some heads.
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
            for (int h = i / p.pairs; h < p.heads; h += turns) {
                int a = h * head + (p.interleaved ? 2 * f : f);
                int b = h * head + (p.interleaved ? 2 * f + 1 : f + p.pairs);
                float one = x[a];
                float other = x[b];
                out[a] = fmaf(one, c, -(other * s));
                out[b] = fmaf(one, s, other * c);
            }
        }
        for (int c = threadIdx.x; c < p.out.width; c += blockDim.x) {
            if (c % head >= 2 * p.pairs) {
                out[c] = x[c];
            }
        }
    }
}
