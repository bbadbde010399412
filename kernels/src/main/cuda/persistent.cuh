// A run of launches as one: blocks that stay on their multiprocessors take one launch after the other, its instructions, so
// that weights of the next ones come while a launch ends, nobody waits for blocks to come, and memory is never idle. For up
// to eight rows.
//
// A block has TEAMS teams of four warps, which do what a launch's blocks would: tiles of 16 outputs of a product, a warp a
// segment of the depth, or rows of fused_rows.cuh, of which those of 64 threads take half a team. A warp brings the weights of
// its segments into its own ring in shared memory: whenever it has done with a stage it asks for the next one that it knows of, beyond the present
// instruction too. One more warp, the watch, brings instructions into shared memory and opens each when all blocks have done
// with the one before, which a counter in device memory says. Bits are those of the launches: a row's and an output's sums go
// in the same order.
//
// All blocks have to be there at the same time, or those that are would wait forever: the launch is cooperative.
#pragma once
#include "flags.cuh"
#include "fused_delta.cuh"
#include "fused_scan.cuh"
#include "half_weights.cuh"
#include "product.cuh"

// dev.eddy.kernels.cuda.PersistentRun has the same numbers.
enum {
    TEAMS = 2,
    TEAM_WARPS = 4,
    TEAM_THREADS = 32 * TEAM_WARPS,
    WORKING_WARPS = TEAMS * TEAM_WARPS,
    PERSISTENT_THREADS = 32 * (WORKING_WARPS + 1),
    INSTRUCTION_SLOTS = 8,
    INSTRUCTION_BYTES = 1024,
    FLAG_STRIDE = 8,  // from one counter to the next: a sector of memory each
    MOST_SLOTS = 8,  // of a warp's ring
    ROWS_AHEAD = 2  // chunks of rows that are on their way, of which each has a slot
};

// The head of an instruction; the parameters of its launch follow.
struct Instruction {
    int kind;   // PRODUCTS, or which of the kernel's rows
    int units;  // tiles of all products, or blocks of a row
    int threads;  // that do one: of a team, or of half a team
    int parts;  // of a block: teams, or halves of them, that take part
    int first;  // the place that takes the first unit
    int selected;
    int unused0;
    int unused1;
};

enum { PRODUCTS = -1 };

struct PersistentParams {
    Batch batch;
    const char* instructions;  // INSTRUCTION_BYTES each
    unsigned* flags;  // a counter each, and one more; all are 0 before and after
    long long* stamps;  // the first block's clock when it opens each, and at the end
    int count;
    int ring;  // bytes of a warp's ring
    int narrow;  // bytes of a part's memory for rows, where more than one take part
    int scratch;  // bytes of all parts'
    int unused;
};

// A place in a warp's ring: a slot, and how often it has been used before.
struct RingPlace {
    int slot;
    uint32_t use;

    EDDY_DEVICE void advance(int slots) {
        if (++slot == slots) {
            slot = 0;
            use++;
        }
    }
};

// What a warp's ring has and will have: of the segments of all of its tiles to come, stage by stage.
struct Ahead {
    RingPlace taken;
    RingPlace asked;
    int room;  // slots that nothing was asked for
    int instruction;  // of the segment that is asked for
    int tile;  // -1: none yet of that instruction
    int left;  // k-tiles of the segment
    const char* next;
};

template <class... Rows>
struct Persistent {
    typedef ::Sums<1, 1> Sums;

    const PersistentParams& p;
    char* memory;
    Barrier* loaded;
    Barrier* go;
    Barrier* done;
    Barrier* full;
    int rows;  // of the step, and of those selected
    int selected;
    int slots;  // of a warp's ring: each has a chunk of weights, and of rows
    uint64_t policy;

    static constexpr int WEIGHTS = CHUNK * HalfWeights::TILE_BYTES;
    static constexpr int SUMS_BYTES = SEGMENTS * Sums::SLOT * 4;

    EDDY_DEVICE const Instruction& at(int i) const {
        return *(const Instruction*)(memory + i % INSTRUCTION_SLOTS * INSTRUCTION_BYTES);
    }

    static EDDY_DEVICE int slot(int i) { return i % INSTRUCTION_SLOTS; }

    static EDDY_DEVICE uint32_t parity(int i) { return i / INSTRUCTION_SLOTS & 1; }

    // A team's two places for sums, a part's memory for rows, a warp's ring.
    EDDY_DEVICE char* sums(int team) const { return memory + INSTRUCTION_SLOTS * INSTRUCTION_BYTES + team * 2 * SUMS_BYTES; }

    EDDY_DEVICE char* scratch(int part) const { return sums(TEAMS) + part * p.narrow; }

