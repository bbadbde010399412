// What products on the tensor cores share, whichever instruction multiplies: parameters, how weights lie, how a block's
// operands come into shared memory, how blocks share a depth, what becomes of a tile of results.
//
// Weights are the left operand (M), rows the right one (N). An output is the sum, in ascending order, of at most SEGMENTS
// segments of its depth; a segment runs from zero through one accumulator, k-tiles ascending. That order depends on the
// depth alone: not on how many rows there are, nor on which warps or blocks take which segments.
#pragma once
#include "batch.cuh"
#include "cluster.cuh"
#include "fragments.cuh"
#include "functions.cuh"
#include "pipeline.cuh"

enum { TILE_M = 16, TILE_N = 8, TILE_K = 16, SEGMENTS = 4, MAX_HALF_PRODUCTS = 8, MAX_STAGES = 16 };

// k-tiles of a segment: a quarter of all, in whole chunks of the weights (fragments.cuh).
EDDY_DEVICE int segment_tiles(int tiles) { return ((tiles + SEGMENTS - 1) / SEGMENTS + CHUNK - 1) / CHUNK * CHUNK; }

struct ProductBf16 {
    const void* weights;  // fragments.cuh
    const uint2* x;  // fragments.cuh
    const float* bias;  // [N] or null
    Rows out;  // at null: only fragments are wanted
    int tiles;  // k-tiles
    int first_block;
    unsigned short* fragments;  // of some columns of the result, for the next product; or null
    int fragment_from;
    int fragment_width;
    int function;  // Unary, applied last; -1: none
    int unused;
    const float* scale;  // [N], of the sums; or null
};

struct MatMulBf16Params {
    Batch batch;
    int count;
    int selected;
    int stages;
    int unused;
    ProductBf16 products[MAX_HALF_PRODUCTS];
};

// The product that the calling block has a part of.
EDDY_DEVICE int product_of(const MatMulBf16Params& p) {
    int index = 0;
    while (index + 1 < p.count && (int)blockIdx.y >= p.products[index + 1].first_block) {
        index++;
    }
    return index;
}

// Barriers of `stages` stages: full when `copiers` warps' bytes have come, empty when `readers` threads have done with it.
EDDY_DEVICE void prepare_barriers(Barrier* full, Barrier* empty, int stages, int copiers, int readers) {
    if (threadIdx.x == 0) {
        for (int s = 0; s < stages; s++) {
            barrier_init_for_copies(full + s, copiers);
            barrier_init(empty + s, readers);
        }
        barriers_ready();
    }
    __syncthreads();
}

// A function, from F on, of four numbers that are on their way at once: it is looked for once for all of them.
template <int F>
EDDY_DEVICE float4 apply_from(int function, float4 x) {
    if constexpr (F < SQRT) {
        if (function != F) {
            return apply_from<F + 1>(function, x);
        }
    }
    return make_float4(apply_unary(F, x.x), apply_unary(F, x.y), apply_unary(F, x.z), apply_unary(F, x.w));
}

// One piece of code for all of a thread's results.
static __device__ __noinline__ float4 apply_seldom(int function, float4 x) { return apply_from<0>(function, x); }

EDDY_DEVICE float4 apply_after(int function, float4 x) {
    if (function < 0) {
        return x;
    }
    if (function == RELU_SQUARED) {
        x = make_float4(eddy_relu(x.x), eddy_relu(x.y), eddy_relu(x.z), eddy_relu(x.w));
        return make_float4(x.x * x.x, x.y * x.y, x.z * x.z, x.w * x.w);
    }
    return apply_seldom(function, x);
}

// What becomes of the sums of a row's outputs n to n + 3, which lie in one half of a tile. What depends on the outputs alone
// is found once for all rows.
struct Quad {
    const ProductBf16& w;
    int n;
    int group;  // fragments.cuh
    bool whole;  // all four are written at once
    float* out;  // of row 0, or null
    int k;  // among the columns of the next product's operand
    int tiles;  // of that
    bool next;  // all four are among these

    EDDY_DEVICE Quad(const ProductBf16& product, int output, int rows)
        : w(product),
          n(output),
          group(fragment_group(rows)),
          out(product.out.at + output),
          k(output - product.fragment_from),
          tiles((product.fragment_width + TILE_K - 1) / TILE_K) {
        bool outside = w.fragments == nullptr || k + 4 <= 0 || k >= tiles * TILE_K;
        next = !outside && (k & 3) == 0 && k >= 0 && k + 4 <= w.fragment_width;
        whole = n + 4 <= w.out.width && (outside || next) &&
                (w.out.at == nullptr || (((unsigned long long)out & 15) == 0 && (w.out.stride & 3) == 0));
    }

