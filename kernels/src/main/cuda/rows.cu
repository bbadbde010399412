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
};

// What a map's operand beside its first one is.
enum Operand { OPERAND_NONE, OPERAND_COLUMNS, OPERAND_SCALAR, OPERAND_SPREAD };

// Unary's ordinals, then from here on Binary's.
enum { BINARY_FUNCTIONS = 16 };

// 192 bytes; field by field as RowStage writes them.
struct RowOp {
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

// A block's part in a row.
struct Part {
    float* shared;
    int row;
    int from;
    int until;
    int group;  // of tiles of fragments
    const Entry* entry;  // null where rows are selected ones

    EDDY_DEVICE float* place(int place) const { return shared + (place >> 1) - (place & 1 ? from : 0); }

    EDDY_DEVICE const float* source(const Source& s) const {
        return s.place >= 0 ? place(s.place) : s.at == nullptr ? nullptr : s.at + (long long)row * s.stride;
    }

    EDDY_DEVICE int first(const RowOp& op) const { return op.whole ? 0 : from; }

    EDDY_DEVICE int last(const RowOp& op, int width) const { return op.whole || until > width ? width : until; }
};

// Up to four neighbouring columns. Those that are not all there, or do not lie at a multiple of sixteen bytes, go one by
// one in code apart: few launches need it, and code that one session's launches bring in costs them time.
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

EDDY_DEVICE float4 take(const float* at, int count) {
    return is_wide(at, count) ? *(const float4*)at : take_some(at, count);
}

EDDY_DEVICE void give(float* at, float4 v, int count) {
    if (is_wide(at, count)) {
        *(float4*)at = v;
    } else {
        give_some(at, v, count);
    }
}

EDDY_DEVICE float4 same_four(float x) { return make_float4(x, x, x, x); }

EDDY_DEVICE uint2 rounded(float4 v) {
    return make_uint2(to_bf16(v.x) | (unsigned)to_bf16(v.y) << 16, to_bf16(v.z) | (unsigned)to_bf16(v.w) << 16);
}

// Where an operator's result goes.
struct Result {
    float* shared;  // or null
    float* kept;  // or null
    unsigned short* fragments;  // or null
    int from;
    int until;
    int row;
    int tiles;
    int group;

    EDDY_DEVICE Result(const RowOp& op, const Part& part) {
        shared = op.place < 0 ? nullptr : part.place(op.place);
        kept = op.out.at == nullptr ? nullptr : row_of(op.out, part.row);
        fragments = op.fragments;
        from = part.from;
        until = part.until;
        row = part.row;
        tiles = op.out.width / 16;
        group = part.group;
    }

    EDDY_DEVICE void put(int c, float value) const {
        if (shared != nullptr) {
            shared[c] = value;
        }
        if (kept != nullptr && c >= from && c < until) {
            kept[c] = value;
        }
    }

    // Columns from c on, four of them where the result has fragments; blocks part at multiples of four.
    EDDY_DEVICE void put(int c, float4 value, int count) const {
        if (shared != nullptr) {
            give(shared + c, value, count);
        }
        if (c >= from && c < until) {
            if (kept != nullptr) {
                give(kept + c, value, count);
            }
            if (fragments != nullptr) {
                *(uint2*)(fragments + fragment_of(row, c, tiles, group)) = rounded(value);
            }
        }
    }
};

// Goes over columns four at a time. A thread has the same columns in every operator that goes over its block's.
template <class Each>
EDDY_DEVICE void over_columns(int from, int until, Each each) {
#pragma unroll 1
    for (int c = from + threadIdx.x * 4; c < until; c += blockDim.x * 4) {
        each(c, until - c < 4 ? until - c : 4);
    }
}

template <class F>
EDDY_DEVICE float4 each_of(float4 a, float4 b, F f) {
    return make_float4(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w));
}