    // Bytes of a chunk of rows, as many as the step has, and of a slot.
    static EDDY_DEVICE int rows_bytes(int rows) { return CHUNK * 32 << fragment_group(rows); }

    static EDDY_DEVICE int slot_bytes(int rows) { return WEIGHTS + rows_bytes(rows); }

    EDDY_DEVICE char* ring(int slot) const {
        return sums(TEAMS) + p.scratch + (int)threadIdx.x / 32 * p.ring + slot * slot_bytes(rows);
    }

    EDDY_DEVICE Barrier* full_of(int slot) const { return full + (int)threadIdx.x / 32 * MOST_SLOTS + slot; }

    EDDY_DEVICE int rows_of(const Instruction& it) const { return it.selected ? selected : rows; }

    EDDY_DEVICE int units(const Instruction& it) const {
        int count = rows_of(it);
        return it.kind == PRODUCTS ? (count > 0 ? it.units : 0) : count * it.units;
    }

    static EDDY_DEVICE int places(const Instruction& it) { return gridDim.x * it.parts; }

    // A part's first unit; it has every places-th from there on.
    static EDDY_DEVICE int first(const Instruction& it, int part) {
        int place = part * (int)gridDim.x + (int)blockIdx.x - it.first;
        return part < it.parts ? (place < 0 ? place + places(it) : place) : 1 << 30;
    }

    static EDDY_DEVICE const MatMulBf16Params& products_of(const Instruction& it) { return *(const MatMulBf16Params*)(&it + 1); }

    static EDDY_DEVICE const ProductBf16& product_of_tile(const MatMulBf16Params& m, int tile) {
        int index = 0;
        while (index + 1 < m.count && tile >= m.products[index + 1].first_block) {
            index++;
        }
        return m.products[index];
    }

    EDDY_DEVICE void load(int i) const {
        Barrier* b = loaded + slot(i);
        copy_begin(b, INSTRUCTION_BYTES);
        copy_ahead(memory + slot(i) * INSTRUCTION_BYTES, p.instructions + (long long)i * INSTRUCTION_BYTES, INSTRUCTION_BYTES, b);
        copy_end(b);
    }

    // By one lane.
    EDDY_DEVICE void watch() const {
        for (int i = 0; i < min(p.count, (int)INSTRUCTION_SLOTS); i++) {
            load(i);
        }
        grid_wait();
#pragma unroll 1
        for (int i = 0; i < p.count; i++) {
            if (i > 0) {
                barrier_wait(done + slot(i - 1), parity(i - 1));
                unsigned all = units(at(i - 1));
                if (i - 1 + INSTRUCTION_SLOTS < p.count) {
                    load(i - 1 + INSTRUCTION_SLOTS);
                }
                flag_wait(p.flags + (i - 1) * FLAG_STRIDE, all);
            }
            stamp(i);
            barrier_arrive(go + slot(i));
        }
    }

    EDDY_DEVICE void stamp(int i) const {
        if (blockIdx.x == 0) {
            p.stamps[i] = clock64();
        }
    }

    // The warp's next segment, if the instruction that has it is there.
    EDDY_DEVICE bool find_segment(Ahead& a) const {
        int warp = threadIdx.x / 32;
        int of = warp % TEAM_WARPS;
#pragma unroll 1
        while (a.instruction < p.count &&
               __all_sync(ALL_LANES, barrier_test(loaded + slot(a.instruction), parity(a.instruction)))) {
            const Instruction& it = at(a.instruction);
            a.tile = a.tile < 0 ? first(it, warp / TEAM_WARPS) : a.tile + places(it);
            if (it.kind != PRODUCTS || a.tile >= units(it)) {
                a.instruction++;
                a.tile = -1;
                continue;
            }
            const ProductBf16& w = product_of_tile(products_of(it), a.tile);
            int from = of * segment_tiles(w.tiles);
            a.left = min(segment_tiles(w.tiles), w.tiles - from);
            if (a.left > 0) {
                long long tile = (long long)(a.tile - w.first_block) * w.tiles + from;
                a.next = (const char*)w.weights + tile * HalfWeights::TILE_BYTES;
                return true;
            }
        }
        return false;
    }

    // Asks for as many weights as the warp's ring has room for.
    EDDY_DEVICE void ask(Ahead& a) const {
#pragma unroll 1
        while (a.room > 0 && (a.left > 0 || find_segment(a))) {
            uint32_t bytes = min(a.left, (int)CHUNK) * HalfWeights::TILE_BYTES;
            if (copies_here()) {
                Barrier* b = full_of(a.asked.slot);
                copy_begin(b, bytes);
                copy_ahead(ring(a.asked.slot), a.next, bytes, b, policy);
                copy_end(b);
            }
            __syncwarp();
            a.left -= CHUNK;
            a.next += bytes;
            a.room--;
            a.asked.advance(slots);
        }
    }