    // Of the outputs' scales or biases: read for each row, as most products have none and registers are few.
    EDDY_DEVICE float4 four_of(const float* of, float none) const {
        float v[4];
#pragma unroll
        for (int i = 0; i < 4; i++) {
            v[i] = of != nullptr && n + i < w.out.width ? of[n + i] : none;
        }
        return make_float4(v[0], v[1], v[2], v[3]);
    }

    EDDY_DEVICE void store(int row, float4 v) const {
        if (w.scale != nullptr || w.bias != nullptr) {
            float4 scale = four_of(w.scale, 1.0f);  // what changes no bit
            float4 bias = four_of(w.bias, -0.0f);
            v = make_float4(v.x * scale.x + bias.x, v.y * scale.y + bias.y, v.z * scale.z + bias.z, v.w * scale.w + bias.w);
        }
        v = apply_after(w.function, v);
        if (!whole) {
            store_some(row, v);
            return;
        }
        if (w.out.at != nullptr) {
            *(float4*)(out + (long long)row * w.out.stride) = v;
        }
        if (next) {
            *(uint2*)(w.fragments + fragment_of(row, k, tiles, group)) = make_uint2(two_to_bf16(v.x, v.y), two_to_bf16(v.z, v.w));
        }
    }

    // Those of the four that are there, one by one, and zeros to the end of the operand's last tile.
    EDDY_DEVICE void store_some(int row, float4 v) const {
#pragma unroll 1
        for (int i = 0; i < 4; i++) {
            if (w.out.at != nullptr && n + i < w.out.width) {
                out[(long long)row * w.out.stride + i] = v.x;
            }
            if (w.fragments != nullptr && k + i >= 0 && k + i < tiles * TILE_K) {
                w.fragments[fragment_of(row, k + i, tiles, group)] = k + i < w.fragment_width ? to_bf16(v.x) : (unsigned short)0;
            }
            v = make_float4(v.y, v.z, v.w, v.x);
        }
    }
};

// A block's part of a product's depth: some of its segments, in stages of some chunks (fragments.cuh). With TURNS as many
// warps take segments in turns, so that a stage of each comes after one of the others, and every warp has slots of its own
// for its stages: who waits for a barrier must not be a phase behind.
template <int CHUNKS, int TURNS>
struct Depth {
    static constexpr int STEP = CHUNKS * CHUNK;  // k-tiles of a stage
    static_assert(TURNS == 1 || TURNS == SEGMENTS, "a warp has one segment");
    int tiles;
    int segment;   // k-tiles of one
    int segments;  // of the product
    int each;      // of a block, the last of which may have fewer
    int first;     // of this block's
    int count;
    int steps;  // stages of a segment
    int slots;  // for stages in shared memory

    EDDY_DEVICE Depth(int all, int stages) {
        tiles = all;
        segment = segment_tiles(all);
        segments = (all + segment - 1) / segment;
        each = (segments + (int)gridDim.z - 1) / (int)gridDim.z;
        first = blockIdx.z * each;
        count = max(0, min(each, segments - first));
        steps = (segment + STEP - 1) / STEP;
        slots = TURNS > 1 ? stages / TURNS : stages;
    }

    EDDY_DEVICE int from(int of, int step) const { return (first + of) * segment + step * STEP; }

    // k-tiles of a step; none where the product ends before.
    EDDY_DEVICE int deep(int of, int step) const {
        int end = min(tiles, (first + of + 1) * segment);
        return max(0, min((int)STEP, end - from(of, step)));
    }
};

// A stage and its slot: stages take the slots one after the other, with TURNS a warp's own ones.
template <int CHUNKS, int TURNS>
struct Cursor {
    typedef ::Depth<CHUNKS, TURNS> Depth;
    int of;  // segment
    int step;
    int within;    // the slots
    uint32_t use;  // how often the slot has been used before

    EDDY_DEVICE Cursor(int segment) : of(segment), step(0), within(0), use(0) {}

    EDDY_DEVICE int slot(const Depth& depth) const { return (TURNS > 1 ? of * depth.slots : 0) + within; }

    EDDY_DEVICE void advance(const Depth& depth) {
        if (++within == depth.slots) {
            within = 0;
            use++;
        }
    }

    // The segment's next stage.
    EDDY_DEVICE void next_step(const Depth& depth) {
        step++;
        advance(depth);
    }

    // The next stage of all, in the order of copying.
    EDDY_DEVICE void next(const Depth& depth) {
        if (TURNS > 1) {
            if (++of == depth.count) {
                of = 0;
                next_step(depth);
            }
        } else {
            next_step(depth);
            if (step == depth.steps) {
                step = 0;
                of++;
            }
        }
    }

    EDDY_DEVICE bool is_there(const Depth& depth) const { return of < depth.count && step < depth.steps; }
};

