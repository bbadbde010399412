// Operators that treat every row by itself (norms, gates, residuals, softmax, rearrangements), many in one launch, and, in
// steps of one element an entry, recurrences by channel. A block has some columns of a row and takes them through a list
// of operators: everything they read comes into shared memory at once, what they make stays there for those that follow,
// and only what other launches read goes back to device memory. A thread takes four neighbouring columns at a time.
// Weights and states come before the kernel waits for the one before it. Where an operator needs a whole row (a norm),
// each of the row's blocks makes it, or, if there are many rows, a block has a whole row. Reference:
// ReferenceInterpreter.unary and binary, ReferenceNorms, ReferenceRows, ReferenceScans.
//
// Versions, RWKV-7 2.9B in a step on an H200, µs a launch at 1 / 64 / 320 sessions:
//   one kernel, a row over blocks of 512 columns            9.5 / 12.3 / 41.8
//   four kernels, packed fields, many rows a block each     5.8 / 11.3 / 17.0
#include "batch.cuh"
#include "fragments.cuh"
#include "lanes.cuh"

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

// dev.eddy.kernels.program.NormKind, by ordinal.
enum NormKind { NORM_RMS, NORM_RMS_PLUS, NORM_LAYER, NORM_L2, NORM_SUM };

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

// Up to four neighbouring columns. Those that are not all there, or do not lie at a multiple of sixteen bytes, go one by
// one.
static __device__ __noinline__ float4 take_some(const float* at, int count) {
    float4 v = make_float4(at[0], 0.0f, 0.0f, 0.0f);
    v.y = count > 1 ? at[1] : 0.0f;
    v.z = count > 2 ? at[2] : 0.0f;
    v.w = count > 3 ? at[3] : 0.0f;
    return v;
}

static __device__ __noinline__ void give_some(float* at, float4 v, int count) {
    at[0] = v.x;
    if (count > 1) {
        at[1] = v.y;
    }
    if (count > 2) {
        at[2] = v.z;
    }
    if (count > 3) {
        at[3] = v.w;
    }
}

EDDY_DEVICE bool is_wide(const float* at, int count) { return count == 4 && ((unsigned long long)at & 15) == 0; }

template <class K>
EDDY_DEVICE float4 take(const float* at, int count) {
    return K::is_quads() || is_wide(at, count) ? *(const float4*)at : take_some(at, count);
}

template <class K>
EDDY_DEVICE void give(float* at, float4 v, int count) {
    if (K::is_quads() || is_wide(at, count)) {
        *(float4*)at = v;
    } else {
        give_some(at, v, count);
    }
}

// Columns of something to read. What is in shared memory is read by instructions for it alone.
template <class K>
EDDY_DEVICE float4 take(const Part& part, int place, const Far& far, int c, int count) {
    return place >= 0 ? take<K>(part.near(place, c), count) : take<K>(part.far(far, c), count);
}

EDDY_DEVICE float4 same_four(float x) { return make_float4(x, x, x, x); }

EDDY_DEVICE uint2 rounded(float4 v) {
    return make_uint2(to_bf16(v.x) | (unsigned)to_bf16(v.y) << 16, to_bf16(v.z) | (unsigned)to_bf16(v.w) << 16);
}

// Where an operator's result goes.
template <class K>
struct Result {
    int place;
    int tiles;
    float* kept;  // or null
    unsigned short* fragments;  // or null

    EDDY_DEVICE Result(const RowOp& op, const Part& part)
        : place(op.out), tiles((op.width + 15) / 16), kept(op.kept), fragments(op.fragments) {
        if (kept != nullptr) {
            kept += (long long)part.row * op.kept_stride;
        }
    }

    EDDY_DEVICE void put(const Part& part, int c, float value) const {
        if (place >= 0) {
            *part.near(place, c) = value;
        }
        if (kept != nullptr && c >= part.from && c < part.until) {
            kept[c] = value;
        }
    }

    // Columns from c on, four of them where the result has fragments; blocks part at multiples of four.
    EDDY_DEVICE void put(const Part& part, int c, float4 value, int count) const {
        if (place >= 0) {
            give<K>(part.near(place, c), value, count);
        }
        if (c < part.from || c >= part.until) {
            return;
        }
        if (kept != nullptr) {
            give<K>(kept + c, value, count);
        }
        if (fragments != nullptr) {
            give_fragments(part, c, value);
        }
    }

