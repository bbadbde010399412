// Operators that treat every row by itself (norms, gates, residuals, softmax, rearrangements), many in one launch, and, in
// steps of one element an entry, recurrences by channel. A block has some columns of a row and takes them through a list
// of operators: everything they read comes into shared memory at once, what they make stays there for those that follow,
// and only what other launches read goes back to device memory. A thread takes four neighbouring columns at a time. Weights and states come before the kernel waits for the
// one before it. Where an operator needs a whole row (a norm), each of the row's blocks makes it. Reference:
// ReferenceInterpreter.unary and binary, ReferenceNorms, ReferenceRows, ReferenceScans.
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
enum NormKind { NORM_RMS, NORM_RMS_PLUS, NORM_LAYER, NORM_L2 };

// Something to read: in shared memory from `place` on, all columns or the block's, or in device memory.
struct Source {
    const float* at;  // of row 0
    int stride;  // 0 for a weight
    int place;  // twice the float where it starts, plus one where only the block's columns are there; negative: nowhere

    EDDY_DEVICE bool is_there() const { return place >= 0 || at != nullptr; }
};

// What a map's operand beside its first one is.
enum Operand { OPERAND_NONE, OPERAND_COLUMNS, OPERAND_SCALAR, OPERAND_SPREAD };

// Unary's ordinals, then from here on Binary's.
enum { BINARY_FUNCTIONS = 16 };

// 192 bytes; field by field as RowStage writes them.
struct alignas(16) RowOp {
    int code;
    int function;  // map: of x and y; NormKind
    int barrier;  // 1: wait for the block's other threads first
    int whole;  // 1: all columns, not only the block's
    int y_kind;  // Operand
    int second;  // map: function of what the first gave and z; -1: none
    int z_kind;  // Operand
    int unused;
    Source x;
    Source y;  // map, outer: the second operand; diagonal: the step; FIR: the window
    Source scale;  // norm; diagonal: b; FIR: taps [K, C]
    Source bias;  // norm, FIR; diagonal: c
    Source z;
    Rows out;  // at null: nobody reads it later
    int place;  // of out in shared memory, as in Source
    int x_width;  // FIR: from one row of the taps to the next
    int y_width;  // FIR: from one row of the window to the next
    int groups;
    int block;  // columns that share an element of y (BLOCKS), or 0 (TILES)
    int at;  // concat: column in each group; FIR: K; diagonal: 1 for a state in bfloat16
    float scalar;  // y, or epsilon
    float z_scalar;
    long long state;  // bytes from the start of a slot
    const float* a;  // diagonal: [D, N]
    unsigned short* fragments;  // of the result, whole tiles of it, for the next product; or null
    long long unused_too;
};

// A row's piece of something that operators read. 32 bytes.
struct RowLoad {
    const float* at;  // of row 0; a state: bytes from the start of a slot
    int stride;
    int width;
    int place;  // as in Source
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

// What one kernel can do: the operators that it has, as bits of RowCode, and whether all rows that it sees lie at
// multiples of sixteen bytes, in whole quads of columns, and operands of norms and recurrences in shared memory. Kernels
// differ so that each is small: a launch of one session meets its code cold.
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
    int group;  // of tiles of fragments
    char* slot;  // null where rows are selected ones
    bool absorbs;

    EDDY_DEVICE float* place(int place) const { return shared + (place >> 1) - (place & 1 ? from : 0); }

    EDDY_DEVICE const float* source(const Source& s) const {
        return s.place >= 0 ? place(s.place) : s.at == nullptr ? nullptr : s.at + (long long)row * s.stride;
    }

    EDDY_DEVICE int first(const RowOp& op) const { return op.whole ? 0 : from; }

