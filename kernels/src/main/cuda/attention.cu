// Causal softmax attention over a ring or pages. A block has a query's head, or up to four that share their keys, and walks the keys
// in blocks of 256 aligned to absolute position: a warp brings parts of their rows into shared memory ahead of their use, a worker
// adds up two keys' products, then some columns' weighted values. Where there are few rows, the blocks of a cluster share each key
// block: every one makes the scores of some keys, brings them to all others, and adds up some columns of the values. Entries of many
// rows have attention_many.cu. Reference: ReferenceAttention.
//
// Versions, StripedHyena-7B (32 heads in 8 groups) on an H200, µs a launch at 1 session of 480 positions / 64 of 280:
//   a head a block, all of whose threads copy; key blocks by a cluster    17 / 128
//   heads together, a warp that copies, loads ahead of sums                9 / 48
#include "attention_sums.cuh"
#include "cluster.cuh"

enum { THREADS = 128 + 32 };  // of a block: workers, and one warp that copies

// How many blocks of a multiprocessor find room, and tiles on their way at once.
template <int HEADS>
struct Room {
    static constexpr int BLOCKS = HEADS == 1 ? 3 : 2;
    static constexpr int TILES = HEADS == 1 ? 2 : 3;
};

// Shared memory of a block (dev.eddy.kernels.cuda.AttentionLaunches has the same sizes).
template <int HEADS>
struct AttentionShared {
    float* tiles;     // [Room::TILES][TILE]
    float* weights;   // [HEADS][KEY_BLOCK]; in clusters twice, for key blocks in turns
    float* q;         // [HEADS][width]
    float* sums;      // [HEADS][columns], of all key blocks so far
    float2* factors;  // [2][HEADS]: by what these sums and those of a key block are multiplied, in turns
    float* totals;    // [HEADS]: sums of weights, as above
    int width;        // padded, as columns
    int columns;

    EDDY_DEVICE AttentionShared(float* at, const AttentionParams& p)
        : tiles(at),
          weights(tiles + Room<HEADS>::TILES * TILE),
          width((p.q.width / p.heads + 3) & ~3),
          columns((p.v.width / p.groups + 3) & ~3) {
        q = weights + (gridDim.z > 1 ? 2 : 1) * HEADS * KEY_BLOCK;
        sums = q + HEADS * width;
        factors = (float2*)(sums + HEADS * columns);
        totals = (float*)(factors + 2 * HEADS);
    }
};

// A row's own keys or values of the task's group, `count` columns, on their way to where a slot keeps them: nothing of the launch
// reads that place. A worker holds the first that it brings, so that it waits once for all that it asks for.
struct Keeping {
    const float* from;
    float* to;
    int first;
    int count;
    float held;

    EDDY_DEVICE Keeping(const Task& task, const History& past, const Rows& rows, int row, int all)
        : first(threadIdx.x + workers() * blockIdx.z), count(all), held(0.0f) {
        if (first < count) {
            from = row_of(rows, row) + task.group * count;
            to = kept_row(task.p.batch, past, task.entry, task.position) + task.group * count;
            held = from[first];
        }
    }

    EDDY_DEVICE void store() const {
        if (first < count) {
            to[first] = held;
        }
        int step = workers() * gridDim.z;
        for (int i = first + step; i < count; i += step) {
            to[i] = from[i];
        }
    }
};

// What the threads of a block do with key blocks, one after the other, for up to HEADS heads.
template <int HEADS>
struct Attend {
    static constexpr int OWN = HEADS == 1 ? 1 : 2;      // heads that a worker has of its columns
    static constexpr int COLUMNS = HEADS == 1 ? 1 : 2;  // of a tile of values
    static constexpr int SLOTS = TILE_COLUMNS / COLUMNS;

    const AttentionShared<HEADS>& s;
    TileRing<Room<HEADS>::TILES>& ring;
    Barrier* given;  // [2]: that a key block's scores have come from all of the cluster
    int heads;
    int turn;       // of key blocks
    float largest;  // of the scores so far of the head that the calling warp weighs

    EDDY_DEVICE Attend(const AttentionShared<HEADS>& shared, TileRing<Room<HEADS>::TILES>& tiles, Barrier* barriers)
        : s(shared), ring(tiles), given(barriers), heads(0), turn(0), largest(0.0f) {}