    EDDY_DEVICE void give_fragments(const Part& part, int c, float4 value) const {
        int at = fragment_at(part.fragments_high, part.fragments_low, c, tiles, part.group);
        *(uint2*)(fragments + at) = rounded(value);
    }
};

// Goes over an operator's columns four at a time. A thread has the same columns in every operator, whether that goes over
// the block's or over all: those whose quads have its number modulo the threads, of which a block with some columns has a
// power of two.
template <class Each>
EDDY_DEVICE void over_columns(const RowOp& op, const Part& part, int until, Each each) {
#pragma unroll 1
    for (int c = op.whole ? threadIdx.x * 4 : part.own; c < until; c += blockDim.x * 4) {
        each(c, until - c < 4 ? until - c : 4);
    }
}

template <class F>
EDDY_DEVICE float4 each_of(float4 a, float4 b, F f) {
    return make_float4(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w));
}

// Functions that lists seldom have. Exponentials and quotients are there once for all that are made of them.
static __device__ __noinline__ float4 combine_seldom(int function, float4 a, float4 b) {
    if (function == EXP || function == SIGMOID || function == SILU) {
        float sign = function == EXP ? 1.0f : -1.0f;
        float4 e = each_of(a, a, [=](float x, float) { return eddy_exp(x * sign); });
        if (function == EXP) {
            return e;
        }
        float4 below = each_of(e, e, [](float x, float) { return 1.0f + x; });
        return each_of(function == SILU ? a : same_four(1.0f), below, [](float x, float y) { return x / y; });
    }
    float4 r;
#pragma unroll 1
    for (int i = 0; i < 4; i++) {
        float v = function < BINARY_FUNCTIONS ? apply_unary(function, a.x)
                                              : apply_binary(function - BINARY_FUNCTIONS, a.x, b.x);
        r = make_float4(r.y, r.z, r.w, v);
        a = make_float4(a.y, a.z, a.w, a.x);
        b = make_float4(b.y, b.z, b.w, b.x);
    }
    return r;
}

// A function of four columns.
EDDY_DEVICE float4 combine(int function, float4 a, float4 b) {
    if (function == BINARY_FUNCTIONS + MULTIPLY) {
        return each_of(a, b, [](float x, float y) { return x * y; });
    }
    if (function == BINARY_FUNCTIONS + ADD) {
        return each_of(a, b, [](float x, float y) { return x + y; });
    }
    if (function == BINARY_FUNCTIONS + SUBTRACT) {
        return each_of(a, b, [](float x, float y) { return x - y; });
    }
    return combine_seldom(function, a, b);
}

// An operand whose elements several columns share, or which recurs.
static __device__ __noinline__ float4 take_spread(const float* y, int width, int block, int c, int count) {
    if (block > 0 && (block & 3) == 0) {
        return same_four(y[c / block]);
    }
    float v[4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
        int k = i < count ? c + i : c;
        v[i] = y[block > 0 ? k / block : k % width];
    }
    return make_float4(v[0], v[1], v[2], v[3]);
}

template <class K>
EDDY_DEVICE float4 take_second(const RowOp& op, int kind, const Part& part, int c, int count) {
    if (kind == OPERAND_COLUMNS) {
        return take<K>(part, op.y, op.far_y, c, count);
    }
    return kind == OPERAND_SPREAD ? take_spread(part.source(op.y, op.far_y), op.y_width, op.block, c, count)
                                  : same_four(op.scalar);
}

// One or two functions of columns. An operator's fields are read where they are needed, since few of them are.
template <class K>
EDDY_DEVICE void map(const RowOp& op, const Part& part) {
    int function = op.function;
    int second = op.second;
    int y_kind = op.y_kind;
    int z_kind = op.z_kind;
    Result<K> out(op, part);
    over_columns(op, part, part.last(op), [&](int c, int count) {
        float4 value = take<K>(part, op.x, op.far_x, c, count);
        float4 y = take_second<K>(op, y_kind, part, c, count);
        float4 z = z_kind == OPERAND_COLUMNS ? take<K>(part, op.z, op.far_z, c, count) : same_four(op.z_scalar);
        value = combine(function, value, y);
        if (second >= 0) {
            value = combine(second, value, z);
        }
        out.put(part, c, value, count);
    });
}

