// Operators that treat every row by itself (norms, gates, residuals, softmax, rearrangements), several in one launch: a
// block takes a row through a list of them, so that what one writes the next reads from the multiprocessor's own cache.
// The list comes into shared memory before the kernel waits for the one before it.
// Reference: ReferenceInterpreter.unary and binary, ReferenceNorms, ReferenceRows.
#include "batch.cuh"
#include "lanes.cuh"

enum RowCode {
    ROW_UNARY,
    ROW_BINARY,
    ROW_BINARY_SCALAR,
    ROW_NORM,
    ROW_SOFTMAX,
    ROW_CONCAT,
    ROW_OUTER,
    ROW_BROADCAST,
    ROW_FRAGMENTS
};

// dev.eddy.kernels.program.NormKind, by ordinal.
enum NormKind { NORM_RMS, NORM_RMS_PLUS, NORM_LAYER, NORM_L2 };

// 96 bytes; field by field as RowStage writes them.
struct RowOp {
    int code;
    int function;  // Unary, Binary or NormKind
    int barrier;  // 1: wait for the block's other threads first
    int groups;
    Rows out;
    Rows x;
    const float* y;  // binary, outer: row 0 of the second operand
    int y_stride;  // 0 where it is a weight
    int y_width;
    int block;  // columns that share an element of y (BLOCKS), or 0 (TILES)
    float scalar;  // the scalar operand, or epsilon; concat: unused
    int at;  // concat: column in each group
    int unused;
    const float* scale;
    const float* bias;
};

enum { MAX_STAGED_OPS = 256 };

struct RowsParams {
    Batch batch;
    const RowOp* ops;
    int count;
    int selected;
    int staged_ops;  // of the list, in shared memory: at most MAX_STAGED_OPS
    int unused;
};