    EDDY_DEVICE int last(const RowOp& op, int width) const { return op.whole || until > width ? width : until; }

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
EDDY_DEVICE float4 take(const Part& part, const Source& s, int c, int count) {
    if (s.place >= 0) {
        return take<K>(part.place(s.place) + c, count);
    }
    return take<K>(s.at + (long long)part.row * s.stride + c, count);
}

EDDY_DEVICE float4 same_four(float x) { return make_float4(x, x, x, x); }

EDDY_DEVICE uint2 rounded(float4 v) {
    return make_uint2(to_bf16(v.x) | (unsigned)to_bf16(v.y) << 16, to_bf16(v.z) | (unsigned)to_bf16(v.w) << 16);
}

// Where an operator's result goes.
template <class K>
struct Result {
    const RowOp& op;
    const Part& part;
    float* kept;  // or null

    EDDY_DEVICE Result(const RowOp& op, const Part& part) : op(op), part(part) {
        kept = op.out.at == nullptr ? nullptr : row_of(op.out, part.row);
    }

    EDDY_DEVICE void put(int c, float value) const {
        if (op.place >= 0) {
            part.place(op.place)[c] = value;
        }
        if (kept != nullptr && c >= part.from && c < part.until) {
            kept[c] = value;
        }
    }

    // Columns from c on, four of them where the result has fragments; blocks part at multiples of four.
    EDDY_DEVICE void put(int c, float4 value, int count) const {
        if (op.place >= 0) {
            give<K>(part.place(op.place) + c, value, count);
        }
        if (c >= part.from && c < part.until) {
            if (kept != nullptr) {
                give<K>(kept + c, value, count);
            }
            if (op.fragments != nullptr) {
                *(uint2*)(op.fragments + fragment_of(part.row, c, op.out.width / 16, part.group)) = rounded(value);
            }
        }
    }
};

// Goes over columns four at a time. A thread has the same columns in every operator, whether that goes over the block's
// or over all: those whose quads have its number modulo the threads, of which a block with some columns has a power of two.
template <class Each>
EDDY_DEVICE void over_columns(int from, int until, Each each) {
    int turn = from == 0 ? threadIdx.x : (threadIdx.x - from / 4) & (blockDim.x - 1);
#pragma unroll 1
    for (int c = from + turn * 4; c < until; c += blockDim.x * 4) {
        each(c, until - c < 4 ? until - c : 4);
    }
}

template <class F>
EDDY_DEVICE float4 each_of(float4 a, float4 b, F f) {
    return make_float4(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w));
}

EDDY_DEVICE float4 quotients(float4 a, float4 b) {
    return each_of(a, b, [](float x, float y) { return x / y; });
}