// What a block of TILES_M m-tiles of TILE_BYTES and TILES_N n-tiles has in memory, and how COPIERS warps bring it into
// shared memory, the first one rows, the others weights: a copy takes a lane some 150 ns, however few its bytes.
template <int TILES_M, int TILES_N, int TILE_BYTES, int CHUNKS, int TURNS, int COPIERS>
struct Stages {
    typedef ::Depth<CHUNKS, TURNS> Depth;
    typedef ::Cursor<CHUNKS, TURNS> Cursor;
    static constexpr int WEIGHTS = TILES_M * CHUNKS * CHUNK * TILE_BYTES;  // bytes of a stage

    Depth depth;
    const char* weights;
    const char* x;
    int ms;
    int row_bytes;  // of a k-tile
    int stage;      // bytes
    uint64_t policy;
    char* ring;

    EDDY_DEVICE Stages(const ProductBf16& w, int m0, int n0, int rows, int stages, void* to)
        : depth(w.tiles, stages),
          weights((const char*)w.weights + (long long)m0 * w.tiles * TILE_BYTES),
          x((const char*)w.x + (long long)n0 * w.tiles * 256),
          ms(min(TILES_M, (w.out.width + TILE_M - 1) / TILE_M - m0)),
          row_bytes(TILES_N > 1 ? TILES_N * 256 : 32 << fragment_group(rows)),
          stage(WEIGHTS + CHUNKS * CHUNK * row_bytes),
          policy(copy_policy(gridDim.x == 1)),
          ring((char*)to) {}

    EDDY_DEVICE void copy_weights(int copier, const Cursor& c, Barrier* full) const {
        uint32_t bytes = depth.deep(c.of, c.step) * TILE_BYTES;
        const char* from = weights + ((long long)copier * depth.tiles + depth.from(c.of, c.step)) * TILE_BYTES;
        char* to = ring + c.slot(depth) * stage + copier * bytes;
        int mine = bytes == 0 ? 0 : max(0, (ms - copier + COPIERS - 2) / (COPIERS - 1));
        copy_begin(full, mine * bytes);
        for (int i = 0; i < mine; i++) {
            copy_ahead(to, from, bytes, full, policy);
            from += (long long)(COPIERS - 1) * depth.tiles * TILE_BYTES;
            to += (COPIERS - 1) * bytes;
        }
        copy_end(full);
    }

    EDDY_DEVICE void copy_rows(const Cursor& c, Barrier* full) const {
        uint32_t bytes = depth.deep(c.of, c.step) * row_bytes;
        copy_begin(full, bytes);
        if (bytes > 0) {
            copy_ahead(ring + c.slot(depth) * stage + WEIGHTS, x + (long long)depth.from(c.of, c.step) * row_bytes, bytes, full);
        }
        copy_end(full);
    }

    // By the lanes that copy. Rows wait for the kernel before this one; weights come as soon as there are slots.
    EDDY_DEVICE void copy(int copier, Barrier* full, Barrier* empty) const {
        if (copier == 0) {
            grid_wait();
        }
        for (Cursor c(0); c.is_there(depth); c.next(depth)) {
            int slot = c.slot(depth);
            if (c.use > 0) {
                barrier_wait(empty + slot, (c.use - 1) & 1);
            }
            if (copier == 0) {
                copy_rows(c, full + slot);
            } else {
                copy_weights(copier - 1, c, full + slot);
            }
        }
    }
};

// Waits until all blocks of a cluster have their sums in shared memory, and until they have been read.
EDDY_DEVICE void end_of_sums() {
    if (gridDim.z > 1) {
        cluster_sync();
    } else {
        __syncthreads();
    }
}

EDDY_DEVICE void end_of_reading() {
    if (gridDim.z > 1) {
        cluster_meet();
    }
}

// Where a block's sums lie in shared memory before they are stored: `slots` of [rows][outputs, and four more against
// conflicts of banks].
template <int TILES_M, int TILES_N>
struct Sums {
    static constexpr int WIDTH = TILES_M * TILE_M + 4;
    static constexpr int SLOT = TILES_N * TILE_N * WIDTH;  // floats
    float* held;

    // A lane's part of a tile.
    EDDY_DEVICE void put(const float (&d)[4], int slot, int m_tile, int n_tile) const {
        int lane = threadIdx.x & 31;
        float* at = held + slot * SLOT + (n_tile * TILE_N + (lane & 3) * 2) * WIDTH + m_tile * TILE_M + lane / 4;
        at[0] = d[0];
        at[WIDTH] = d[1];
        at[8] = d[2];
        at[WIDTH + 8] = d[3];
    }

