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
    ROW_UNARY,
    ROW_BINARY,
    ROW_BINARY_SCALAR,
    ROW_NORM,
    ROW_SOFTMAX,
    ROW_CONCAT,
    ROW_OUTER,
    ROW_COPY,
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

// 144 bytes; field by field as RowStage writes them.
struct RowOp {
    int code;
    int function;  // Unary, Binary or NormKind
    int barrier;  // 1: wait for the block's other threads first
    int whole;  // 1: all columns, not only the block's
    Source x;
    Source y;  // binary, outer: the second operand; diagonal: the step; FIR: the window
    Source scale;  // norm; diagonal: b; FIR: taps [K, C]
    Source bias;  // norm, FIR; diagonal: c
    Rows out;  // at null: nobody reads it later
    int place;  // of out in shared memory, as in Source
    int x_width;  // FIR: from one row of the taps to the next
    int y_width;  // FIR: from one row of the window to the next
    int groups;
    int block;  // columns that share an element of y (BLOCKS), or 0 (TILES)
    int at;  // concat: column in each group; FIR: K; diagonal: 1 for a state in bfloat16
    float scalar;  // the scalar operand, or epsilon
    int unused;
    long long state;  // bytes from the start of a slot
    const float* a;  // diagonal: [D, N]
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

// Four columns at a time lie there where an address is a multiple of sixteen bytes.
EDDY_DEVICE bool is_wide(const void* at) { return ((unsigned long long)at & 15) == 0; }

// Where an operator's result goes.
struct Result {
    float* shared;  // or null
    float* kept;  // or null
    int from;
    int until;

    EDDY_DEVICE Result(const RowOp& op, const Part& part) {
        shared = op.place < 0 ? nullptr : part.place(op.place);
        kept = op.out.at == nullptr ? nullptr : row_of(op.out, part.row);
        from = part.from;
        until = part.until;
    }

    EDDY_DEVICE void put(int c, float value) const {
        if (shared != nullptr) {
            shared[c] = value;
        }
        if (kept != nullptr && c >= from && c < until) {
            kept[c] = value;
        }
    }

    EDDY_DEVICE bool wide() const { return is_wide(shared) && is_wide(kept); }

    // Columns c to c + 3; blocks part at multiples of four.
    EDDY_DEVICE void put_four(int c, float4 value) const {
        if (shared != nullptr) {
            *(float4*)(shared + c) = value;
        }
        if (kept != nullptr && c >= from && c < until) {
            *(float4*)(kept + c) = value;
        }
    }
};

EDDY_DEVICE float4 four(const float* at) { return *(const float4*)at; }

// Gives `each` the columns from `from` to `until`, `each_four` four neighbours where all are there and `wide` says that
// they may be taken at once. A thread has the same columns in every operator that goes over its block's.
template <class EachFour, class Each>
EDDY_DEVICE void over_columns(int from, int until, bool wide, EachFour each_four, Each each) {
    for (int c = from + threadIdx.x * 4; c < until; c += blockDim.x * 4) {
        if (wide && c + 4 <= until) {
            each_four(c);
        } else {
            for (int i = c; i < c + 4 && i < until; i++) {
                each(i);
            }
        }
    }
}

// One function of two operands; where `f` takes one, y is x.
template <class F>
EDDY_DEVICE void map(const RowOp& op, const Part& part, const float* x, const float* y, F f) {
    Result out(op, part);
    over_columns(
        part.first(op), part.last(op, op.out.width), out.wide() && is_wide(x) && is_wide(y),
        [&](int c) {
            float4 a = four(x + c);
            float4 b = four(y + c);
            out.put_four(c, make_float4(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w)));
        },
        [&](int c) { out.put(c, f(x[c], y[c])); });
}

// The same where several columns share an element of y, or y recurs.
template <class F>
EDDY_DEVICE void map_spread(const RowOp& op, const Part& part, const float* x, const float* y, F f) {
    Result out(op, part);
    bool blocks = op.block > 0;
    bool fits = ((blocks ? op.block : op.y_width) & 3) == 0 && (blocks || is_wide(y));
    over_columns(
        part.first(op), part.last(op, op.out.width), fits && out.wide() && is_wide(x),
        [&](int c) {
            float4 a = four(x + c);
            float4 b;
            if (blocks) {
                float shared = y[c / op.block];
                b = make_float4(shared, shared, shared, shared);
            } else {
                b = four(y + c % op.y_width);
            }
            out.put_four(c, make_float4(f(a.x, b.x), f(a.y, b.y), f(a.z, b.z), f(a.w, b.w)));
        },
        [&](int c) { out.put(c, f(x[c], y[blocks ? c / op.block : c % op.y_width])); });
}

