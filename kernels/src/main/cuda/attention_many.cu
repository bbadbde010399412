// Causal softmax attention of an entry's neighbouring rows: a block has up to ROWS queries of a head, so that keys and values come
// into shared memory once for all of them. A warp has four of the rows: of 256 keys a lane adds up eight keys' products with each,
// then of the weighted values four columns of each. Every row's sums are those of attention.cu, in its order.
//
// StripedHyena-7B, the second 512 of a prompt's 1,024 elements, a launch on an H200: 2,350 µs by attention.cu as it was, 411 so
// with 32 rows a block, all of whose threads copied, 400 with 28 and a warp that copies.
#include "attention.cuh"
#include "element_groups.cuh"

enum { MANY_THREADS = 256, MANY_TILES = 2, ROWS = 28, WARP_ROWS = 4, LANE_KEYS = KEY_BLOCK / 32, SCORES = KEY_BLOCK + 4 };

// Shared memory of a block (dev.eddy.kernels.cuda.AttentionLaunches has the same sizes).
struct ManyShared {
    float* tiles;   // [MANY_TILES][TILE]
    float* scores;  // [ROWS][SCORES]
    float* q;       // [ROWS][width]

    EDDY_DEVICE explicit ManyShared(float* at) : tiles(at), scores(tiles + MANY_TILES * TILE), q(scores + ROWS * SCORES) {}
};

// A warp's rows: which of a key block's keys each sees, and what it has of the blocks so far.
struct WarpRows {
    int count;           // that there are
    long long position;  // the last key that the first row sees
    int window;
    int from[WARP_ROWS];  // of the block's keys
    int until[WARP_ROWS];
    float largest[WARP_ROWS];
    float total[WARP_ROWS];
    float4 sums[WARP_ROWS];

    EDDY_DEVICE WarpRows(const Task& span, int rows, int first_row) {
        int first = threadIdx.x / 32 * WARP_ROWS;
        count = rows - first;
        position = span.entry.start + first_row + first;
        window = span.p.window;
#pragma unroll
        for (int r = 0; r < WARP_ROWS; r++) {
            largest[r] = negative_infinity();
            total[r] = 0.0f;
            sums[r] = same_four(0.0f);
        }
    }

    EDDY_DEVICE void open(const KeySpan& keys) {
#pragma unroll
        for (int r = 0; r < WARP_ROWS; r++) {
            long long last = position + r - keys.from;
            from[r] = (int)max(last - window + 1, 0ll);
            until[r] = r < count ? (int)min(last + 1, (long long)keys.count) : 0;
        }
    }

    EDDY_DEVICE bool sees(int r, int key) const { return key >= from[r] && key < until[r]; }

    EDDY_DEVICE bool see(int key, int count) const {
        bool all = true;
#pragma unroll
        for (int r = 0; r < WARP_ROWS; r++) {
            all &= key >= from[r] && key + count <= until[r];
        }
        return all;
    }
};

// Products of a lane's keys, 32 apart, with the warp's rows.
struct LaneDots {
    float dots[LANE_KEYS][WARP_ROWS];

    EDDY_DEVICE void clear() {
#pragma unroll
        for (int i = 0; i < LANE_KEYS; i++) {
#pragma unroll
            for (int r = 0; r < WARP_ROWS; r++) {
                dots[i][r] = 0.0f;
            }
        }
    }

    // `columns` columns more; q is the first row's.
    EDDY_DEVICE void add(const float* q, int width, const float* tile, const KeyTile& keys, int columns) {
        int lane = threadIdx.x % 32;
#pragma unroll 1
        for (int c = 0; c < columns; c += 4) {
            float4 a[WARP_ROWS];
#pragma unroll
            for (int r = 0; r < WARP_ROWS; r++) {
                a[r] = *(const float4*)(q + r * width + c);
            }
#pragma unroll
            for (int i = 0; i < LANE_KEYS; i++) {
                if (i * 32 >= keys.rows) {
                    break;
                }
                float4 b = *(const float4*)(tile + keys.place(lane + i * 32, c / 4));
#pragma unroll
                for (int r = 0; r < WARP_ROWS; r++) {
                    dots[i][r] = fmaf(a[r].w, b.w, fmaf(a[r].z, b.z, fmaf(a[r].y, b.y, fmaf(a[r].x, b.x, dots[i][r]))));
                }
            }
        }
    }