// A function of four columns.
static __device__ __noinline__ float4 combine(int function, float4 a, float4 b) {
    switch (function) {
        case BINARY_FUNCTIONS + ADD:
            return each_of(a, b, [](float x, float y) { return x + y; });
        case BINARY_FUNCTIONS + SUBTRACT:
            return each_of(a, b, [](float x, float y) { return x - y; });
        case BINARY_FUNCTIONS + MULTIPLY:
            return each_of(a, b, [](float x, float y) { return x * y; });
        case BINARY_FUNCTIONS + DIVIDE:
            return each_of(a, b, [](float x, float y) { return x / y; });
        case BINARY_FUNCTIONS + MAX:
            return each_of(a, b, [](float x, float y) { return eddy_max(x, y); });
        case BINARY_FUNCTIONS + MIN:
            return each_of(a, b, [](float x, float y) { return eddy_min(x, y); });
        case SIGMOID:
            return each_of(a, b, [](float x, float) { return eddy_sigmoid(x); });
        case SILU:
            return each_of(a, b, [](float x, float) { return eddy_silu(x); });
        case SOFTPLUS:
            return each_of(a, b, [](float x, float) { return eddy_softplus(x); });
        default: {
            float4 r;
#pragma unroll 1
            for (int i = 0; i < 4; i++) {
                r = make_float4(r.y, r.z, r.w, apply_unary(function, a.x));
                a = make_float4(a.y, a.z, a.w, a.x);
            }
            return r;
        }
    }
}

// An operand whose elements several columns share, or which recurs.
static __device__ __noinline__ float4 take_spread(const RowOp& op, const float* y, int c, int count) {
    if (op.block > 0 && (op.block & 3) == 0) {
        return same_four(y[c / op.block]);
    }
    float v[4];
#pragma unroll
    for (int i = 0; i < 4; i++) {
        int k = i < count ? c + i : c;
        v[i] = y[op.block > 0 ? k / op.block : k % op.y_width];
    }
    return make_float4(v[0], v[1], v[2], v[3]);
}