EDDY_DEVICE void unary(const RowOp& op, const Part& part, const float* x) {
#define EDDY_CASE(function)                                                                 \
    case function:                                                                          \
        map(op, part, x, x, [](float a, float) { return apply_unary(function, a); });       \
        break;
    switch (op.function) {
        EDDY_CASE(EXP)
        EDDY_CASE(SIGMOID)
        EDDY_CASE(SILU)
        EDDY_CASE(SOFTPLUS)
        EDDY_CASE(TANH)
        EDDY_CASE(RELU)
        EDDY_CASE(RELU_SQUARED)
        EDDY_CASE(GELU)
        EDDY_CASE(GELU_TANH)
        EDDY_CASE(LOG_SIGMOID)
        EDDY_CASE(ELU_PLUS_ONE)
        EDDY_CASE(SQRT)
    }
#undef EDDY_CASE
}

// Calls `run` with the function of that ordinal, chosen once for all columns.
template <class Run>
EDDY_DEVICE void with_binary(int function, Run run) {
    switch (function) {
        case ADD:
            run([](float a, float b) { return a + b; });
            break;
        case SUBTRACT:
            run([](float a, float b) { return a - b; });
            break;
        case MULTIPLY:
            run([](float a, float b) { return a * b; });
            break;
        case DIVIDE:
            run([](float a, float b) { return a / b; });
            break;
        case MAX:
            run([](float a, float b) { return eddy_max(a, b); });
            break;
        default:
            run([](float a, float b) { return eddy_min(a, b); });
    }
}

EDDY_DEVICE void binary(const RowOp& op, const Part& part, const float* x, const float* y) {
    if (op.y_width == op.out.width) {
        with_binary(op.function, [&](auto f) { map(op, part, x, y, f); });
    } else {
        with_binary(op.function, [&](auto f) { map_spread(op, part, x, y, f); });
    }
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
    bool wide = (size & 3) == 0 && out.wide() && is_wide(x) && is_wide(scale) && is_wide(bias);
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
        auto one = [&](float value, int g, int c) {
            float y = (value - shifts[g]) * factors[g];
            y = scale == nullptr ? y : y * scale[c];
            return bias == nullptr ? y : y + bias[c];
        };
        over_columns(
            low, high, wide,
            [&](int c) {
                int g = held == 1 ? 0 : c / size - first;
                float4 a = four(x + c);
                out.put_four(c, make_float4(one(a.x, g, c), one(a.y, g, c + 1), one(a.z, g, c + 2), one(a.w, g, c + 3)));
            },
            [&](int c) { out.put(c, one(x[c], c / size - first, c)); });
        __syncthreads();
    }
}

EDDY_DEVICE void softmax(const RowOp& op, const Part& part, const float* x) {
    Result out(op, part);
    int size = op.out.width / op.groups;
    int teams = blockDim.x / 16;
    for (int first = 0; first < op.groups; first += teams) {
        int group = first + threadIdx.x / 16;
        bool held = group < op.groups;
        int from = group * size;
        float largest = negative_infinity();
        for (int i = lane_of_16(); held && i < size; i += 16) {
            largest = eddy_max(x[from + i], largest);
        }
        largest = lane_max(largest);
        float sum = 0.0f;
        for (int i = lane_of_16(); held && i < size; i += 16) {
            sum += eddy_exp(x[from + i] - largest);
        }
        sum = lane_tree(sum);
        for (int i = lane_of_16(); held && i < size; i += 16) {
            out.put(from + i, eddy_exp(x[from + i] - largest) / sum);
        }
    }
}

EDDY_DEVICE void concat(const RowOp& op, const Part& part, const float* x) {
    Result out(op, part);
    int width = op.x_width / op.groups;
    int group = op.out.width / op.groups;
    for (int c = threadIdx.x; c < op.x_width; c += blockDim.x) {
        out.put(c / width * group + op.at + c % width, x[c]);
    }
}