// The same functions of the same x and z, each with a y and a result of its own; y of the next is read meanwhile.
template <class K>
EDDY_DEVICE void map_alike(const RowOp* ops, int more, const Part& part) {
    const RowOp& op = ops[0];
    int function = op.function;
    int second = op.second;
    over_columns(op, part, part.last(op), [&](int c, int count) {
        float4 x = take<K>(part, op.x, op.far_x, c, count);
        float4 z = op.z_kind == OPERAND_COLUMNS ? take<K>(part, op.z, op.far_z, c, count) : same_four(op.z_scalar);
        float4 y = take<K>(part, op.y, op.far_y, c, count);
#pragma unroll 1
        for (int i = 0; i <= more; i++) {
            const RowOp& next = ops[i < more ? i + 1 : i];
            float4 then = take<K>(part, next.y, next.far_y, c, count);
            float4 value = combine(function, x, y);
            if (second >= 0) {
                value = combine(second, value, z);
            }
            Result<K>(ops[i], part).put(part, c, value, count);
            y = then;
        }
    });
}

// What a group's columns less `shift` are multiplied by; a sum multiplies ones.
EDDY_DEVICE float norm_factor(const RowOp& op, const float* x, int size, float* shift) {
    *shift = 0.0f;
    if (op.function == NORM_LAYER || op.function == NORM_SUM) {
        float sum = lane_tree(lane_sum(x, size));
        if (op.function == NORM_SUM) {
            return sum;
        }
        *shift = sum / size;
    }
    float squares = lane_tree(lane_squares(x, size, *shift));
    float mean = op.function == NORM_L2 ? squares : squares / size;
    return op.function == NORM_RMS_PLUS ? 1.0f / (sqrtf(mean) + op.scalar) : 1.0f / sqrtf(mean + op.scalar);
}

// A column's group; the divisor's binary logarithm is `shift`, unless that is negative.
EDDY_DEVICE int group_of(int column, int size, int shift) { return shift >= 0 ? column >> shift : column / size; }

// As many groups at a time as the block has half warps; only those that the block's columns are in.
template <class K>
EDDY_DEVICE void normalise(const RowOp& op, const Part& part, float* shifts, float* factors) {
    Result<K> out(op, part);
    const float* x = K::is_quads() ? part.near(op.x, 0) : part.source(op.x, op.far_x);
    bool scaled = op.scale >= 0 || op.far_scale.at != nullptr;
    bool biased = op.bias >= 0 || op.far_bias.at != nullptr;
    bool sums = op.function == NORM_SUM;
    int size = op.x_width;
    int from = part.first(op);
    int until = part.last(op);
    int teams = blockDim.x / 16;
    int team = threadIdx.x / 16;
    int begin = op.groups == 1 ? 0 : group_of(from, size, op.y_width);
    int end = op.groups == 1 ? 1 : group_of(until + size - 1, size, op.y_width);
    int step = (size & 3) == 0 ? 4 : 1;
#pragma unroll 1
    for (int first = begin; first < end; first += teams) {
        int held = end - first < teams ? end - first : teams;
        if ((team & ~1) < held) {  // shuffles need whole warps
            int group = first + (team < held ? team : held - 1);
            float shift;
            float factor = norm_factor(op, x + group * size, size, &shift);
            if (team < held && lane_of_16() == 0) {
                shifts[team] = shift;
                factors[team] = factor;
            }
        }
        __syncthreads();
        int low = first * size > from ? first * size : from;
        int high = (first + held) * size < until ? (first + held) * size : until;
#pragma unroll 1
        for (int c = low + threadIdx.x * step; c < high; c += blockDim.x * step) {
            int g = held == 1 ? 0 : group_of(c, size, op.y_width) - first;
            int count = high - c < step ? high - c : step;
            float4 y = sums ? same_four(1.0f) : take<K>(x + c, count);
            float4 by = scaled ? take<K>(part, op.scale, op.far_scale, c, count) : same_four(1.0f);  // what changes no bit
            float4 plus = biased ? take<K>(part, op.bias, op.far_bias, c, count) : same_four(-0.0f);
            float shift = shifts[g];
            float factor = factors[g];
            y = each_of(y, by, [=](float v, float w) { return (v - shift) * factor * w; });
            out.put(part, c, each_of(y, plus, [](float v, float w) { return v + w; }), count);
        }
        __syncthreads();
    }
}