EDDY_DEVICE int spread_column(const RowOp& op, int column) {
    return op.block > 0 ? column / op.block : column % op.y_width;
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

// As many groups at a time as the block has half warps, which sum from shared memory what all threads have brought.
EDDY_DEVICE void normalise(const RowOp& op, const float* x, float* out, float* staged, float* shifts, float* factors) {
    int width = op.out.width;
    int size = width / op.groups;
    int teams = blockDim.x / 16;
    int team = threadIdx.x / 16;
    for (int c = threadIdx.x; c < width; c += blockDim.x) {
        staged[c] = x[c];
    }
    __syncthreads();
    for (int first = 0; first < op.groups; first += teams) {
        int held = op.groups - first < teams ? op.groups - first : teams;
        if ((team & ~1) < held) {  // shuffles need whole warps
            int group = first + (team < held ? team : held - 1);
            float shift;
            float factor = norm_factor(op, staged + group * size, size, &shift);
            if (team < held && lane_of_16() == 0) {
                shifts[team] = shift;
                factors[team] = factor;
            }
        }
        __syncthreads();
        int end = (first + held) * size;
        for (int c = first * size + threadIdx.x; c < end; c += blockDim.x) {
            int g = c / size - first;
            float y = (staged[c] - shifts[g]) * factors[g];
            y = op.scale == nullptr ? y : y * op.scale[c];
            out[c] = op.bias == nullptr ? y : y + op.bias[c];
        }
        __syncthreads();
    }
}

EDDY_DEVICE void softmax(const RowOp& op, const float* x, float* out) {
    int size = op.out.width / op.groups;
    int teams = blockDim.x / 16;
    for (int first = 0; first < op.groups; first += teams) {
        int group = first + threadIdx.x / 16;
        bool held = group < op.groups;
        const float* from = x + group * size;
        float* to = out + group * size;
        float largest = negative_infinity();
        for (int i = lane_of_16(); held && i < size; i += 16) {
            largest = eddy_max(from[i], largest);
        }
        largest = lane_max(largest);
        float sum = 0.0f;
        for (int i = lane_of_16(); held && i < size; i += 16) {
            float weight = eddy_exp(from[i] - largest);
            to[i] = weight;
            sum += weight;
        }
        sum = lane_tree(sum);
        for (int i = lane_of_16(); held && i < size; i += 16) {
            to[i] /= sum;
        }
    }
}

EDDY_DEVICE void concat(const RowOp& op, const float* x, float* out) {
    int part = op.x.width / op.groups;
    int group = op.out.width / op.groups;
    for (int c = threadIdx.x; c < op.x.width; c += blockDim.x) {
        out[c / part * group + op.at + c % part] = x[c];
    }
}

EDDY_DEVICE void outer(const RowOp& op, const float* x, const float* y, float* out) {
    int n = op.x.width / op.groups;
    int m = op.y_width / op.groups;
    for (int c = threadIdx.x; c < op.out.width; c += blockDim.x) {
        int i = c / m;
        out[c] = x[i] * y[i / n * m + c % m];
    }
}

// Rounds a row to bfloat16 into its place among the right operand's fragments of m16n8k16 (see matmul_bf16.cu), zeros
// to the end of the last k-tile.
EDDY_DEVICE void to_fragments(const RowOp& op, const float* x, int row) {
    int tiles = (op.x.width + 15) / 16;
    unsigned short* tile = (unsigned short*)op.out.at + (long long)(row / 8) * tiles * 128;
    for (int k = threadIdx.x; k < tiles * 16; k += blockDim.x) {
        int inner = k & 15;
        int lane = (row & 7) * 4 + (inner & 7) / 2;
        int at = (k / 16 * 32 + lane) * 4 + inner / 8 * 2 + (inner & 1);
        tile[at] = k < op.x.width ? to_bf16(x[k]) : (unsigned short)0;
    }
}

EDDY_DEVICE void run_row(const RowOp& op, int row, float* staged, float* shifts, float* factors) {
    const float* x = op.x.at == nullptr ? nullptr : row_of(op.x, row);
    const float* y = op.y == nullptr ? nullptr : op.y + (long long)row * op.y_stride;
    if (op.code == ROW_FRAGMENTS) {
        to_fragments(op, x, row);
        return;
    }
    float* out = row_of(op.out, row);
    int width = op.out.width;
    switch (op.code) {
        case ROW_UNARY:
            for (int c = threadIdx.x; c < width; c += blockDim.x) {
                out[c] = apply_unary(op.function, x[c]);
            }
            break;
        case ROW_BINARY:
            if (op.y_width == width) {
                for (int c = threadIdx.x; c < width; c += blockDim.x) {
                    out[c] = apply_binary(op.function, x[c], y[c]);
                }
            } else {
                for (int c = threadIdx.x; c < width; c += blockDim.x) {
                    out[c] = apply_binary(op.function, x[c], y[spread_column(op, c)]);
                }
            }
            break;
        case ROW_BINARY_SCALAR:
            for (int c = threadIdx.x; c < width; c += blockDim.x) {
                out[c] = apply_binary(op.function, x[c], op.scalar);
            }
            break;
        case ROW_NORM:
            normalise(op, x, out, staged, shifts, factors);
            break;
        case ROW_SOFTMAX:
            softmax(op, x, out);
            break;
        case ROW_CONCAT:
            concat(op, x, out);
            break;
        case ROW_OUTER:
            outer(op, x, y, out);
            break;
        default:
            for (int c = threadIdx.x; c < width; c += blockDim.x) {
                out[c] = y[c];
            }
    }
}

// Grid: x rows. Block: whole warps, at most 1,024 threads. Shared memory: the list's staged operators, then the widest row
// of a norm.
EDDY_KERNEL_AHEAD(rows, RowsParams, 1024, 1) {
    EDDY_DYNAMIC_SHARED(int, held);
    EDDY_SHARED(float, shifts, 64);
    EDDY_SHARED(float, factors, 64);
    grid_release();
    const int words = sizeof(RowOp) / 4;
    for (int i = threadIdx.x; i < p.staged_ops * words; i += blockDim.x) {
        held[i] = ((const int*)p.ops)[i];
    }
    float* staged = (float*)held + p.staged_ops * words;
    __syncthreads();
    grid_wait();
    int rows = rows_of(p.batch, p.selected);
    for (int row = blockIdx.x; row < rows; row += gridDim.x) {
        for (int i = 0; i < p.count; i++) {
            const RowOp& op = i < p.staged_ops ? ((const RowOp*)held)[i] : p.ops[i];
            if (op.barrier) {
                __syncthreads();
            }
            run_row(op, row, staged, shifts, factors);
        }
        __syncthreads();
    }
}