// One or two functions of columns.
EDDY_DEVICE void map(const RowOp& op, const Part& part, const float* x, const float* y) {
    Result out(op, part);
    const float* z = part.source(op.z);
    over_columns(part.first(op), part.last(op, op.out.width), [&](int c, int count) {
        float4 b = same_four(op.scalar);
        if (op.y_kind == OPERAND_COLUMNS) {
            b = take(y + c, count);
        } else if (op.y_kind == OPERAND_SPREAD) {
            b = take_spread(op, y, c, count);
        }
        float4 value = combine(op.function, take(x + c, count), b);
        if (op.second >= 0) {
            value = combine(op.second, value,
                            op.z_kind == OPERAND_COLUMNS ? take(z + c, count) : same_four(op.z_scalar));
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
    switch (op.function) {
        case NORM_RMS_PLUS:
            return 1.0f / (sqrtf(squares / size) + op.scalar);
        case NORM_L2:
            return 1.0f / sqrtf(squares + op.scalar);
        default:
            return 1.0f / sqrtf(squares / size + op.scalar);
    }
}

// As many groups at a time as the block has half warps; only those that the block's columns are in.
EDDY_DEVICE void normalise(const RowOp& op, const Part& part, const float* x, float* shifts, float* factors) {
    Result out(op, part);
    const float* scale = part.source(op.scale);
    const float* bias = part.source(op.bias);
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
            float4 y = each_of(take(x + c, count), same_four(0.0f), [=](float v, float) { return (v - shift) * factor; });
            if (scale != nullptr) {
                y = each_of(y, take(scale + c, count), [](float v, float w) { return v * w; });
            }
            if (bias != nullptr) {
                y = each_of(y, take(bias + c, count), [](float v, float w) { return v + w; });
            }
            out.put(c, y, count);
        }
        __syncthreads();
    }
}

EDDY_DEVICE void softmax(const RowOp& op, const Part& part, const float* x) {
    Result out(op, part);
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

EDDY_DEVICE void concat(const RowOp& op, const Part& part, const float* x) {
    Result out(op, part);
    int width = op.x_width / op.groups;
    int group = op.out.width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.x_width; c += blockDim.x) {
        out.put(c / width * group + op.at + c % width, x[c]);
    }
}

EDDY_DEVICE void outer(const RowOp& op, const Part& part, const float* x, const float* y) {
    Result out(op, part);
    int n = op.x_width / op.groups;
    int m = op.y_width / op.groups;
#pragma unroll 1
    for (int c = threadIdx.x; c < op.out.width; c += blockDim.x) {
        int i = c / m;
        out.put(c, x[i] * y[i / n * m + c % m]);
    }
}

// Rounds a row to bfloat16 into its place among fragments, zeros to the end of the last k-tile.
EDDY_DEVICE void to_fragments(const RowOp& op, const Part& part, const float* x) {
    int tiles = (op.x_width + 15) / 16;
    int end = part.until < tiles * 16 ? part.until : tiles * 16;
    unsigned short* to = (unsigned short*)op.out.at;
    over_columns(part.from, end, [&](int k, int) {
        int count = op.x_width - k < 4 ? op.x_width - k : 4;
        float4 v = count > 0 ? take(x + k, count) : same_four(0.0f);
        *(uint2*)(to + fragment_of(part.row, k, tiles, part.group)) = rounded(v);
    });
}

EDDY_DEVICE float* state_of(const RowsParams& p, const Part& part, const RowOp& op) {
    return (float*)state_of(p.batch, part.entry->slot, op.state);
}

// The value of the element before; see channels.cu.
EDDY_DEVICE void delay(const RowsParams& p, const RowOp& op, const Part& part, const float* x, const float* held) {
    Result out(op, part);
    bool absorbs = part.entry->absorbed > 0;
    float* state = state_of(p, part, op);
    held = op.y.place < 0 ? state : held;
    over_columns(part.first(op), part.last(op, op.out.width), [&](int c, int count) {
        float4 now = take(x + c, count);
        out.put(c, take(held + c, count), count);
        if (absorbs && c >= part.from && c < part.until) {
            give(state + c, now, count);
        }
    });
}

EDDY_DEVICE float4 fma_four(float4 a, float4 b, float4 c) {
    return make_float4(fmaf(a.x, b.x, c.x), fmaf(a.y, b.y, c.y), fmaf(a.z, b.z, c.z), fmaf(a.w, b.w, c.w));
}

// A filter with a ring; see fir.cu.
EDDY_DEVICE void fir(const RowsParams& p, const RowOp& op, const Part& part, const float* x) {
    Result out(op, part);
    const float* bias = part.source(op.bias);
    float* state = state_of(p, part, op);
    const float* window = op.y.place < 0 ? state : part.source(op.y);
    const float* taps = part.source(op.scale);
    bool absorbs = part.entry->absorbed > 0;
    int width = op.out.width;
    int order = op.at;
    over_columns(part.first(op), part.last(op, width), [&](int c, int count) {
        bool keeps = absorbs && c >= part.from && c < part.until;
        float4 sum = bias == nullptr ? same_four(0.0f) : take(bias + c, count);
        float4 now = take(x + c, count);
        float4 held = take(window + c, count);
#pragma unroll 1
        for (int j = 0; j < order - 1; j++) {
            float4 next = j + 1 < order - 1 ? take(window + (j + 1) * op.y_width + c, count) : now;
            sum = fma_four(take(taps + j * op.x_width + c, count), held, sum);
            if (keeps) {
                give(state + j * width + c, next, count);
            }
            held = next;
        }
        out.put(c, fma_four(take(taps + (order - 1) * op.x_width + c, count), now, sum), count);
    });
}

// One element of Mamba's recurrence; see diagonal.cu. Four lanes share a column: each has four modes, and the sum over
// all goes through them in order.
template <class Keep>
EDDY_DEVICE void diagonal(const RowsParams& p, const RowOp& op, const Part& part, const float* x, const float* dt) {
    constexpr int LANES = 4;
    constexpr int MODES = DIAGONAL_MODES / LANES;
    constexpr int BATCH = 4;  // columns of a thread whose states are on their way at a time
    Result out(op, part);
    const float* b = part.source(op.scale);
    const float* c = part.source(op.bias);
    if (part.entry->absorbed == 0) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p, part, op);
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
EDDY_DEVICE void fetch_states(const RowsParams& p, const RowOp& op, const Part& part) {
    int bytes = DIAGONAL_MODES * (op.at ? 2 : 4);
    int until = part.last(op, op.out.width);
    const char* state = (const char*)state_of(p, part, op);
    for (long long at = (long long)part.from * bytes + threadIdx.x * 128; at < (long long)until * bytes; at += blockDim.x * 128) {
        prefetch(state + at);
    }
}

EDDY_DEVICE void run_row(const RowsParams& p, const RowOp& op, const Part& part, float* shifts, float* factors) {
    const float* x = part.source(op.x);
    const float* y = part.source(op.y);
    switch (op.code) {
        case ROW_MAP:
            map(op, part, x, y);
            break;
        case ROW_NORM:
            normalise(op, part, x, shifts, factors);
            break;
        case ROW_SOFTMAX:
            softmax(op, part, x);
            break;
        case ROW_CONCAT:
            concat(op, part, x);
            break;
        case ROW_OUTER:
            outer(op, part, x, y);
            break;
        case ROW_FRAGMENTS:
            to_fragments(op, part, x);
            break;
        case ROW_DELAY:
            delay(p, op, part, x, y);
            break;
        case ROW_FIR:
            fir(p, op, part, x);
            break;
        default:
            if (op.at) {
                diagonal<KeepBf16>(p, op, part, x, y);
            } else {
                diagonal<KeepF32>(p, op, part, x, y);
            }
    }
}

// Begins to bring what a load describes, four columns a copy where addresses and width allow it.
EDDY_DEVICE void load_row(const RowsParams& p, const RowLoad& load, const Part& part) {
    int from = load.place & 1 ? part.from : 0;
    int until = load.place & 1 && part.until < load.width ? part.until : load.width;
    float* to = part.place(load.place);
    const float* at = load.kind == LOAD_STATE ? (const float*)state_of(p.batch, part.entry->slot, (long long)load.at)
                                              : load.at + (long long)part.row * load.stride;
    bool wide = (((unsigned long long)at | load.width * 4) & 15) == 0;
    int step = wide ? 4 : 1;
#pragma unroll 1
    for (int c = from + threadIdx.x * step; c < until; c += blockDim.x * step) {
        copy_later(to + c, at + c, wide);
    }
}

// Grid: x rows, y groups of `span` columns. Block: whole warps, at most 256 threads; span a multiple of 16.
// Shared memory: the lists, then what loads and operators place.
EDDY_KERNEL_AHEAD(rows, RowsParams, __launch_bounds__(256, 3)) {
    EDDY_DYNAMIC_SHARED(float, shared);
    EDDY_SHARED(float, shifts, 64);
    EDDY_SHARED(float, factors, 64);
    grid_release();
    Part part;
    part.row = blockIdx.x;
    part.from = blockIdx.y * p.span;
    part.until = part.from + p.span;
    part.entry = nullptr;
    int rows = rows_of(p.batch, p.selected);
    if (part.row >= rows) {
        return;
    }
    part.group = fragment_group(rows);
    const RowOp* ops = p.ops;
    int list = p.lists ? (p.count * (int)sizeof(RowOp) + p.loads * (int)sizeof(RowLoad)) / 4 : 0;
    part.shared = shared + list;
    if (p.lists) {
        for (int i = threadIdx.x * 4; i < list; i += blockDim.x * 4) {
            copy_later(shared + i, (const float*)p.ops + i, true);
        }
        copies_wait();
        __syncthreads();
        ops = (const RowOp*)shared;
    }
    const RowLoad* loads = (const RowLoad*)(ops + p.count);
    if (!p.selected) {
        part.entry = p.batch.entries + p.batch.row_entry[part.row];
    }
#pragma unroll 1
    for (int i = 0; i <= p.loads; i++) {
        if (i == p.early) {
#pragma unroll 1
            for (int k = 0; k < p.count; k++) {
                if (ops[k].code == ROW_DIAGONAL) {
                    fetch_states(p, ops[k], part);
                }
            }
            grid_wait();
        }
        if (i < p.loads) {
            load_row(p, loads[i], part);
        }
    }
    copies_wait();
    __syncthreads();
#pragma unroll 1
    for (int i = 0; i < p.count; i++) {
        if (ops[i].barrier) {
            __syncthreads();
        }
        run_row(p, ops[i], part, shifts, factors);
    }
}