template <class K>
EDDY_DEVICE void softmax(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    int size = op.width / op.groups;
    int teams = blockDim.x / 16;
#pragma unroll 1
    for (int first = 0; first < op.groups; first += teams) {
        int group = first + threadIdx.x / 16;
        bool held = group < op.groups;
        int from = group * size;
        float largest = negative_infinity();
#pragma unroll 1
        for (int i = lane_of_16(); held && i < size; i += 16) {
            largest = eddy_max(x[from + i], largest);
        }
        largest = lane_max(largest);
        float sum = 0.0f;
#pragma unroll 1
        for (int i = lane_of_16(); held && i < size; i += 16) {
            sum += eddy_exp(x[from + i] - largest);
        }
        sum = lane_tree(sum);
#pragma unroll 1
        for (int i = lane_of_16(); held && i < size; i += 16) {
            out.put(part, from + i, eddy_exp(x[from + i] - largest) / sum);
        }
    }
}

template <class K>
EDDY_DEVICE void concat(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    int width = op.x_width / op.groups;
    int group = op.width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.x_width; c += blockDim.x) {
        out.put(part, c / width * group + op.at + c % width, x[c]);
    }
}

template <class K>
EDDY_DEVICE void outer(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    const float* y = part.source(op.y, op.far_y);
    int n = op.x_width / op.groups;
    int m = op.y_width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.width; c += blockDim.x) {
        int i = c / m;
        out.put(part, c, x[i] * y[i / n * m + c % m]);
    }
}

// Rounds a row to bfloat16 into its place among fragments, zeros to the end of the last k-tile.
template <class K>
EDDY_DEVICE void to_fragments(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    int padded = out.tiles * 16;
    over_columns(op, part, part.until < padded ? part.until : padded, [&](int c, int) {
        int count = op.width - c < 4 ? op.width - c : 4;
        out.give_fragments(part, c, count > 0 ? take<K>(part, op.x, op.far_x, c, count) : same_four(0.0f));
    });
}

// Columns of what a state held before: of all its rows in shared memory, or where it lies.
template <class K>
EDDY_DEVICE float4 take_held(const RowOp& op, const Part& part, int c, int count) {
    return op.y >= 0 ? take<K>(part.near(op.y, c), count) : take<K>(part.state(op) + c, count);
}

// The value of the element before; see channels.cu.
template <class K>
EDDY_DEVICE void delay(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    over_columns(op, part, part.last(op), [&](int c, int count) {
        float4 now = take<K>(part, op.x, op.far_x, c, count);
        out.put(part, c, take_held<K>(op, part, c, count), count);
        if (part.absorbs && c >= part.from && c < part.until) {
            give<K>(part.state(op) + c, now, count);
        }
    });
}

EDDY_DEVICE float4 fma_four(float4 a, float4 b, float4 c) {
    return make_float4(fmaf(a.x, b.x, c.x), fmaf(a.y, b.y, c.y), fmaf(a.z, b.z, c.z), fmaf(a.w, b.w, c.w));
}

// A filter with a ring; see fir.cu.
template <class K>
EDDY_DEVICE void fir(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    float* state = part.state(op);
    bool biased = op.bias >= 0 || op.far_bias.at != nullptr;
    int width = op.width;
    int order = op.at;
    over_columns(op, part, part.last(op), [&](int c, int count) {
        bool keeps = part.absorbs && c >= part.from && c < part.until;
        float4 sum = biased ? take<K>(part, op.bias, op.far_bias, c, count) : same_four(0.0f);
        float4 now = take<K>(part, op.x, op.far_x, c, count);
        float4 held = take_held<K>(op, part, c, count);
#pragma unroll 1
        for (int j = 0; j < order - 1; j++) {
            float4 next = j + 1 < order - 1 ? take_held<K>(op, part, (j + 1) * op.y_width + c, count) : now;
            sum = fma_four(take<K>(part, op.scale, op.far_scale, j * op.x_width + c, count), held, sum);
            if (keeps) {
                give<K>(state + j * width + c, next, count);
            }
            held = next;
        }
        out.put(part, c, fma_four(take<K>(part, op.scale, op.far_scale, (order - 1) * op.x_width + c, count), now, sum), count);
    });
}

