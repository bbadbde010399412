// Ends a program whose call of CUDA's runtime failed, and says where.
#pragma once
#include <cstdio>
#include <cstdlib>

#define TRY(call)                                                                            \
    do {                                                                                     \
        cudaError_t code = (call);                                                           \
        if (code != cudaSuccess) {                                                           \
            fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, cudaGetErrorString(code));    \
            exit(1);                                                                         \
        }                                                                                    \
    } while (0)
