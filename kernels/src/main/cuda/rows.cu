// Operators that treat every row by itself (norms, gates, residuals, softmax, rearrangements), many in one launch, and, in
// steps of one element an entry, recurrences by channel. A block has some columns of a row and takes them through a list
// of operators: everything they read comes into shared memory at once, what they make stays there for those that follow,
// and only what other launches read goes back to device memory. Weights and states come before the kernel waits for the
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
};

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
        for (int c = low + threadIdx.x; c < high; c += blockDim.x) {
            int g = c / size - first;
            float y = (x[c] - shifts[g]) * factors[g];
            y = scale == nullptr ? y : y * scale[c];
            out.put(c, bias == nullptr ? y : y + bias[c]);
        }
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
    unsigned short* to = (unsigned short*)op.out.at;
    for (int k = part.from + threadIdx.x; k < part.until && k < tiles * 16; k += blockDim.x) {
        to[fragment_of(part.row, k, tiles, part.group)] = k < op.x_width ? to_bf16(x[k]) : (unsigned short)0;
    }
}

EDDY_DEVICE void binary(const RowOp& op, const Part& part, const float* x, const float* y) {
    Result out(op, part);
    int until = part.last(op, op.out.width);
    if (op.y_width == op.out.width) {
        for (int c = part.first(op) + threadIdx.x; c < until; c += blockDim.x) {
            out.put(c, apply_binary(op.function, x[c], y[c]));
        }
    } else {
        for (int c = part.first(op) + threadIdx.x; c < until; c += blockDim.x) {
            out.put(c, apply_binary(op.function, x[c], y[op.block > 0 ? c / op.block : c % op.y_width]));
        }
    }
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
    int until = part.last(op, op.out.width);
    for (int c = part.first(op) + threadIdx.x; c < until; c += blockDim.x) {
        out.put(c, held[c]);
        if (absorbs && c >= part.from && c < part.until) {
            state[c] = x[c];
        }
    }
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
    int until = part.last(op, width);
    for (int c = part.first(op) + threadIdx.x; c < until; c += blockDim.x) {
        float sum = bias == nullptr ? 0.0f : bias[c];
        for (int j = 0; j < order - 1; j++) {
            sum = fmaf(taps[j * op.x_width + c], window[j * op.y_width + c], sum);
            if (absorbs && c >= part.from && c < part.until) {
                state[j * width + c] = j + 1 < order - 1 ? window[(j + 1) * op.y_width + c] : x[c];
            }
        }
        out.put(c, fmaf(taps[(order - 1) * op.x_width + c], x[c], sum));
    }
}

// One element of Mamba's recurrence; see diagonal.cu.
template <class Keep>
EDDY_DEVICE void diagonal(const RowsParams& p, const RowOp& op, const Part& part, const float* x, const float* dt) {
    Result out(op, part);
    const float* b = part.source(op.scale);
    const float* c = part.source(op.bias);
    if (part.entry->absorbed == 0) {
        return;
    }
    typename Keep::Stored* state = (typename Keep::Stored*)state_of(p, part, op);
    int until = part.last(op, op.out.width);
    for (int d = part.from + threadIdx.x; d < until; d += blockDim.x) {
        float h[DIAGONAL_MODES];
        float a[DIAGONAL_MODES];
        Keep::template load_all<DIAGONAL_MODES>(h, state + (long long)d * DIAGONAL_MODES);
        KeepF32::load_all<DIAGONAL_MODES>(a, op.a + (long long)d * DIAGONAL_MODES);
        float step = dt[d];
        float input = step * x[d];
        float y = 0.0f;
#pragma unroll
        for (int n = 0; n < DIAGONAL_MODES; n++) {
            h[n] = Keep::round(fmaf(eddy_exp(step * a[n]), h[n], input * b[n]));
            y = fmaf(h[n], c[n], y);
        }
        Keep::template store_all<DIAGONAL_MODES>(state + (long long)d * DIAGONAL_MODES, h);
        out.put(d, y);
    }
}

EDDY_DEVICE void run_row(const RowsParams& p, const RowOp& op, const Part& part, float* shifts, float* factors) {
    const float* x = part.source(op.x);
    const float* y = part.source(op.y);
    switch (op.code) {
        case ROW_UNARY: {
            Result out(op, part);
            int until = part.last(op, op.out.width);
            for (int c = part.first(op) + threadIdx.x; c < until; c += blockDim.x) {
                out.put(c, apply_unary(op.function, x[c]));
            }
            break;
        }
        case ROW_BINARY:
            binary(op, part, x, y);
            break;
        case ROW_BINARY_SCALAR: {
            Result out(op, part);
            int until = part.last(op, op.out.width);
            for (int c = part.first(op) + threadIdx.x; c < until; c += blockDim.x) {
                out.put(c, apply_binary(op.function, x[c], op.scalar));
            }
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

// Grid: x rows, y groups of `span` columns. Block: whole warps, at most 1,024 threads; span a multiple of them where there
// are several groups. Shared memory: the lists, then what loads and operators place.
EDDY_KERNEL_AHEAD(rows, RowsParams, __launch_bounds__(1024, 1)) {
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
