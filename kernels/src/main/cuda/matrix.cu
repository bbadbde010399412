// Matrix state with decay (Mamba-2, linear attention and kin). A thread has a column of a head: K numbers, in registers
// where K has a kernel of its own, else in the slot's cached memory. Reference: ReferenceMatrixScans.matrix.
#include "batch.cuh"
#include "functions.cuh"

// Op.MatrixScan.DecayAxis, by ordinal.
enum DecayAxis { DECAY_HEAD, DECAY_KEY, DECAY_VALUE };

struct MatrixParams {
    Batch batch;
    Rows q;
    Rows k;
    Rows v;
    Rows decay;
    Rows k2;  // at null: no second write
    Rows v2;
    Rows out;
    const float* bonus;  // [H, K] or null
    int axis;
    int heads;
    int groups;
    int unused;
    long long s;  // [H, K, V], bytes from the start of a slot
};

// What an element's head needs of its row.
struct MatrixRow {
    const float* q;
    const float* k;
    const float* k2;
    const float* decay;
    int decay_step;  // from one key channel to the next
    float v;
    float v2;
};

EDDY_DEVICE MatrixRow matrix_row(const MatrixParams& p, int row, int head, int j, int keys, int columns) {
    int key = head * p.groups / p.heads * keys;
    MatrixRow m;
    m.q = row_of(p.q, row) + key;
    m.k = row_of(p.k, row) + key;
    m.v = row_of(p.v, row)[head * columns + j];
    m.k2 = p.k2.at == nullptr ? nullptr : row_of(p.k2, row) + key;
    m.v2 = p.k2.at == nullptr ? 0.0f : row_of(p.v2, row)[head * columns + j];
    int at = p.axis == DECAY_HEAD ? head : p.axis == DECAY_KEY ? head * keys : head * columns + j;
    m.decay = row_of(p.decay, row) + at;
    m.decay_step = p.axis == DECAY_KEY ? 1 : 0;
    return m;
}

// One number of the state through one element; adds to the read-out.
template <class Keep>
EDDY_DEVICE float matrix_write(const MatrixParams& p, const MatrixRow& m, int head_key, int i, float old, float* y) {
    float next = fmaf(m.decay[i * m.decay_step], old, m.k[i] * m.v);
    next = m.k2 == nullptr ? next : fmaf(m.k2[i], m.v2, next);
    next = Keep::round(next);
    float read = p.bonus == nullptr ? next : fmaf(p.bonus[head_key + i] * m.k[i], m.v, old);
    *y = fmaf(m.q[i], read, *y);
    return next;
}

template <class Keep, int KEYS>
EDDY_DEVICE void matrix_in_registers(
        const MatrixParams& p, const Entry& entry, typename Keep::Stored* s, int head, int j, int columns) {
    float held[KEYS];
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        held[i] = Keep::load(s + i * columns);
    }
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        MatrixRow m = matrix_row(p, row, head, j, KEYS, columns);
        float y = 0.0f;
#pragma unroll
        for (int i = 0; i < KEYS; i++) {
            held[i] = matrix_write<Keep>(p, m, head * KEYS, i, held[i], &y);
        }
        row_of(p.out, row)[head * columns + j] = y;
    }
#pragma unroll
    for (int i = 0; i < KEYS; i++) {
        Keep::store(s + i * columns, held[i]);
    }
}

template <class Keep>
EDDY_DEVICE void matrix_in_memory(
        const MatrixParams& p, const Entry& entry, typename Keep::Stored* s, int head, int j, int columns) {
    int keys = p.k.width / p.groups;
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        MatrixRow m = matrix_row(p, row, head, j, keys, columns);
        float y = 0.0f;
#pragma unroll 8
        for (int i = 0; i < keys; i++) {
            typename Keep::Stored* at = s + (long long)i * columns;
            Keep::store(at, matrix_write<Keep>(p, m, head * keys, i, Keep::load(at), &y));
        }
        row_of(p.out, row)[head * columns + j] = y;
    }
}

template <class Keep>
EDDY_DEVICE void matrix(const MatrixParams& p) {
    int keys = p.k.width / p.groups;
    int columns = p.v.width / p.heads;
    int column = blockIdx.x * blockDim.x + threadIdx.x;
    if (blockIdx.y >= p.batch.counts->entries || column >= p.v.width) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    if (entry.absorbed == 0) {
        return;
    }
    int head = column / columns;
    int j = column % columns;
    typename Keep::Stored* s = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.s)
            + (long long)head * keys * columns + j;
    switch (keys) {
        case 64:
            matrix_in_registers<Keep, 64>(p, entry, s, head, j, columns);
            break;
        case 128:
            matrix_in_registers<Keep, 128>(p, entry, s, head, j, columns);
            break;
        default:
            matrix_in_memory<Keep>(p, entry, s, head, j, columns);
    }
}

// Grid: x columns of all heads, y entries.
EDDY_KERNEL(matrix_f32, MatrixParams) { matrix<KeepF32>(p); }

EDDY_KERNEL(matrix_bf16, MatrixParams) { matrix<KeepBf16>(p); }
