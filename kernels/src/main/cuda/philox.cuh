// Philox 4x32-10 (Salmon et al., SC11) as dev.eddy.kernels.numerics.Philox: key = seed, counter = (position, branch, lane).
#pragma once
#include "functions.cuh"

EDDY_DEVICE unsigned philox_word(unsigned long long seed, long long position, int branch, int lane) {
    unsigned c0 = (unsigned)position;
    unsigned c1 = (unsigned)((unsigned long long)position >> 32);
    unsigned c2 = (unsigned)branch;
    unsigned c3 = (unsigned)lane;
    unsigned k0 = (unsigned)seed;
    unsigned k1 = (unsigned)(seed >> 32);
    for (int round = 0; round < 10; round++) {
        unsigned long long p0 = 0xD2511F53ull * c0;
        unsigned long long p1 = 0xCD9E8D57ull * c2;
        c0 = (unsigned)(p1 >> 32) ^ c1 ^ k0;
        c2 = (unsigned)(p0 >> 32) ^ c3 ^ k1;
        c1 = (unsigned)p1;
        c3 = (unsigned)p0;
        k0 += 0x9E3779B9u;
        k1 += 0xBB67AE85u;
    }
    return c0;
}

// A draw of the standard Gumbel distribution for one lane.
EDDY_DEVICE float gumbel(unsigned long long seed, long long position, int branch, int lane) {
    float uniform = ((float)(philox_word(seed, position, branch, lane) >> 9) + 0.5f) * 1.1920928955078125e-7f;
    return -eddy_log(-eddy_log(uniform));
}