    // The rows' weights, into their places; the largest score of each.
    EDDY_DEVICE void weigh(const AttentionParams& p, const WarpRows& rows, float* scores, float (&tops)[WARP_ROWS]) const {
        int lane = threadIdx.x % 32;
#pragma unroll
        for (int r = 0; r < WARP_ROWS; r++) {
            float own[LANE_KEYS];
            float top = negative_infinity();
#pragma unroll
            for (int i = 0; i < LANE_KEYS; i++) {
                own[i] = score_of(p, dots[i][r]);
                top = rows.sees(r, lane + i * 32) ? eddy_max(own[i], top) : top;
            }
            tops[r] = lane_max(top, WARP_TEAM);
#pragma unroll
            for (int i = 0; i < LANE_KEYS; i++) {
                scores[r * SCORES + lane + i * 32] = eddy_exp(own[i] - tops[r]);
            }
        }
        __syncwarp();
    }
};

// Sums over a block's keys of each of the warp's rows: of a lane's four columns of values, and of the weights themselves.
struct LaneSums {
    float4 values[WARP_ROWS];
    float weights[WARP_ROWS];

    EDDY_DEVICE void clear() {
#pragma unroll
        for (int r = 0; r < WARP_ROWS; r++) {
            values[r] = same_four(0.0f);
            weights[r] = 0.0f;
        }
    }

    EDDY_DEVICE void add(int r, float w, float4 v) {
        values[r] = fma_four(same_four(w), v, values[r]);
        weights[r] += w;
    }

    // `count` keys more from the block's `first` on, an even one; `at` is the first one's.
    EDDY_DEVICE void add(const WarpRows& rows, const float* scores, const float* at, int stride, int first, int count) {
#pragma unroll 1
        for (int i = 0; i < count; i += 2, at += 2 * stride) {
            float2 w[WARP_ROWS];
#pragma unroll
            for (int r = 0; r < WARP_ROWS; r++) {
                w[r] = *(const float2*)(scores + r * SCORES + first + i);
            }
            float4 one = *(const float4*)at;
            float4 other = *(const float4*)(at + stride);
            if (rows.see(first + i, 2)) {
#pragma unroll
                for (int r = 0; r < WARP_ROWS; r++) {
                    add(r, w[r].x, one);
                    add(r, w[r].y, other);
                }
                continue;
            }
#pragma unroll
            for (int r = 0; r < WARP_ROWS; r++) {
                if (rows.sees(r, first + i)) {
                    add(r, w[r].x, one);
                }
                if (rows.sees(r, first + i + 1)) {
                    add(r, w[r].y, other);
                }
            }
        }
    }

    // What a block of keys gave, to what there is of the blocks before.
    EDDY_DEVICE void join(WarpRows& rows, const float (&tops)[WARP_ROWS]) const {
#pragma unroll
        for (int r = 0; r < WARP_ROWS; r++) {
            if (rows.from[r] >= rows.until[r]) {
                continue;
            }
            float next = eddy_max(rows.largest[r], tops[r]);
            float past = eddy_exp(rows.largest[r] - next);
            float now = eddy_exp(tops[r] - next);
            rows.total[r] = fmaf(rows.total[r], past, weights[r] * now);
            rows.sums[r] = fma_four(rows.sums[r], same_four(past), each_of(values[r], same_four(now), [](float x, float y) {
                                        return x * y;
                                    }));
            rows.largest[r] = next;
        }
    }
};