// A function that is not worth code for four columns at once.
static __device__ __noinline__ float4 combine_one_by_one(int function, float4 a, float4 b) {
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

// A function of four columns. Exponentials and quotients are there once for all that are made of them.
EDDY_DEVICE float4 combine(int function, float4 a, float4 b) {
    switch (function) {
        case BINARY_FUNCTIONS + ADD:
            return each_of(a, b, [](float x, float y) { return x + y; });
        case BINARY_FUNCTIONS + SUBTRACT:
            return each_of(a, b, [](float x, float y) { return x - y; });
        case BINARY_FUNCTIONS + MULTIPLY:
            return each_of(a, b, [](float x, float y) { return x * y; });
        case EXP:
        case SIGMOID:
        case SILU: {
            float sign = function == EXP ? 1.0f : -1.0f;
            float4 e = each_of(a, a, [=](float x, float) { return eddy_exp(x * sign); });
            if (function == EXP) {
                return e;
            }
            float4 below = each_of(e, e, [](float x, float) { return 1.0f + x; });
            return quotients(function == SILU ? a : same_four(1.0f), below);
        }
        default:
            return combine_one_by_one(function, a, b);
    }
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

// One or two functions of columns.
template <class K>
EDDY_DEVICE void map(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    over_columns(part.first(op), part.last(op, op.out.width), [&](int c, int count) {
        float4 y = same_four(op.scalar);
        if (op.y_kind == OPERAND_COLUMNS) {
            y = take<K>(part, op.y, c, count);
        } else if (op.y_kind == OPERAND_SPREAD) {
            y = take_spread(part.source(op.y), op.y_width, op.block, c, count);
        }
        float4 z = same_four(op.z_scalar);
        if (op.z_kind == OPERAND_COLUMNS) {
            z = take<K>(part, op.z, c, count);
        }
        float4 value = take<K>(part, op.x, c, count);
        int function = op.function;
        int next = op.second;
#pragma unroll 1
        while (true) {  // one piece of code for both functions
            value = combine(function, value, y);
            if (next < 0) {
                break;
            }
            function = next;
            next = -1;
            y = z;
        }
        out.put(c, value, count);
    });
}

EDDY_DEVICE float norm_factor(const RowOp& op, const float* x, int size, float* shift) {
    *shift = 0.0f;
    if (op.function == NORM_LAYER) {
        *shift = lane_tree(lane_sum(x, size)) / size;
    }
    float squares = lane_tree(lane_squares(x, size, *shift));
    float mean = op.function == NORM_L2 ? squares : squares / size;
    return op.function == NORM_RMS_PLUS ? 1.0f / (sqrtf(mean) + op.scalar) : 1.0f / sqrtf(mean + op.scalar);
}

// As many groups at a time as the block has half warps; only those that the block's columns are in.
template <class K>
EDDY_DEVICE void normalise(const RowOp& op, const Part& part, float* shifts, float* factors) {
    Result<K> out(op, part);
    const float* x = K::is_quads() ? part.place(op.x.place) : part.source(op.x);
    bool scaled = op.scale.is_there();
    bool biased = op.bias.is_there();
    int size = op.out.width / op.groups;
    int from = part.first(op);
    int until = part.last(op, op.out.width);
    int teams = blockDim.x / 16;
    int team = threadIdx.x / 16;
    int end = (until + size - 1) / size;
    int step = (size & 3) == 0 ? 4 : 1;
#pragma unroll 1
    for (int first = from / size; first < end; first += teams) {
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
            int g = held == 1 ? 0 : c / size - first;
            int count = high - c < step ? high - c : step;
            float shift = shifts[g];
            float factor = factors[g];
            float4 y = each_of(take<K>(x + c, count), same_four(0.0f),
                               [=](float v, float) { return (v - shift) * factor; });
            if (scaled) {
                y = each_of(y, take<K>(part, op.scale, c, count), [](float v, float w) { return v * w; });
            }
            if (biased) {
                y = each_of(y, take<K>(part, op.bias, c, count), [](float v, float w) { return v + w; });
            }
            out.put(c, y, count);
        }
        __syncthreads();
    }
}

template <class K>
EDDY_DEVICE void softmax(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x);
    int size = op.out.width / op.groups;
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
            out.put(from + i, eddy_exp(x[from + i] - largest) / sum);
        }
    }
}

template <class K>
EDDY_DEVICE void concat(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x);
    int width = op.x_width / op.groups;
    int group = op.out.width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.x_width; c += blockDim.x) {
        out.put(c / width * group + op.at + c % width, x[c]);
    }
}

template <class K>
EDDY_DEVICE void outer(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    const float* x = part.source(op.x);
    const float* y = part.source(op.y);
    int n = op.x_width / op.groups;
    int m = op.y_width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.out.width; c += blockDim.x) {
        int i = c / m;
        out.put(c, x[i] * y[i / n * m + c % m]);
    }
}

// Rounds a row to bfloat16 into its place among fragments, zeros to the end of the last k-tile.
template <class K>
EDDY_DEVICE void to_fragments(const RowOp& op, const Part& part) {
    int tiles = (op.x_width + 15) / 16;
    int end = part.until < tiles * 16 ? part.until : tiles * 16;
    unsigned short* to = (unsigned short*)op.out.at;
    over_columns(part.from, end, [&](int k, int) {
        int count = op.x_width - k < 4 ? op.x_width - k : 4;
        float4 v = count > 0 ? take<K>(part, op.x, k, count) : same_four(0.0f);
        *(uint2*)(to + fragment_of(part.row, k, tiles, part.group)) = rounded(v);
    });
}