// One element of Mamba's recurrence; see diagonal.cu. Four lanes share a column: each has four modes, and the sum over
// all goes through them in order.
template <class K, class Keep>
EDDY_DEVICE void diagonal(const RowOp& op, const Part& part) {
    constexpr int LANES = 4;
    constexpr int MODES = DIAGONAL_MODES / LANES;
    constexpr int BATCH = 4;  // columns of a thread whose states are on their way at a time
    Result<K> out(op, part);
    const float* x = part.source(op.x, op.far_x);
    const float* dt = part.source(op.y, op.far_y);
    const float* b = part.source(op.scale, op.far_scale);
    const float* c = part.source(op.bias, op.far_bias);
    if (!part.absorbs) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)part.state(op);
    int until = part.last(op);
    int first = threadIdx.x % LANES * MODES;
    int columns = blockDim.x / LANES;
#pragma unroll 1
    for (int from = part.from; from < until; from += BATCH * columns) {  // shuffles need whole warps
        float h[BATCH][MODES];
        float a[BATCH][MODES];
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            int d = min(from + i * columns + (int)threadIdx.x / LANES, until - 1);
            Keep::template load_all<MODES>(h[i], state + (long long)d * DIAGONAL_MODES + first);
            KeepF32::load_all<MODES>(a[i], op.far_z.at + (long long)d * DIAGONAL_MODES + first);
        }
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            int d = from + i * columns + threadIdx.x / LANES;
            bool held = d < until;
            d = held ? d : until - 1;
            float step = dt[d];
            float input = step * x[d];
#pragma unroll
            for (int n = 0; n < MODES; n++) {
                h[i][n] = Keep::round(fmaf(eddy_exp(step * a[i][n]), h[i][n], input * b[first + n]));
            }
            float y = 0.0f;
#pragma unroll
            for (int turn = 0; turn < LANES; turn++) {
                float sum = y;
#pragma unroll
                for (int n = 0; n < MODES; n++) {
                    sum = fmaf(h[i][n], c[first + n], sum);
                }
                y = __shfl_sync(ALL_LANES, sum, turn, LANES);
            }
            if (held) {
                Keep::template store_all<MODES>(state + (long long)d * DIAGONAL_MODES + first, h[i]);
                if (first == 0) {
                    out.put(part, d, y);
                }
            }
        }
    }
}

// Brings the states that an operator will read where it lies nearer.
EDDY_DEVICE void fetch_states(const RowOp& op, const Part& part) {
    int bytes = DIAGONAL_MODES * (op.at ? 2 : 4);
    int until = part.last(op);
    const char* state = (const char*)part.state(op);
    for (long long at = (long long)part.from * bytes + threadIdx.x * 128; at < (long long)until * bytes;
         at += blockDim.x * 128) {
        prefetch(state + at);
    }
}

template <class K>
EDDY_DEVICE void run_row(const RowOp& op, const Part& part, float* shifts, float* factors) {
    if (K::has(ROW_NORM) && op.code == ROW_NORM) {
        normalise<K>(op, part, shifts, factors);
    } else if (K::has(ROW_DELAY) && op.code == ROW_DELAY) {
        delay<K>(op, part);
    } else if (K::has(ROW_FIR) && op.code == ROW_FIR) {
        fir<K>(op, part);
    } else if (K::has(ROW_FRAGMENTS) && op.code == ROW_FRAGMENTS) {
        to_fragments<K>(op, part);
    } else if (K::has(ROW_SOFTMAX) && op.code == ROW_SOFTMAX) {
        softmax<K>(op, part);
    } else if (K::has(ROW_CONCAT) && op.code == ROW_CONCAT) {
        concat<K>(op, part);
    } else if (K::has(ROW_OUTER) && op.code == ROW_OUTER) {
        outer<K>(op, part);
    } else if (K::has(ROW_DIAGONAL)) {
        if (op.at) {
            diagonal<K, KeepBf16>(op, part);
        } else {
            diagonal<K, KeepF32>(op, part);
        }
    }
}

// Begins to bring what a load describes, four columns a copy where addresses and width allow it; one warp does it.
template <class K>
EDDY_DEVICE void load_row(const RowLoad& load, const Part& part) {
    int from = load.place & 1 ? part.from : 0;
    int until = load.place & 1 && part.until < load.width ? part.until : load.width;
    float* to = part.near(load.place, 0);
    const float* at = load.kind == LOAD_STATE ? (const float*)(part.slot + (long long)load.at)
                                              : load.at + (long long)part.row * load.stride;
    bool wide = K::is_quads() || (((unsigned long long)at | load.width * 4) & 15) == 0;
    int step = wide ? 4 : 1;
#pragma unroll 1
    for (int c = from + threadIdx.x % 32 * step; c < until; c += 32 * step) {
        copy_later(to + c, at + c, wide);
    }
}