    // Asks for the rows of a chunk, `deep` k-tiles of `bytes` each; none where the segment has ended.
    static EDDY_DEVICE void ask_rows(char* to, const char* from, int deep, int bytes) {
        int all = min(deep, (int)CHUNK) * bytes;
#pragma unroll 1
        for (int at = (threadIdx.x & 31) * 16; at < all; at += 512) {
            copy_later((float*)(to + at), (const float*)(from + at), true);
        }
        copies_end();
    }

    // A chunk of `deep` k-tiles or more; rows: `half` words from one half of eight columns to the other.
    static EDDY_DEVICE void multiply(float (&d)[4], const char* chunk, int half, int deep) {
        int lane = threadIdx.x & 31;
        bool real = lane < half;
        const uint32_t* x = (const uint32_t*)(chunk + WEIGHTS) + lane;
        if (deep >= CHUNK) {
            uint32_t a[CHUNK][4];
            uint32_t b[CHUNK][2];
#pragma unroll
            for (int k = 0; k < CHUNK; k++) {
                HalfWeights::load(a[k], chunk, k, CHUNK);
                b[k][0] = real ? x[2 * k * half] : 0;
                b[k][1] = real ? x[(2 * k + 1) * half] : 0;
            }
#pragma unroll
            for (int k = 0; k < CHUNK; k++) {
                mma_bf16_16x8x16(d, a[k], b[k], d);
            }
            return;
        }
#pragma unroll 1
        for (int k = 0; k < deep; k++) {
            uint32_t a[4];
            HalfWeights::load(a, chunk, k, deep);
            uint32_t b[2] = {real ? x[2 * k * half] : 0, real ? x[(2 * k + 1) * half] : 0};
            mma_bf16_16x8x16(d, a, b, d);
        }
    }

    // The calling warp's segment of a product, `deep` k-tiles from `from` on.
    EDDY_DEVICE void multiply_segment(float (&d)[4], const ProductBf16& w, int from, int deep, int half, Ahead& ahead) const {
        int bytes = 8 * half;  // of a k-tile's rows
        const char* x = (const char*)w.x + from * bytes;
        RingPlace rows_at = ahead.taken;
#pragma unroll 1
        for (int k = -ROWS_AHEAD * CHUNK; k < deep; k += CHUNK) {
            int later = k + ROWS_AHEAD * CHUNK;
            ask_rows(ring(rows_at.slot) + WEIGHTS, x + later * bytes, deep - later, bytes);
            rows_at.advance(slots);
            if (k < 0) {
                continue;
            }
            copies_wait_but<ROWS_AHEAD>();
            barrier_wait(full_of(ahead.taken.slot), ahead.taken.use & 1);
            __syncwarp();  // lanes may have parted there, and have each waited for its own part of the rows
            multiply(d, ring(ahead.taken.slot), half, deep - k);
            __syncwarp();
            ahead.taken.advance(slots);
            ahead.room++;
            ask(ahead);
        }
    }

    // An instruction's tiles by a team's warps, which take turns to store. `tiles`: of the team so far.
    EDDY_DEVICE void products(int i, int team, Ahead& ahead, int& tiles) const {
        const Instruction& it = at(i);
        const MatMulBf16Params& m = products_of(it);
        int warp = threadIdx.x / 32 % TEAM_WARPS;
        int lane = threadIdx.x & 31;
        int count = rows_of(it);
        int half = 4 << fragment_group(count);
        int all = units(it);
        int stored = 0;
        bool waits = true;
#pragma unroll 1
        for (int tile = first(it, team); tile < all; tile += places(it)) {
            const ProductBf16& w = product_of_tile(m, tile);
            int segment = segment_tiles(w.tiles);
            int deep = min(segment, w.tiles - warp * segment);
            float d[4] = {0.0f, 0.0f, 0.0f, 0.0f};
            Sums held = {(float*)(sums(team) + (tiles & 1) * SUMS_BYTES)};
            if (waits) {
                barrier_wait(go + slot(i), parity(i));
                __syncwarp();
                waits = false;
            }
            if (deep > 0) {
                multiply_segment(d, w, warp * segment, deep, half, ahead);
                held.put(d, warp, 0, 0);
            }
            named_barrier(1 + team, TEAM_THREADS);  // who stored the sums that were here before has come here since
            if (tiles++ % TEAM_WARPS == warp) {
                int output = lane % 4 * 4;
                if (lane / 4 < count) {
                    Quad quad(w, (tile - w.first_block) * TILE_M + output, count);
                    int segments = (w.tiles + segment - 1) / segment;
                    quad.store(lane / 4, Sums::sum_here(held.held + lane / 4 * Sums::WIDTH + output, segments));
                }
                stored++;
            }
        }
        __syncwarp();
        if (stored > 0 && lane == 0) {
            flag_add(p.flags + i * FLAG_STRIDE, stored);
        }
    }