EDDY_DEVICE void outer(const RowOp& op, const Part& part, const float* x, const float* y) {
    Result out(op, part);
    int n = op.x_width / op.groups;
    int m = op.y_width / op.groups;
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
    over_columns(
        part.from, end, is_wide(x) && op.x_width >= end,
        [&](int k) {
            float4 a = four(x + k);
            *(uint2*)(to + fragment_of(part.row, k, tiles, part.group)) =
                make_uint2(to_bf16(a.x) | (unsigned)to_bf16(a.y) << 16, to_bf16(a.z) | (unsigned)to_bf16(a.w) << 16);
        },
        [&](int k) {
            to[fragment_of(part.row, k, tiles, part.group)] = k < op.x_width ? to_bf16(x[k]) : (unsigned short)0;
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
    over_columns(
        part.first(op), part.last(op, op.out.width), out.wide() && is_wide(x) && is_wide(held) && is_wide(state),
        [&](int c) {
            float4 now = four(x + c);
            out.put_four(c, four(held + c));
            if (absorbs && c >= part.from && c < part.until) {
                *(float4*)(state + c) = now;
            }
        },
        [&](int c) {
            float now = x[c];
            out.put(c, held[c]);
            if (absorbs && c >= part.from && c < part.until) {
                state[c] = now;
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
    bool even = ((op.x_width | op.y_width | width) & 3) == 0;
    bool wide = even && out.wide() && is_wide(x) && is_wide(bias) && is_wide(state) && is_wide(window) && is_wide(taps);
    over_columns(
        part.first(op), part.last(op, width), wide,
        [&](int c) {
            bool keeps = absorbs && c >= part.from && c < part.until;
            float4 sum = bias == nullptr ? make_float4(0.0f, 0.0f, 0.0f, 0.0f) : four(bias + c);
            float4 now = four(x + c);
            for (int j = 0; j < order - 1; j++) {
                sum = fma_four(four(taps + j * op.x_width + c), four(window + j * op.y_width + c), sum);
                if (keeps) {
                    *(float4*)(state + j * width + c) = j + 1 < order - 1 ? four(window + (j + 1) * op.y_width + c) : now;
                }
            }
            out.put_four(c, fma_four(four(taps + (order - 1) * op.x_width + c), now, sum));
        },
        [&](int c) {
            bool keeps = absorbs && c >= part.from && c < part.until;
            float sum = bias == nullptr ? 0.0f : bias[c];
            float now = x[c];
            for (int j = 0; j < order - 1; j++) {
                sum = fmaf(taps[j * op.x_width + c], window[j * op.y_width + c], sum);
                if (keeps) {
                    state[j * width + c] = j + 1 < order - 1 ? window[(j + 1) * op.y_width + c] : now;
                }
            }
            out.put(c, fmaf(taps[(order - 1) * op.x_width + c], now, sum));
        });
}

// One element of Mamba's recurrence; see diagonal.cu. Four lanes share a column: each has four modes, and the sum over
// all goes through them in order.
template <class Keep>
EDDY_DEVICE void diagonal(const RowsParams& p, const RowOp& op, const Part& part, const float* x, const float* dt) {
    constexpr int LANES = 4;
    constexpr int MODES = DIAGONAL_MODES / LANES;
    Result out(op, part);
    const float* b = part.source(op.scale);
    const float* c = part.source(op.bias);
    if (part.entry->absorbed == 0) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p, part, op);
    int until = part.last(op, op.out.width);
    int first = threadIdx.x % LANES * MODES;
    for (int from = part.from; from < until; from += blockDim.x / LANES) {  // shuffles need whole warps
        int d = from + threadIdx.x / LANES;
        bool held = d < until;
        d = held ? d : until - 1;
        long long at = (long long)d * DIAGONAL_MODES + first;
        float h[MODES];
        float a[MODES];
        Keep::template load_all<MODES>(h, state + at);
        KeepF32::load_all<MODES>(a, op.a + at);
        float step = dt[d];
        float input = step * x[d];
#pragma unroll
        for (int n = 0; n < MODES; n++) {
            h[n] = Keep::round(fmaf(eddy_exp(step * a[n]), h[n], input * b[first + n]));
        }
        float y = 0.0f;
#pragma unroll
        for (int turn = 0; turn < LANES; turn++) {
            float sum = y;
#pragma unroll
            for (int n = 0; n < MODES; n++) {
                sum = fmaf(h[n], c[first + n], sum);
            }
            y = __shfl_sync(ALL_LANES, sum, turn, LANES);
        }
        if (held) {
            Keep::template store_all<MODES>(state + at, h);
            if (first == 0) {
                out.put(d, y);
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
        case ROW_UNARY:
            unary(op, part, x);
            break;
        case ROW_BINARY:
            binary(op, part, x, y);
            break;
        case ROW_BINARY_SCALAR: {
            float scalar = op.scalar;
            with_binary(op.function,
                        [&](auto f) { map(op, part, x, x, [=](float a, float) { return f(a, scalar); }); });
            break;
        }
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
    for (int i = 0; i < p.early; i++) {
        load_row(p, loads[i], part);
    }
    for (int i = 0; i < p.count; i++) {
        if (ops[i].code == ROW_DIAGONAL) {
            fetch_states(p, ops[i], part);
        }
    }
    grid_wait();
    for (int i = p.early; i < p.loads; i++) {
        load_row(p, loads[i], part);
    }
    copies_wait();
    __syncthreads();
    for (int i = 0; i < p.count; i++) {
        if (ops[i].barrier) {
            __syncthreads();
        }
        run_row(p, ops[i], part, shifts, factors);
    }
}