// One block of keys, whose tiles come as Feed brings them.
EDDY_DEVICE void attend_rows(const Task& span, const ManyShared& s, TileRing<MANY_TILES>& ring, WarpRows& rows, int count, bool busy) {
    int warp = threadIdx.x / 32;
    int column = threadIdx.x % 32 * 4;
    const float* q = s.q + warp * WARP_ROWS * span.width;
    float* scores = s.scores + warp * WARP_ROWS * SCORES;
    KeyTile keys(count, span.width);
    ValueTile values(span.columns);
    LaneDots dots;
    dots.clear();
#pragma unroll 1
    for (int c = 0; c < span.width; c += keys.stride) {
        const float* tile = ring.next();
        if (busy) {
            dots.add(q + c, span.width, tile, keys, min(keys.stride, span.width - c));
        }
        ring.done();
    }
    float tops[WARP_ROWS];
    dots.weigh(span.p, rows, scores, tops);
    LaneSums sums;
    sums.clear();
#pragma unroll 1
    for (int first = 0; first < count; first += values.rows) {
        const float* tile = ring.next();
        if (busy && column < span.columns) {
            sums.add(rows, scores, tile + column, values.stride, first, min(values.rows, count - first));
        }
        ring.done();
    }
    sums.join(rows, tops);
}

// Up to ROWS rows of an entry from its element `first` on.
EDDY_DEVICE void attend_group(const AttentionParams& p, const Entry& entry, int first, const ManyShared& s, TileRing<MANY_TILES>& ring) {
    int count = min((int)ROWS, entry.absorbed - first);
    int row = entry.offset + first;
    Task span(p, entry, row, (int)blockIdx.x, count);
    if (threadIdx.x >= workers()) {
        Supply<MANY_TILES>{span, ring}.run();
        return;
    }
    for (int i = threadIdx.x; i < ROWS * span.width; i += workers()) {
        int r = i / span.width;
        s.q[i] = r < count ? row_of(p.q, row + r)[span.head * span.width + i % span.width] : 0.0f;
    }
    workers_sync();
    WarpRows rows(span, count, first);
    bool busy = (int)threadIdx.x / 32 * WARP_ROWS < count;
#pragma unroll 1
    for (int block = span.first_block; block <= span.last_block; block++) {
        KeySpan keys(span, block);
        rows.open(keys);
        attend_rows(span, s, ring, rows, keys.count, busy);
    }
    int column = threadIdx.x % 32 * 4;
#pragma unroll
    for (int r = 0; r < WARP_ROWS; r++) {
        int mine = threadIdx.x / 32 * WARP_ROWS + r;
        if (mine < count && column < span.columns) {
            float* out = row_of(p.out, row + mine) + span.head * span.columns + column;
            out[0] = rows.sums[r].x / rows.total[r];
            out[1] = rows.sums[r].y / rows.total[r];
            out[2] = rows.sums[r].z / rows.total[r];
            out[3] = rows.sums[r].w / rows.total[r];
        }
    }
    workers_sync();
}

// Grid: x heads, whose keys lie side by side, y rows. A head has keys and values of whole fours of columns, of values at most 128.
// The step's own keys and values are kept afterwards.
EDDY_KERNEL_AFTER(attention_many, AttentionParams, __launch_bounds__(MANY_THREADS, 2)) {
    EDDY_DYNAMIC_SHARED(float, shared);
    EDDY_SHARED(Barrier, barriers, 2 * MANY_TILES);
    ManyShared s(shared);
    if (threadIdx.x == 0) {
        TileRing<MANY_TILES>::prepare(barriers);
    }
    __syncthreads();
    TileRing<MANY_TILES> ring(s.tiles, barriers);
    each_large_group<ROWS>(p.batch, [&](const Entry& entry, int first) { attend_group(p, entry, first, s, ring); });
}