    EDDY_DEVICE void row(const Task& task, int row, int count, bool real) {
        heads = count;
        bool keeps = task.p.keeps && real && task.head * task.p.groups % task.p.heads == 0;
        Keeping keys(task, task.p.keys, task.p.k, row, keeps ? task.width : 0);
        Keeping values(task, task.p.values, task.p.v, row, keeps ? task.columns : 0);
        open(task, row);
        keys.store();
        values.store();
        workers_sync();
#pragma unroll 1
        for (int block = task.first_block; block <= task.last_block; block++, turn++) {
            KeySpan span(task, block);
            score(task, span);
            weigh(span.count);
            workers_sync();
            add_values(task, span);
            workers_sync();
        }
        if (real) {
            store(task, row);
        }
        workers_sync();
    }

private:
    EDDY_DEVICE void open(const Task& task, int row) {
        const float* q = row_of(task.p.q, row) + task.head * task.width;
        for (int i = threadIdx.x; i < HEADS * task.width; i += workers()) {
            int h = i / task.width;
            s.q[h * s.width + i % task.width] = h < heads ? q[i] : 0.0f;
        }
        for (int i = threadIdx.x; i < HEADS * s.columns; i += workers()) {
            s.sums[i] = 0.0f;
        }
        if (threadIdx.x < HEADS) {
            s.totals[threadIdx.x] = 0.0f;
        }
        largest = negative_infinity();
    }

    EDDY_DEVICE float* weights() const { return s.weights + (gridDim.z > 1 ? (turn & 1) : 0) * HEADS * KEY_BLOCK; }

    EDDY_DEVICE float2* factors() const { return s.factors + (turn & 1) * HEADS; }

    EDDY_DEVICE void score(const Task& task, const KeySpan& span) {
        Share mine = keys_of(span);
        if (gridDim.z > 1 && threadIdx.x == 0) {
            copy_begin(given + (turn & 1), span.count * heads * 4);
        }
        if (mine.count > 0) {
            score(task, mine);
        }
        if (gridDim.z == 1) {
            workers_sync();
        }
    }

    EDDY_DEVICE void score(const Task& task, const Share& mine) {
        KeyTile keys(mine.count, task.width);
        int half = ((keys.rows + 1) / 2 + 31) & ~31;
        int key = threadIdx.x;
        int other = key + half < keys.rows ? key + half : key;
        bool busy = key < min(half, keys.rows);
        float dots[KEYS][HEADS];
#pragma unroll
        for (int h = 0; h < HEADS; h++) {
            dots[0][h] = 0.0f;
            dots[1][h] = 0.0f;
        }
#pragma unroll 1
        for (int c = 0; c < task.width; c += keys.stride) {
            const float* tile = ring.next();
            if (busy) {
                add_products(dots, s.q + c, s.width, tile, keys, key, other, min(keys.stride, task.width - c));
            }
            ring.done();
        }
        if (busy) {
            give(task.p, dots[0], mine.first + key);
            if (other != key) {
                give(task.p, dots[1], mine.first + other);
            }
        }
    }

    // A key's scores, to all blocks.
    EDDY_DEVICE void give(const AttentionParams& p, const float (&dots)[HEADS], int key) const {
#pragma unroll
        for (int h = 0; h < HEADS; h++) {
            float* place = weights() + h * KEY_BLOCK + key;
            float score = score_of(p, dots[h]);
            if (gridDim.z == 1) {
                *place = score;
            } else if (h < heads) {
                for (int rank = 0; rank < (int)gridDim.z; rank++) {
                    cluster_push(place, rank, score, given + (turn & 1));
                }
            }
        }
    }

    // Weights from the scores in their places, a head's by as many warps as there are for it.
    EDDY_DEVICE void weigh(int count) {
        constexpr int WARPS = (THREADS - 32) / 32 / HEADS;
        constexpr int OWN_KEYS = KEY_BLOCK / 32 / WARPS;  // of a lane
        int warp = threadIdx.x / 32;
        int lane = threadIdx.x % 32;
        int h = warp / WARPS;
        if (gridDim.z > 1) {
            cluster_await(given + (turn & 1), (turn >> 1) & 1);
        }
        float* w = weights() + h * KEY_BLOCK;
        float top = negative_infinity();
#pragma unroll
        for (int i = 0; i < KEY_BLOCK / 32; i++) {
            int key = lane + i * 32;
            top = key < count ? eddy_max(w[key], top) : top;
        }
        top = lane_max(top, WARP_TEAM);
        float own[OWN_KEYS];
#pragma unroll
        for (int i = 0; i < OWN_KEYS; i++) {
            own[i] = w[(warp % WARPS * OWN_KEYS + i) * 32 + lane];
        }
        float next = eddy_max(largest, top);
        float past = eddy_exp(largest - next);
        float now = eddy_exp(top - next);
        largest = next;
        if (WARPS > 1) {
            workers_sync();  // each has read all scores
        }
#pragma unroll
        for (int i = 0; i < OWN_KEYS; i++) {
            own[i] = eddy_exp(own[i] - top);
        }
#pragma unroll
        for (int i = 0; i < OWN_KEYS; i++) {
            int key = (warp % WARPS * OWN_KEYS + i) * 32 + lane;
            if (key < count) {
                w[key] = own[i];
            }
        }
        if (warp % WARPS == 0 && lane == 0) {
            factors()[h] = make_float2(past, now);
        }
    }

