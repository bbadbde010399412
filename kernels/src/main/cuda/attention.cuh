// What the kernels of attention share: their parameters, which keys a query sees, and how a warp brings parts of keys and values
// into shared memory ahead of their use by the others, the workers. Reference: ReferenceAttention.
#pragma once
#include "fragments.cuh"
#include "functions.cuh"
#include "history.cuh"
#include "lanes.cuh"
#include "pipeline.cuh"
#include "shared.cuh"

// The tiles that keys and values come in.
enum { KEY_BLOCK = 256, TILE = KEY_BLOCK * 32, TILE_COLUMNS = 128 };

EDDY_DEVICE int workers() { return blockDim.x - 32; }

EDDY_DEVICE void workers_sync() { named_barrier(workers()); }

struct AttentionParams {
    Batch batch;
    Rows q;
    Rows k;
    Rows v;
    Rows out;  // at null: only fragments are wanted
    History keys;
    History values;
    int heads;
    int groups;
    float scale;
    float cap;
    int window;
    int keeps;  // whether the launch keeps the step's own keys and values, each entry's only ones
    unsigned short* fragments;  // of the result, in whole tiles, for the next product, by launches of one element an entry; or null
};

// A head of neighbouring rows' queries, or heads of one row's that share their keys: which keys these see.
struct Task {
    const AttentionParams& p;
    const Entry& entry;
    int head;  // the first
    int group;
    int width;    // of a head's keys
    int columns;  // of its values
    long long position;  // of the last row
    long long first;     // key that the first one sees
    int first_block;
    int last_block;

    EDDY_DEVICE Task(const AttentionParams& of, const Entry& in, int row, int first_head, int rows = 1)
        : p(of),
          entry(in),
          head(first_head),
          group(first_head * p.groups / p.heads),
          width(p.q.width / p.heads),
          columns(p.v.width / p.groups),
          position(entry.start + row - entry.offset + rows - 1),
          first(max(position - (rows - 1) - p.window + 1, 0ll)),
          first_block((int)(first / KEY_BLOCK)),
          last_block((int)(position / KEY_BLOCK)) {}
};

// The keys that a task sees in a block.
struct KeySpan {
    long long from;
    int count;

    EDDY_DEVICE KeySpan(const Task& task, int block)
        : from(max(task.first, (long long)block * KEY_BLOCK)),
          count((int)(min(task.position + 1, (block + 1ll) * KEY_BLOCK) - from)) {}
};

// The calling block's part of what a cluster along z shares: neighbours, as many as `unit` has or a multiple.
struct Share {
    int first;
    int count;

    EDDY_DEVICE Share(int all, int unit) {
        int each = (all + (int)gridDim.z - 1) / (int)gridDim.z;
        each = (each + unit - 1) / unit * unit;
        first = min(each * (int)blockIdx.z, all);
        count = min(each, all - first);
    }
};

// Keys of a key block whose scores the calling block makes, and columns of values that it adds up.
EDDY_DEVICE Share keys_of(const KeySpan& span) { return Share(span.count, 1); }
EDDY_DEVICE Share columns_of(const Task& task) { return Share(task.columns, 4); }

// How rows lie in a tile: `stride` apart, the fours of each swapped by the row's number, as far as `swap` has bits.
struct Tile {
    int stride;
    int swap;

    EDDY_DEVICE int place(int row, int four) const { return row * stride + (four ^ (row & swap)) * 4; }
};

// A tile of all keys of a block, or some, in as many columns as find room, 32, 64, ... Neighbouring keys' fours lie in different
// banks.
struct KeyTile : Tile {
    int rows;

    EDDY_DEVICE KeyTile(int left, int width) : Tile{0, 7}, rows(left) {
        stride = min((width + 31) & ~31, rows > KEY_BLOCK / 2 ? 32 : rows > KEY_BLOCK / 4 ? 64 : TILE_COLUMNS);
    }
};

// A tile of as many rows of values, in fours, as find room.
struct ValueTile : Tile {
    int width;
    int rows;

    EDDY_DEVICE explicit ValueTile(int left) : Tile{0, 0}, width(min(left, (int)TILE_COLUMNS)) {
        stride = (width + 3) & ~3;
        rows = TILE / stride & ~3;
    }
};

// The tiles in shared memory, in turns: a warp fills them, and each worker uses all of them.
template <int TILES>
struct TileRing {
    float* tiles;    // [TILES][TILE]
    Barrier* full;   // [TILES]
    Barrier* empty;  // [TILES]
    int next_tile;
    uint32_t round;

    // Barriers [2 * TILES], which one thread prepares before any other comes here.
    EDDY_DEVICE TileRing(float* at, Barrier* barriers)
        : tiles(at), full(barriers), empty(barriers + TILES), next_tile(0), round(0) {}

    static EDDY_DEVICE void prepare(Barrier* barriers) {
        for (int i = 0; i < TILES; i++) {
            barrier_init(barriers + i, 32);
            barrier_init(barriers + TILES + i, workers());
        }
        barriers_ready();
    }

    // By the warp that fills: a tile that nobody reads any longer, and that all its copies have begun.
    EDDY_DEVICE float* to_fill() const {
        if (round > 0) {
            barrier_wait(empty + next_tile, (round - 1) & 1);
        }
        return tiles + next_tile * TILE;
    }

    EDDY_DEVICE void filled() {
        copies_arrive(full + next_tile);
        turn();
    }

