// Diagonal recurrence with constant poles (S4D, S4, Hyena's modes). A thread has a channel of an entry. Reference:
// ReferenceModes.
#include "batch.cuh"
#include "functions.cuh"

struct ModalParams {
    Batch batch;
    Rows x;
    Rows out;
    const float* poles;  // [D, N, 2] or [D, N]
    const float* residues;
    const float* input;  // feedback, or null
    const float* read;
    const float* write;
    int modes;
    int complex;
    long long h;
};

template <class Keep>
EDDY_DEVICE float modal_real(const ModalParams& p, typename Keep::Stored* h, int channel, float x) {
    float y = 0.0f;
    for (int i = channel * p.modes; i < (channel + 1) * p.modes; i++) {
        float next = Keep::round(fmaf(p.poles[i], Keep::load(h + i), x));
        Keep::store(h + i, next);
        y = fmaf(p.residues[i], next, y);
    }
    return y;
}

// Real part of the sum over modes of a h.
template <class Keep>
EDDY_DEVICE float modal_dot(const float* a, const typename Keep::Stored* h, int from, int width) {
    float y = 0.0f;
    for (int i = from; i < from + width; i += 2) {
        y = fmaf(a[i], Keep::load(h + i), y);
        y = fmaf(-a[i + 1], Keep::load(h + i + 1), y);
    }
    return y;
}

template <class Keep>
EDDY_DEVICE float modal_complex(const ModalParams& p, typename Keep::Stored* h, int channel, float x) {
    int width = 2 * p.modes;
    int from = channel * width;
    float f = p.input == nullptr ? 0.0f : modal_dot<Keep>(p.read, h, from, width);
    float y = 0.0f;
    for (int i = from; i < from + width; i += 2) {
        float re = Keep::load(h + i);
        float im = Keep::load(h + i + 1);
        float inner;
        float outer;
        if (p.input == nullptr) {
            inner = fmaf(-p.poles[i + 1], im, x);
            outer = p.poles[i + 1] * re;
        } else {
            inner = fmaf(-p.poles[i + 1], im, fmaf(p.write[i], f, p.input[i] * x));
            outer = fmaf(p.poles[i + 1], re, fmaf(p.write[i + 1], f, p.input[i + 1] * x));
        }
        float next_re = Keep::round(fmaf(p.poles[i], re, inner));
        float next_im = Keep::round(fmaf(p.poles[i], im, outer));
        Keep::store(h + i, next_re);
        Keep::store(h + i + 1, next_im);
        y = fmaf(p.residues[i], next_re, y);
        y = fmaf(-p.residues[i + 1], next_im, y);
    }
    return y;
}

template <class Keep>
EDDY_DEVICE void modal(const ModalParams& p) {
    int d = blockIdx.x * blockDim.x + threadIdx.x;
    if (blockIdx.y >= p.batch.counts->entries || d >= p.out.width) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    typename Keep::Stored* h = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.h);
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        float x = row_of(p.x, row)[d];
        row_of(p.out, row)[d] = p.complex ? modal_complex<Keep>(p, h, d, x) : modal_real<Keep>(p, h, d, x);
    }
}

// Grid: x channels, y entries.
EDDY_KERNEL(modal_f32, ModalParams) { modal<KeepF32>(p); }

EDDY_KERNEL(modal_bf16, ModalParams) { modal<KeepBf16>(p); }