// Columns of what a state held before: of all its rows in shared memory, or where it lies.
template <class K>
EDDY_DEVICE float4 take_held(const RowOp& op, const Part& part, int c, int count) {
    return op.y.place >= 0 ? take<K>(part.place(op.y.place) + c, count) : take<K>(part.state(op) + c, count);
}

// The value of the element before; see channels.cu.
template <class K>
EDDY_DEVICE void delay(const RowOp& op, const Part& part) {
    Result<K> out(op, part);
    over_columns(part.first(op), part.last(op, op.out.width), [&](int c, int count) {
        float4 now = take<K>(part, op.x, c, count);
        out.put(c, take_held<K>(op, part, c, count), count);
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
    bool biased = op.bias.is_there();
    int width = op.out.width;
    int order = op.at;
    over_columns(part.first(op), part.last(op, width), [&](int c, int count) {
        bool keeps = part.absorbs && c >= part.from && c < part.until;
        float4 sum = biased ? take<K>(part, op.bias, c, count) : same_four(0.0f);
        float4 now = take<K>(part, op.x, c, count);
        float4 held = take_held<K>(op, part, c, count);
#pragma unroll 1
        for (int j = 0; j < order - 1; j++) {
            float4 next = j + 1 < order - 1 ? take_held<K>(op, part, (j + 1) * op.y_width + c, count) : now;
            sum = fma_four(take<K>(part, op.scale, j * op.x_width + c, count), held, sum);
            if (keeps) {
                give<K>(state + j * width + c, next, count);
            }
            held = next;
        }
        out.put(c, fma_four(take<K>(part, op.scale, (order - 1) * op.x_width + c, count), now, sum), count);
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
    const float* x = part.source(op.x);
    const float* dt = part.source(op.y);
    const float* b = part.source(op.scale);
    const float* c = part.source(op.bias);
    if (!part.absorbs) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)part.state(op);
    int until = part.last(op, op.out.width);
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
            KeepF32::load_all<MODES>(a[i], op.a + (long long)d * DIAGONAL_MODES + first);
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
                    out.put(d, y);
                }
            }
        }
    }
}

// Brings the states that an operator will read where it lies nearer.
EDDY_DEVICE void fetch_states(const RowOp& op, const Part& part) {
    int bytes = DIAGONAL_MODES * (op.at ? 2 : 4);
    int until = part.last(op, op.out.width);
    const char* state = (const char*)part.state(op);
    for (long long at = (long long)part.from * bytes + threadIdx.x * 128; at < (long long)until * bytes;
         at += blockDim.x * 128) {
        prefetch(state + at);
    }
}

template <class K>
EDDY_DEVICE void run_row(const RowOp& op, const Part& part, float* shifts, float* factors) {
    if (K::has(ROW_MAP) && op.code == ROW_MAP) {
        map<K>(op, part);
    } else if (K::has(ROW_NORM) && op.code == ROW_NORM) {
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
    float* to = part.place(load.place);
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
    copies_wait();
    __syncthreads();
    if (!here) {
        return;
    }
    const RowOp* ops = p.lists ? (const RowOp*)shared : p.ops;
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
        if (ops[i].barrier) {
            __syncthreads();
        }
        run_row<K>(ops[i], part, shifts, factors);
    }
}

#define ROWS_KERNEL(name, ops, quads, threads)                                                                       \
    EDDY_KERNEL_AHEAD(name, RowsParams, __launch_bounds__(threads, 3)) {                                             \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        EDDY_SHARED(float, shifts, 64);                                                                              \
        EDDY_SHARED(float, factors, 64);                                                                             \
        run_rows<Kind<ops, quads>>(p, shared, shifts, factors);                                                      \
    }

ROWS_KERNEL(rows, 1 << ROW_MAP | 1 << ROW_NORM | 1 << ROW_DELAY, true, 320)
ROWS_KERNEL(rows_fir, 1 << ROW_MAP | 1 << ROW_FIR, true, 320)
ROWS_KERNEL(rows_diagonal, 1 << ROW_MAP | 1 << ROW_DIAGONAL, true, 256)
ROWS_KERNEL(rows_any, -1, false, 256)
