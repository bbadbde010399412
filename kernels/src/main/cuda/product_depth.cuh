// A block's part of a product's depth on the tensor cores, and how it comes into shared memory.
#pragma once
#include "pipeline.cuh"
#include "product_params.cuh"

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
        segments = 1 + (all > segment) + (all > 2 * segment) + (all > 3 * segment);
        each = (segments + (int)gridDim.z - 1) >> (gridDim.z / 2);  // one, two or four blocks
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
    int stage;      // bytes
    uint64_t policy;
    char* ring;
    int rows;       // from the block's first one on
    int row_bytes;  // of a k-tile

    // All that weights need; they do not wait until it is known how many rows there are (hold).
    EDDY_DEVICE Stages(const ProductBf16& w, int m0, int n0, int stages, int held, void* to)
        : depth(w.tiles, stages),
          weights((const char*)w.weights + (long long)m0 * w.tiles * TILE_BYTES),
          x((const char*)w.x + (long long)n0 * w.tiles * 256),
          ms(min(TILES_M, (w.out.width + TILE_M - 1) / TILE_M - m0)),
          stage(WEIGHTS + CHUNKS * CHUNK * 32 * held),
          policy(copy_policy(gridDim.x == 1)),
          ring((char*)to) {}

    EDDY_DEVICE void hold(int all, int group) {
        rows = all - (int)blockIdx.x * TILES_N * TILE_N;
        row_bytes = min(TILES_N * 256, 2 * fragment_tile(group));
    }

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

    // By the lanes that copy. Weights come as soon as there are slots, and lest the next launch's take memory from them, the
    // first copier of weights lets its blocks come only towards their end (`ending`).
    EDDY_DEVICE void copy(int copier, Barrier* full, Barrier* empty, int ending) const {
        int until = copier == 1 && ending > 0 ? max(0, depth.count * depth.steps - ending) : -1;
        for (Cursor c(0); c.is_there(depth); c.next(depth)) {
            if (until-- == 0) {
                grid_release();
            }
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
