// Complex modes of a diagonal recurrence (Hyena's, S4's), of one channel. Reference: ReferenceModes.
#pragma once
#include "functions.cuh"

// One mode an element on, without feedback; the channel's sum of what modes give, with this one's.
template <class Keep>
EDDY_DEVICE float mode(float& re, float& im, float pole_re, float pole_im, float residue_re, float residue_im, float x, float sum) {
    float inner = fmaf(-pole_im, im, x);
    float outer = pole_im * re;
    re = Keep::round(fmaf(pole_re, re, inner));
    im = Keep::round(fmaf(pole_re, im, outer));
    return fmaf(-residue_im, im, fmaf(residue_re, re, sum));
}