    // By all threads of the blocks of a cluster, when all have put theirs: adds up each output's segments and stores it. Slot 0
    // of the first block is where it begins; then come the other slots of that block, if segments are all HERE, or those of
    // the other blocks. A thread has the same outputs of all its rows.
    template <bool HERE, class Depth>
    EDDY_DEVICE void store(const ProductBf16& w, const Depth& depth, int m0, int n0, int rows) const {
        constexpr int QUADS = TILES_M * 4;
        int count = min(TILES_N * TILE_N, rows - n0 * TILE_N);
        int more = depth.segments - (HERE ? 1 : depth.each);
        int row = (blockIdx.z * blockDim.x + threadIdx.x) / QUADS;
        if (row >= count) {
            return;
        }
        Quad quad(w, m0 * TILE_M + threadIdx.x % QUADS * 4, rows);
        const float* mine = held + threadIdx.x % QUADS * 4;
#pragma unroll 1
        for (; row < count; row += gridDim.z * blockDim.x / QUADS) {
            const float* at = mine + row * WIDTH;
            float4 sum = read(at, 0);
            sum = make_float4(0.0f + sum.x, 0.0f + sum.y, 0.0f + sum.z, 0.0f + sum.w);
            int rank = HERE ? 0 : 1;
            int slot = HERE ? 1 : 0;
#pragma unroll 1
            for (int i = 0; i < more; i++) {
                float4 next = read(at + slot * SLOT, rank);
                sum = make_float4(sum.x + next.x, sum.y + next.y, sum.z + next.z, sum.w + next.w);
                if (++slot == depth.each && !HERE) {
                    slot = 0;
                    rank++;
                }
            }
            quad.store(n0 * TILE_N + row, sum);
        }
    }

    static EDDY_DEVICE float4 read(const float* at, int rank) {
        return gridDim.z > 1 ? cluster_read((const float4*)at, rank) : *(const float4*)at;
    }
};

// By the warps that multiply: the block's segments of a warp's T tiles. The first block of a product leaves the sum of all of
// its segments in slot 0, another one each of its (at most two).
template <class Kernel, int T>
EDDY_DEVICE void sum_segments(const typename Kernel::Stages& s, Barrier* full, Barrier* empty, const typename Kernel::Sums& sums) {
    float total[T][4];
    float d[T][4];
    float zero = s.depth.first == 0 ? 0.0f : -0.0f;
#pragma unroll
    for (int i = 0; i < 4 * T; i++) {
        total[i / 4][i & 3] = zero;
    }
#pragma unroll 1
    for (typename Kernel::Cursor c(0); c.of < s.depth.count; c.of++) {
        Kernel::multiply_segment(d, s, c, full, empty);
        if (c.of == 0 || s.depth.first == 0) {
#pragma unroll
            for (int i = 0; i < 4 * T; i++) {
                total[i / 4][i & 3] += d[i / 4][i & 3];
            }
        }
    }
    named_barrier(32 * Kernel::WARPS);  // nobody reads the ring any longer
    Kernel::put(sums, total, 0);
    if (s.depth.first > 0 && s.depth.count > 1) {
        Kernel::put(sums, d, 1);
    }
}

// A kernel's block. Grid: x groups of TILES_N n-tiles, which run together so that weights come from memory once, y blocks of
// TILES_M m-tiles of all products, z blocks of a cluster, which share the depth (one where warps do). Shared memory: the ring,
// of which sums take the place; where warps share a depth they come behind it.
template <class Kernel>
EDDY_DEVICE void run_product(const MatMulBf16Params& p) {
    EDDY_DYNAMIC_SHARED(char, ring);
    EDDY_SHARED(Barrier, full, MAX_STAGES);
    EDDY_SHARED(Barrier, empty, MAX_STAGES);
    grid_release();
    const ProductBf16& w = p.products[product_of(p)];
    int m0 = (blockIdx.y - w.first_block) * Kernel::TILES_M;
    int n0 = blockIdx.x * Kernel::TILES_N;
    int rows = Kernel::same_in_warp(rows_of(p.batch, p.selected));
    if (n0 * TILE_N >= rows) {
        return;
    }
    prepare_barriers(full, empty, p.stages, Kernel::COPIERS, Kernel::READERS);
    typename Kernel::Stages s(w, m0, n0, rows, p.stages, ring);
    typename Kernel::Sums sums = {(float*)(Kernel::APART ? ring + p.stages * s.stage : ring)};
    auto warp = Kernel::same_in_warp(threadIdx.x / 32);
    if (warp >= Kernel::WARPS) {
        if (copies_here()) {
            s.copy(warp - Kernel::WARPS, full, empty);
        }
    } else {
        Kernel::multiply_all(s, rows - n0 * TILE_N, full, empty, sums);
    }
    end_of_sums();
    sums.template store<Kernel::APART>(w, s.depth, m0, n0, rows);
    end_of_reading();
}