    // By the workers: the next tile when its bytes have come, and that the calling thread has used it.
    EDDY_DEVICE const float* next() const {
        barrier_wait(full + next_tile, round & 1);
        return tiles + next_tile * TILE;
    }

    // Each lane for itself: racecheck does not know that __syncwarp orders a lane's reads before another's arrival, and one
    // arrival for all is no faster.
    EDDY_DEVICE void done() {
        barrier_arrive(empty + next_tile);
        turn();
    }

private:
    EDDY_DEVICE void turn() {
        if (++next_tile == TILES) {
            next_tile = 0;
            round++;
        }
    }
};

// The warp that brings a task's tiles: of each key block the calling block's keys, some of them in all their columns and then more,
// then its columns of the values, some in all their rows and then more.
template <int TILES>
struct Supply {
    const Task& task;
    TileRing<TILES>& ring;

    // Waits for the launch before as soon as a tile has rows of the step.
    EDDY_DEVICE void run() {
        int keys = place(task.p.keys, task.first_block);
        int values = place(task.p.values, task.first_block);
#pragma unroll 1
        for (int block = task.first_block; block <= task.last_block; block++) {
            // Asked for ahead of their use: they lie in a table.
            int more = min(block + 1, task.last_block);
            int next_keys = place(task.p.keys, more);
            int next_values = place(task.p.values, more);
            KeySpan span(task, block);
            bring_keys(span, keys);
            bring_values(span, values);
            keys = next_keys;
            values = next_values;
        }
    }

private:
    EDDY_DEVICE int place(const History& past, int block) const {
        return kept_place(task.p.batch, past, task.entry, KeySpan(task, block).from);
    }

    EDDY_DEVICE void wait_for(long long end) const {
        if (end > task.entry.start) {
            grid_wait();
        }
    }

    EDDY_DEVICE void bring_keys(const KeySpan& span, int place) {
        const AttentionParams& p = task.p;
        Share mine = keys_of(span);
        KeyTile tile(mine.count, task.width);
        PastRows rows(p.batch, p.keys, task.entry, p.k, span.from, place);
        wait_for(span.from + mine.first + mine.count);
#pragma unroll 1
        for (int c = 0; c < task.width && mine.count > 0; c += tile.stride) {
            fill(tile, rows, mine.first, mine.count, task.group * task.width + c, min(tile.stride, task.width - c));
        }
    }

    EDDY_DEVICE void bring_values(const KeySpan& span, int place) {
        const AttentionParams& p = task.p;
        Share mine = columns_of(task);
        PastRows rows(p.batch, p.values, task.entry, p.v, span.from, place);
        wait_for(span.from + span.count);
#pragma unroll 1
        for (int column = 0; column < mine.count;) {
            ValueTile tile(mine.count - column);
#pragma unroll 1
            for (int row = 0; row < span.count; row += tile.rows) {
                fill(tile, rows, row, min(tile.rows, span.count - row), task.group * task.columns + mine.first + column, tile.width);
            }
            column += tile.width;
        }
    }

    // Begins to bring `width` columns of `count` rows into the next tile, sixteen bytes at a time where all of them lie so.
    EDDY_DEVICE void fill(const Tile& tile, const PastRows& rows, int from, int count, int column, int width) {
        SharedFloats to(ring.to_fill());
        if (rows.in_fours() && (column | width) % 4 == 0) {
            fill<4>(to, tile, rows, from, count, column, width / 4);
        } else {
            fill<1>(to, tile, rows, from, count, column, width);
        }
        ring.filled();
    }

    // The same in parts of SIZE floats, of which a row has TILE_COLUMNS at most. A lane has the same part of rows that lie apart.
    template <int SIZE>
    static EDDY_DEVICE void fill(SharedFloats to, const Tile& tile, const PastRows& rows, int from, int count, int column, int parts) {
        int shift = min(31 - __clz(2 * parts - 1), 5);  // lanes of a row: a power of two
        int step = 32 >> shift;
        int mine = (threadIdx.x % 32) >> shift;
#pragma unroll 1
        for (int part = threadIdx.x & ((1 << shift) - 1); part < parts; part += 32) {
            int at = part * SIZE;
            rows.each_run(from, count, [&](const float* row, int apart, int first, int end) {
                const float* source = row + (long long)mine * apart + column + at;
                copy_rows<SIZE>(to, tile, first + mine, end, step, at, source, step * apart);
            });
        }
    }

    // Rows `row`, row + step, ... before `end` of a lane's part at column `at` of the tile.
    template <int SIZE>
    static EDDY_DEVICE void copy_rows(SharedFloats to, const Tile& tile, int row, int end, int step, int at, const float* source,
                                      int apart) {
        SharedFloats place = to + row * tile.stride;
        int further = step * tile.stride;
        constexpr int TURN = SIZE == 4 ? 8 : 1;
#pragma unroll 1
        for (; row + (TURN - 1) * step < end; row += TURN * step) {
#pragma unroll
            for (int i = 0; i < TURN; i++) {
                (place + (at ^ 4 * ((row + i * step) & tile.swap))).copy_later(source, SIZE == 4);
                place = place + further;
                source += apart;
            }
        }
#pragma unroll 1
        for (; row < end; row += step) {
            (place + (at ^ 4 * (row & tile.swap))).copy_later(source, SIZE == 4);
            place = place + further;
            source += apart;
        }
    }
};

EDDY_DEVICE float score_of(const AttentionParams& p, float dot) {
    float score = dot * p.scale;
    return p.cap > 0.0f ? p.cap * eddy_tanh(score / p.cap) : score;
}
