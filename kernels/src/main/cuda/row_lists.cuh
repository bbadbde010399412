// What lists of operators on rows (rows.cu) are made of, as dev.eddy.kernels.cuda.RowStage writes them, and what of a row a
// block has.
#pragma once
#include "batch.cuh"
#include "norms.cuh"

enum RowCode {
    ROW_MAP,
    ROW_NORM,
    ROW_SOFTMAX,
    ROW_CONCAT,
    ROW_OUTER,
    ROW_FRAGMENTS,
    ROW_DELAY,
    ROW_FIR,
    ROW_DIAGONAL
};

// Where a row lies in device memory.
struct Far {
    const float* at;  // of row 0; null: nowhere
    int stride;  // 0 for a weight
    int unused;
};

// What a map's operand beside its first one is.
enum Operand { OPERAND_NONE, OPERAND_COLUMNS, OPERAND_SCALAR, OPERAND_SPREAD };

// Unary's ordinals, then from here on Binary's.
enum { BINARY_FUNCTIONS = 16 };

// 192 bytes; field by field as RowStage writes them. What is read together lies together, sixteen bytes at a time. A place
// is the byte of shared memory where something starts, plus one where only the block's columns are there; negative: nowhere.
struct alignas(16) RowOp {
    int code;
    int barrier;  // 1: wait for the block's other threads first
    int whole;  // 1: all columns, not only the block's
    int function;  // map: of x and y; NormKind
    int second;  // map: function of what the first gave and z; -1: none
    int y_kind;  // Operand
    int z_kind;  // Operand
    int at;  // concat: column in each group; FIR: K; diagonal: 1 for a state in bfloat16; map: how many more it does
    int x;  // places of what is read, those of maps and scans first
    int y;  // map, outer: the second operand; diagonal: the step; delay and FIR: the window
    int z;
    int out;  // and of the result
    int scale;  // norm; diagonal: b; FIR: taps [K, C]
    int bias;  // norm, FIR; diagonal: c
    int width;  // of the result
    int groups;
    float scalar;  // y, or epsilon
    float z_scalar;
    int x_width;  // FIR: from one row of the taps to the next; norm: columns of a group
    int y_width;  // FIR: from one row of the window to the next; norm: the binary logarithm of x_width, or -1
    float* kept;  // row 0 of the result for later launches, or null
    unsigned short* fragments;  // of the result, whole tiles of it, for the next product; or null
    int kept_stride;
    int block;  // columns that share an element of y (BLOCKS), or 0 (TILES)
    long long state;  // bytes from the start of a slot
    Far far_x;
    Far far_y;
    Far far_z;  // diagonal: a [D, N]
    Far far_scale;
    Far far_bias;
};

// A row's piece of something that operators read. 32 bytes.
struct RowLoad {
    const float* at;  // of row 0; a state: bytes from the start of a slot
    int stride;
    int width;
    int place;
    int kind;  // LoadKind
    long long unused;
};

enum LoadKind { LOAD_WEIGHT, LOAD_STATE, LOAD_VALUE };

enum { DIAGONAL_MODES = 16, MOST_TAPS = 8 };

struct RowsParams {
    Batch batch;
    const RowOp* ops;  // then the loads
    int count;
    int early;  // loads of weights and states, which come first
    int loads;
    int selected;
    int span;  // columns of a block
    int lists;  // 1: ops and loads come into shared memory, too
};

// What one kernel can do: the operators that it has, as bits of RowCode, and whether its lists and what its norms read are
// in shared memory and all that it reads and makes lies in whole quads of columns at multiples of sixteen bytes. Kernels
// differ so that each is small and does little for an operator: a block of one session has a warp a scheduler, and nothing
// hides what its instructions wait for.
template <int OPS, bool QUADS>
struct Kind {
    static EDDY_DEVICE constexpr bool has(RowCode code) { return (OPS >> code & 1) != 0; }

    static EDDY_DEVICE constexpr bool has_states() { return has(ROW_DELAY) || has(ROW_FIR) || has(ROW_DIAGONAL); }

    static EDDY_DEVICE constexpr bool is_quads() { return QUADS; }
};

// A block's part in a row.
struct Part {
    float* shared;
    int row;
    int from;
    int until;
    int own;  // the calling thread's first column among the block's
    int group;  // of tiles of fragments
    int fragments_high;  // the row's group of tiles, and where it lies in the first of them
    int fragments_low;
    char* slot;  // null where rows are selected ones
    bool absorbs;

    // Columns of a place.
    EDDY_DEVICE float* near(int place, int column) const {
        return (float*)((char*)shared + (place & ~1)) + (place & 1 ? column - from : column);
    }

    EDDY_DEVICE const float* far(const Far& f, int column) const {
        return f.at + ((long long)row * f.stride + column);
    }

    // From its first column on, wherever it lies; null where there is nothing.
    EDDY_DEVICE const float* source(int place, const Far& f) const {
        return place >= 0 ? near(place, 0) : f.at == nullptr ? nullptr : far(f, 0);
    }

    EDDY_DEVICE int first(const RowOp& op) const { return op.whole ? 0 : from; }

    EDDY_DEVICE int last(const RowOp& op) const { return op.whole || until > op.width ? op.width : until; }

    EDDY_DEVICE float* state(const RowOp& op) const { return (float*)(slot + op.state); }
};