// The loads from one to another, each by one of the block's warps.
template <class K>
EDDY_DEVICE void load_rows(const RowLoad* loads, int from, int until, const Part& part) {
#pragma unroll 1
    for (int i = from + threadIdx.x / 32; i < until; i += blockDim.x / 32) {
        load_row<K>(loads[i], part);
    }
}

// Grid: x rows, y groups of `span` columns. Block: whole warps, at most 320 threads; span a multiple of 16.
// Shared memory: the lists, then what loads and operators place.
template <class K>
EDDY_DEVICE void run_rows(const RowsParams& p, float* shared, float* shifts, float* factors) {
    grid_release();
    Part part;
    part.row = blockIdx.x;
    part.from = blockIdx.y * p.span;
    part.until = part.from + p.span;
    part.slot = nullptr;
    part.absorbs = false;
    // What the host has written: all of it is asked for before any of it is needed.
    int rows = rows_of(p.batch, p.selected);
    int entry = p.selected ? 0 : p.batch.row_entry[part.row];
    int list = p.lists ? (p.count * (int)sizeof(RowOp) + p.loads * (int)sizeof(RowLoad)) / 4 : 0;
#pragma unroll 1
    for (int i = threadIdx.x * 4; i < list; i += blockDim.x * 4) {
        copy_later(shared + i, (const float*)p.ops + i, true);
    }
    part.shared = shared + list;
    bool here = part.row < rows;
    if (here && !p.selected && K::has_states()) {
        part.slot = state_of(p.batch, p.batch.entries[entry].slot, 0);
    }
    part.group = fragment_group(rows);
    part.fragments_high = fragments_high(part.row, part.group);
    part.fragments_low = fragments_low(part.row, part.group);
    // Threads of a block that has all columns need be no power of two.
    part.own = part.from + 4 * (part.from == 0 ? threadIdx.x : (threadIdx.x - part.from / 4) & (blockDim.x - 1));
    copies_wait();
    __syncthreads();
    if (!here) {
        return;
    }
    const RowOp* ops = K::is_quads() || p.lists ? (const RowOp*)shared : p.ops;
    const RowLoad* loads = (const RowLoad*)(ops + p.count);
    load_rows<K>(loads, 0, p.early, part);
    if (K::has(ROW_DIAGONAL)) {
#pragma unroll 1
        for (int k = 0; k < p.count; k++) {
            if (ops[k].code == ROW_DIAGONAL) {
                fetch_states(ops[k], part);
            }
        }
    }
    grid_wait();
    load_rows<K>(loads, p.early, p.loads, part);
    if (!p.selected && K::has_states()) {
        part.absorbs = p.batch.entries[entry].absorbed > 0;
    }
    copies_wait();
    __syncthreads();
#pragma unroll 1
    for (int i = 0; i < p.count; i++) {
        const RowOp& op = ops[i];
        if (op.barrier) {
            __syncthreads();
        }
        if (op.code != ROW_MAP) {
            run_row<K>(op, part, shifts, factors);
        } else if (op.at == 0) {
            map<K>(op, part);
        } else {
            map_alike<K>(&op, op.at, part);
            i += op.at;
        }
    }
}

#define ROWS_KERNEL(name, ops, quads, blocks)                                                                        \
    EDDY_KERNEL_AHEAD(name, RowsParams, __launch_bounds__(320, blocks)) {                                            \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        EDDY_SHARED(float, shifts, 32);                                                                              \
        EDDY_SHARED(float, factors, 32);                                                                             \
        run_rows<Kind<ops, quads>>(p, shared, shifts, factors);                                                      \
    }

// RowStage.kernel chooses one by what a list has.
ROWS_KERNEL(rows, 1 << ROW_MAP | 1 << ROW_NORM | 1 << ROW_DELAY, true, 3)
ROWS_KERNEL(rows_fir, 1 << ROW_MAP | 1 << ROW_FIR, true, 3)
ROWS_KERNEL(rows_diagonal, 1 << ROW_MAP | 1 << ROW_DIAGONAL, true, 2)
ROWS_KERNEL(rows_any, -1, false, 2)
