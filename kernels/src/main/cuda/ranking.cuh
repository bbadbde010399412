// The order of logits and scores: larger first, equal ones by rising id, -0 equal to 0, NaN last. As one number each,
// larger is earlier.
#pragma once
#include "functions.cuh"

EDDY_DEVICE unsigned ordered(float x) {
    if (x != x) {
        return 0u;
    }
    unsigned bits = (unsigned)float_to_bits(x + 0.0f);
    return (bits & 0x80000000u) ? ~bits : bits | 0x80000000u;
}

EDDY_DEVICE unsigned long long rank_of(float x, int id) {
    return (unsigned long long)ordered(x) << 32 | (0xffffffffu - (unsigned)id);
}

EDDY_DEVICE int id_of(unsigned long long rank) { return (int)(0xffffffffu - (unsigned)rank); }

EDDY_DEVICE float value_of(unsigned long long rank) {
    unsigned key = (unsigned)(rank >> 32);
    return bits_to_float((int)((key & 0x80000000u) ? key & 0x7fffffffu : ~key));
}
