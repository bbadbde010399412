// Diagonal recurrence with constant poles (S4D, S4, Hyena's modes). A thread has a channel of an entry, whose few modes are in
// registers, else in memory. Reference: ReferenceModes.
#include "ahead.cuh"
#include "functions.cuh"
#include "modes.cuh"

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

// Complex modes without feedback, all of a channel's in registers.
template <class Keep, int MODES>
EDDY_DEVICE void modal_in_registers(const ModalParams& p, const Entry& entry, typename Keep::Stored* h, int d) {
    float re[MODES];
    float im[MODES];
    float pole[2 * MODES];
    float residue[2 * MODES];
#pragma unroll
    for (int n = 0; n < MODES; n++) {
        int i = (d * MODES + n) * 2;
        re[n] = Keep::load(h + i);
        im[n] = Keep::load(h + i + 1);
        pole[2 * n] = p.poles[i];
        pole[2 * n + 1] = p.poles[i + 1];
        residue[2 * n] = p.residues[i];
        residue[2 * n + 1] = p.residues[i + 1];
    }
    ColumnsAhead<1> x;
    x.read(0, p.x, entry.offset, d);
    x.each(entry.absorbed, [&](int t, const float* element) {
        float y = 0.0f;
#pragma unroll
        for (int n = 0; n < MODES; n++) {
            y = mode<Keep>(re[n], im[n], pole[2 * n], pole[2 * n + 1], residue[2 * n], residue[2 * n + 1], element[0], y);
        }
        row_of(p.out, entry.offset + t)[d] = y;
    });
#pragma unroll
    for (int n = 0; n < MODES; n++) {
        int i = (d * MODES + n) * 2;
        Keep::store(h + i, re[n]);
        Keep::store(h + i + 1, im[n]);
    }
}

template <class Keep>
EDDY_DEVICE void modal(const ModalParams& p) {
    int d = blockIdx.x * blockDim.x + threadIdx.x;
    if (blockIdx.y >= p.batch.counts->entries || d >= p.out.width) {
        return;
    }
    const Entry& entry = p.batch.entries[blockIdx.y];
    typename Keep::Stored* h = (typename Keep::Stored*)state_of(p.batch, entry.slot, p.h);
    switch (p.complex && p.input == nullptr ? p.modes : 0) {
        case 2:
            modal_in_registers<Keep, 2>(p, entry, h, d);
            return;
        case 4:
            modal_in_registers<Keep, 4>(p, entry, h, d);
            return;
        case 8:
            modal_in_registers<Keep, 8>(p, entry, h, d);
            return;
        default:
            break;
    }
    for (int row = entry.offset; row < entry.offset + entry.absorbed; row++) {
        float x = row_of(p.x, row)[d];
        row_of(p.out, row)[d] = p.complex ? modal_complex<Keep>(p, h, d, x) : modal_real<Keep>(p, h, d, x);
    }
}

// Grid: x channels, y entries.
EDDY_KERNEL(modal_f32, ModalParams) { modal<KeepF32>(p); }

EDDY_KERNEL(modal_bf16, ModalParams) { modal<KeepBf16>(p); }
