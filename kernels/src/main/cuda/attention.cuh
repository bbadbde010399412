// What the kernels of attention share: their parameters, which keys a query sees, and how parts of keys and values come into shared
// memory ahead of their use. Reference: ReferenceAttention.
#pragma once
#include "functions.cuh"
#include "history.cuh"
#include "lanes.cuh"

// A block's threads, of which each has a key of a tile of keys at a time; and the tiles that keys and values come in, of which so
// many are on their way at once.
enum { KEY_BLOCK = 256, THREADS = 256, TILE = THREADS * 32, TILES = 2 };

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

// A head of a query, or of neighbouring rows' queries: which keys these see.
struct Task {
    const AttentionParams& p;
    const Entry& entry;
    int head;
    int group;
    int width;    // of a head's keys
    int columns;  // of its values
    long long position;  // of the last row
    long long first;     // key that the first one sees
    int first_block;
    int last_block;

    EDDY_DEVICE Task(const AttentionParams& of, const Entry& in, int row, int which, int rows = 1)
        : p(of),
          entry(in),
          head(which),
          group(which * p.groups / p.heads),
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

// How rows lie in a tile: `stride` apart, the fours of each swapped by the row's number, as far as `swap` has bits.
struct Tile {
    int stride;
    int swap;

    EDDY_DEVICE int place(int row, int four) const { return row * stride + (four ^ (row & swap)) * 4; }
};

// A tile of a key a thread at most, of as many columns as find room, 32, 64, ... Neighbouring keys' fours lie in different
// banks.
struct KeyTile : Tile {
    int rows;

    EDDY_DEVICE KeyTile(int left, int width) : Tile{0, 7}, rows(min(left, (int)blockDim.x)) {
        stride = min((width + 31) & ~31, rows > THREADS / 2 ? 32 : rows > THREADS / 4 ? 64 : 128);
    }
};

// A tile of a column a thread at most, and as many rows, in fours, as find room.
struct ValueTile : Tile {
    int width;
    int rows;

    EDDY_DEVICE explicit ValueTile(int left) : Tile{0, 0}, width(min(left, (int)blockDim.x)) {
        stride = (width + 3) & ~3;
        rows = TILE / stride & ~3;
    }
};

// Begins to bring `width` columns of `count` rows into a tile, sixteen bytes at a time where all of them lie so.
EDDY_DEVICE void stage(float* to, const Tile& tile, const PastRows& rows, int from, int count, int column, int width) {
    if (!rows.in_fours() || (column | width) % 4 != 0) {
#pragma unroll 1
        for (int i = threadIdx.x; i < count * width; i += blockDim.x) {
            int row = i / width;
            int c = i % width;
            copy_later(to + tile.place(row, c / 4) + c % 4, rows.row(from + row) + column + c, false);
        }
        return;
    }
    int fours = width / 4;
    int shift = 31 - __clz(2 * fours - 1);  // lanes of a row: a power of two
    int four = threadIdx.x & ((1 << shift) - 1);
    if (four < fours) {
#pragma unroll 2
        for (int row = threadIdx.x >> shift; row < count; row += blockDim.x >> shift) {
            copy_later(to + tile.place(row, four), rows.row(from + row) + column + four * 4, true);
        }
    }
}

// What comes into the tiles, in turns: of each of the block's key blocks the keys, some of them in all their columns and then
// more, then the values, some columns in all their rows and then more. It runs ahead of those who use them, into the next key
// block too.
struct Feed {
    const Task& task;
    float* tiles;
    int turn;         // of the next tile to be used, which is also that to come after all that are on their way
    int block;        // of what comes next, as all below
    int keys;         // kept_place of its first row
    int values;
    bool of_keys;
    int row;
    int column;

    // Begins all tiles, and waits for the launch before as soon as one has rows of the step.
    EDDY_DEVICE Feed(const Task& of, float* to) : task(of), tiles(to), turn(0) {
        open(task.first_block + (int)blockIdx.z);
#pragma unroll 1
        for (int i = 0; i < TILES; i++) {
            if (has_more() && !next_is_kept()) {
                grid_wait();
            }
            begin();
        }
        grid_wait();
    }

    // The next tile, for all threads, when its bytes have come.
    EDDY_DEVICE const float* next() const {
        copies_wait_but<TILES - 1>();
        __syncthreads();
        return tiles + turn * TILE;
    }

    // After all threads have used it.
    EDDY_DEVICE void done() {
        __syncthreads();
        begin();
    }

private:
    EDDY_DEVICE bool has_more() const { return block <= task.last_block; }

    EDDY_DEVICE bool next_is_kept() const {
        KeySpan span(task, block);
        return span.from + (of_keys ? min(row + (int)blockDim.x, span.count) : span.count) <= task.entry.start;
    }

    EDDY_DEVICE void open(int next) {
        block = next;
        of_keys = true;
        row = 0;
        column = 0;
        if (has_more()) {
            long long from = KeySpan(task, block).from;
            keys = kept_place(task.p.batch, task.p.keys, task.entry, from);
            values = kept_place(task.p.batch, task.p.values, task.entry, from);
        }
    }

    EDDY_DEVICE void begin() {
        if (has_more()) {
            const AttentionParams& p = task.p;
            KeySpan span(task, block);
            int left = span.count - row;
            int all = of_keys ? task.width : task.columns;
            KeyTile key(left, all);
            ValueTile value(all - column);
            Tile tile = {of_keys ? key.stride : value.stride, of_keys ? key.swap : value.swap};
            PastRows rows(p.batch, of_keys ? p.keys : p.values, task.entry, of_keys ? p.k : p.v, span.from,
                          of_keys ? keys : values);
            stage(tiles + turn * TILE, tile, rows, row, of_keys ? key.rows : min(value.rows, left), task.group * all + column,
                  of_keys ? min(key.stride, all - column) : value.width);
            if (of_keys) {
                after_keys(key, span.count, all);
            } else {
                after_values(value, span.count, all);
            }
        }
        copies_end();
        turn = turn + 1 == TILES ? 0 : turn + 1;
    }

    EDDY_DEVICE void after_keys(const KeyTile& tile, int count, int width) {
        column += tile.stride;
        if (column >= width) {
            column = 0;
            row += tile.rows;
            if (row >= count) {
                of_keys = false;
                row = 0;
            }
        }
    }

    EDDY_DEVICE void after_values(const ValueTile& tile, int count, int columns) {
        row += tile.rows;
        if (row >= count) {
            row = 0;
            column += tile.width;
            if (column >= columns) {
                open(block + (int)gridDim.z);
            }
        }
    }
};

EDDY_DEVICE float score_of(const AttentionParams& p, float dot) {
    float score = dot * p.scale;
    return p.cap > 0.0f ? p.cap * eddy_tanh(score / p.cap) : score;
}