    template <class R>
    EDDY_DEVICE void play(int i) const {
        const Instruction& it = at(i);
        const typename R::Params& params = *(const typename R::Params*)(&it + 1);
        int part = (int)threadIdx.x / it.threads;
        int thread = threadIdx.x % it.threads;
        int barrier = 1 + part + (it.threads < TEAM_THREADS ? TEAMS : 0);
        int all = units(it);
#pragma unroll 1
        for (int unit = first(it, part); unit < all; unit += places(it)) {
            Team players = {thread, it.threads, unit / it.units, unit % it.units, barrier, go + slot(i), parity(i)};
            FusedRow row;
            if (row.begin(params, (float*)scratch(part), players)) {
                R::template run<true>(params, row);
            }
            players.sync();
            if (thread == 0) {
                flag_add(p.flags + i * FLAG_STRIDE, 1);
            }
        }
    }

    template <int KIND, class First, class... Rest>
    EDDY_DEVICE void play_kind(int i) const {
        if (at(i).kind == KIND) {
            play<First>(i);
        } else if constexpr (sizeof...(Rest) > 0) {
            play_kind<KIND + 1, Rest...>(i);
        }
    }

    // By a team's warps.
    EDDY_DEVICE void work(int team) const {
        Ahead ahead = {{0, 0}, {0, 0}, slots, 0, -1, 0, nullptr};
        int tiles = 0;
#pragma unroll 1
        for (int i = 0; i < p.count; i++) {
            barrier_wait(loaded + slot(i), parity(i));
            __syncwarp();
            ask(ahead);
            if (at(i).kind == PRODUCTS) {
                products(i, team, ahead, tiles);
            } else {
                play_kind<0, Rows...>(i);
            }
            __syncwarp();
            if ((threadIdx.x & 31) == 0) {
                barrier_arrive(done + slot(i));
            }
        }
    }

    // When all blocks have come here, nobody looks at a counter any longer.
    EDDY_DEVICE void clear_flags() const {
        EDDY_SHARED(int, last, 1);
        unsigned* left = p.flags + p.count * FLAG_STRIDE;
        __syncthreads();
        if (threadIdx.x == 0) {
            stamp(p.count);
            __threadfence();
            last[0] = atomicAdd(left, 1u) == gridDim.x - 1;
            __threadfence();
        }
        __syncthreads();
        if (last[0]) {
            for (int i = threadIdx.x; i <= p.count; i += blockDim.x) {
                p.flags[i * FLAG_STRIDE] = 0;
            }
        }
    }

    static EDDY_DEVICE void init(Barrier* barriers, int count, int arrivals) {
        for (int i = threadIdx.x; i < count; i += blockDim.x) {
            barrier_init(barriers + i, arrivals);
        }
    }

    static EDDY_DEVICE void run(const PersistentParams& p, char* memory) {
        EDDY_SHARED(Barrier, loaded, INSTRUCTION_SLOTS);
        EDDY_SHARED(Barrier, go, INSTRUCTION_SLOTS);
        EDDY_SHARED(Barrier, done, INSTRUCTION_SLOTS);
        EDDY_SHARED(Barrier, full, WORKING_WARPS * MOST_SLOTS);
        grid_release();
        init(loaded, INSTRUCTION_SLOTS, 1);
        init(go, INSTRUCTION_SLOTS, 1);
        init(done, INSTRUCTION_SLOTS, WORKING_WARPS);
        init(full, WORKING_WARPS * MOST_SLOTS, 1);
        barriers_ready();
        __syncthreads();
        int rows = ::rows_of(p.batch, 0);
        int slots = min(p.ring / slot_bytes(rows), (int)MOST_SLOTS);
        Persistent it = {p, memory, loaded, go, done, full, rows, ::rows_of(p.batch, 1), slots, copy_policy(true)};
        int warp = threadIdx.x / 32;
        if (warp < WORKING_WARPS) {
            it.work(warp / TEAM_WARPS);
        } else if (copies_here()) {
            it.watch();
        }
        it.clear_flags();
    }
};

// Grid: x, a block for each multiprocessor; cooperative.
#define PERSISTENT(name, ...)                                                                                        \
    EDDY_KERNEL_AHEAD(name, PersistentParams, __launch_bounds__(PERSISTENT_THREADS, 1)) {                            \
        EDDY_DYNAMIC_SHARED(char, memory);                                                                           \
        Persistent<__VA_ARGS__>::run(p, memory);                                                                     \
    }