    EDDY_DEVICE void add_values(const Task& task, const KeySpan& span) {
        int first = threadIdx.x % SLOTS * COLUMNS;
        int head = threadIdx.x / SLOTS * OWN;
        Share mine = columns_of(task);
#pragma unroll 1
        for (int column = 0; column < mine.count;) {
            ValueTile tile(mine.count - column);
            bool busy = first < tile.width && head < heads;
            Weighted<OWN, COLUMNS> found;
            found.clear();
#pragma unroll 1
            for (int row = 0; row < span.count; row += tile.rows) {
                const float* at = ring.next();
                if (busy) {
                    found.add(weights() + head * KEY_BLOCK + row, at + first, tile.stride, min(tile.rows, span.count - row));
                }
                ring.done();
            }
            if (busy) {
                join(found, head, column + first, min(tile.width - first, COLUMNS));
            }
            column += tile.width;
        }
    }

    // What a key block gave some columns, to their sums so far; and the weights' once.
    EDDY_DEVICE void join(const Weighted<OWN, COLUMNS>& found, int head, int column, int count) {
#pragma unroll
        for (int h = 0; h < OWN; h++) {
            if (head + h < heads) {
                float2 factor = factors()[head + h];
                float* sum = s.sums + (head + h) * s.columns + column;
#pragma unroll
                for (int c = 0; c < COLUMNS; c++) {
                    if (c < count) {
                        sum[c] = fmaf(sum[c], factor.x, found.values[h][c] * factor.y);
                    }
                }
                if (column == 0) {
                    s.totals[head + h] = fmaf(s.totals[head + h], factor.x, found.weights[h] * factor.y);
                }
            }
        }
    }

    EDDY_DEVICE void store(const Task& task, int row) const {
        Share mine = columns_of(task);
        const Rows& out = task.p.out;
        int group = group_of(task.p.batch, 0);
        int high = fragments_high(row, group);
        int low = fragments_low(row, group);
        for (int i = threadIdx.x; i < heads * mine.count; i += workers()) {
            int h = i / mine.count;
            int column = i % mine.count;
            int at = (task.head + h) * task.columns + mine.first + column;
            float value = s.sums[h * s.columns + column] / s.totals[h];
            if (out.at != nullptr) {
                row_of(out, row)[at] = value;
            }
            if (task.p.fragments != nullptr) {
                task.p.fragments[fragment_at(high, low, at, out.width / 16, group)] = to_bf16(value);
            }
        }
    }
};

// Barriers: [2 * Room::TILES + 2].
template <int HEADS>
EDDY_DEVICE void attend(const AttentionParams& p, float* shared, Barrier* barriers) {
    constexpr int TILES = Room<HEADS>::TILES;
    grid_release();
    AttentionShared<HEADS> s(shared, p);
    Barrier* given = barriers + 2 * TILES;
    if (threadIdx.x == 0) {
        barrier_init(given, 1);
        barrier_init(given + 1, 1);
        TileRing<TILES>::prepare(barriers);
    }
    __syncthreads();
    bool alone = gridDim.z == 1;
    if (!alone) {
        cluster_arrive();
    }
    int of_group = p.heads / p.groups;
    int sets = (of_group + HEADS - 1) / HEADS;
    int first = (int)blockIdx.x % sets * HEADS;
    int head = (int)blockIdx.x / sets * of_group + first;
    TileRing<TILES> ring(s.tiles, barriers);
    bool supplies = threadIdx.x >= workers();
    if (!supplies) {
        grid_wait();
        if (!alone) {
            cluster_wait();
        }
    }
    Attend<HEADS> attend(s, ring, given);
#pragma unroll 1
    for (int row = blockIdx.y; row < p.batch.counts->rows; row += gridDim.y) {
        const Entry& entry = p.batch.entries[p.batch.row_entry[row]];
        Task task(p, entry, row, head);
        if (supplies) {
            Supply<TILES>{task, ring}.run();
        } else {
            // Past the first-level cache, which may have it as it was before the wait.
            bool real = row - entry.offset < *(const volatile int*)&entry.absorbed;
            attend.row(task, row, min(HEADS, of_group - first), real);
        }
    }
    if (supplies && !alone) {
        cluster_wait();
    }
}

// Grid: x heads, or groups of `attention_heads`' up to four that share their keys, as these lie side by side, y rows, z blocks of a
// cluster. Unless the launch keeps them, the step's own keys and values are kept afterwards.
EDDY_KERNEL_AHEAD(attention, AttentionParams, __launch_bounds__(THREADS, Room<1>::BLOCKS)) {
    EDDY_DYNAMIC_SHARED(float, shared);
    EDDY_SHARED(Barrier, barriers, 2 * Room<1>::TILES + 2);
    attend<1>(p, shared, barriers);
}

EDDY_KERNEL_AHEAD(attention_heads, AttentionParams, __launch_bounds__(THREADS, Room<4>::BLOCKS)) {
    EDDY_DYNAMIC_SHARED(float, shared);
    EDDY_SHARED(Barrier, barriers, 2 * Room<4>::TILES + 2);
    attend<4>(p, shared, barriers);
}
