// Hopper's products of a warpgroup (PTX ISA, wgmma; sm_90a): four consecutive warps, the first of them a multiple of
// four, multiply 64 x 16 numbers of bfloat16 by 16 x N, both in shared memory. Warp w has rows 16 w to 16 w + 15 of the
// result, which lie in its lanes as in m16n8k16, tile beside tile. All of it runs asynchronously: registers and shared
// memory are free once wgmma_wait has let the warps through. Emulated: kernels/src/test/c/wgmma.h.
#pragma once
#include "device.cuh"

#if defined(__CUDA_ARCH_FEAT_SM90_ALL) || defined(EDDY_EMULATED) || !defined(__CUDA_ARCH__) // the host only names kernels
#define EDDY_WGMMA 1
#else
#define EDDY_WGMMA 0
#endif

#ifdef EDDY_EMULATED
#include "wgmma.h"
#elif EDDY_WGMMA

typedef uint64_t WgmmaOperand;

// Where an operand lies: eights of its rows (fragments.cuh), `stride` bytes from one to the next; 128 bytes from the first
// eight columns of such an eight to the others.
EDDY_DEVICE WgmmaOperand wgmma_operand(const void* at, int stride) {
    uint64_t address = (uint32_t)__cvta_generic_to_shared(at);
    return (address & 0x3ffff) >> 4 | (uint64_t)(128 >> 4) << 16 | (uint64_t)(stride >> 4) << 32;
}

// The operand `bytes` further.
EDDY_DEVICE WgmmaOperand wgmma_further(WgmmaOperand operand, int bytes) { return operand + (bytes >> 4); }

// Before the first product after registers were written.
EDDY_DEVICE void wgmma_fence() { asm volatile("wgmma.fence.sync.aligned;" ::: "memory"); }

// Ends a group of products.
EDDY_DEVICE void wgmma_commit() { asm volatile("wgmma.commit_group.sync.aligned;" ::: "memory"); }

// Waits until at most PENDING groups are still at work.
template <int PENDING>
EDDY_DEVICE void wgmma_wait() {
    asm volatile("wgmma.wait_group.sync.aligned %0;" ::"n"(PENDING) : "memory");
}

// Keeps uses of a result behind the wait before it.
template <int TILES>
EDDY_DEVICE void wgmma_done(float (&d)[TILES][4]) {
#pragma unroll
    for (int i = 0; i < 4 * TILES; i++) {
        asm volatile("" : "+f"(d[i / 4][i & 3])::"memory");
    }
}

// d = a b, or with `adds` d + a b, of 64 and of 128 columns.
EDDY_DEVICE void wgmma_bf16(float (&d)[8][4], WgmmaOperand a, WgmmaOperand b, bool adds) {
    asm volatile(
        "{\n.reg .pred p;\nsetp.ne.b32 p, %34, 0;\n"
        "wgmma.mma_async.sync.aligned.m64n64k16.f32.bf16.bf16 {"
        "%0,%1,%2,%3,%4,%5,%6,%7,%8,%9,%10,%11,%12,%13,%14,%15,%16,%17,%18,%19,%20,%21,%22,%23,%24,%25,%26,%27,%28,%29,"
        "%30,%31"
        "}, %32, %33, p, 1, 1, 0, 0;\n}"
        : "+f"(d[0][0]), "+f"(d[0][1]), "+f"(d[0][2]), "+f"(d[0][3]), "+f"(d[1][0]), "+f"(d[1][1]), "+f"(d[1][2]), 
          "+f"(d[1][3]), "+f"(d[2][0]), "+f"(d[2][1]), "+f"(d[2][2]), "+f"(d[2][3]), "+f"(d[3][0]), "+f"(d[3][1]), 
          "+f"(d[3][2]), "+f"(d[3][3]), "+f"(d[4][0]), "+f"(d[4][1]), "+f"(d[4][2]), "+f"(d[4][3]), "+f"(d[5][0]), 
          "+f"(d[5][1]), "+f"(d[5][2]), "+f"(d[5][3]), "+f"(d[6][0]), "+f"(d[6][1]), "+f"(d[6][2]), "+f"(d[6][3]), 
          "+f"(d[7][0]), "+f"(d[7][1]), "+f"(d[7][2]), "+f"(d[7][3])
        : "l"(a), "l"(b), "r"((int)adds));
}

EDDY_DEVICE void wgmma_bf16(float (&d)[16][4], WgmmaOperand a, WgmmaOperand b, bool adds) {
    asm volatile(
        "{\n.reg .pred p;\nsetp.ne.b32 p, %66, 0;\n"
        "wgmma.mma_async.sync.aligned.m64n128k16.f32.bf16.bf16 {"
        "%0,%1,%2,%3,%4,%5,%6,%7,%8,%9,%10,%11,%12,%13,%14,%15,%16,%17,%18,%19,%20,%21,%22,%23,%24,%25,%26,%27,%28,%29,"
        "%30,%31,%32,%33,%34,%35,%36,%37,%38,%39,%40,%41,%42,%43,%44,%45,%46,%47,%48,%49,%50,%51,%52,%53,%54,%55,%56,%57,"
        "%58,%59,%60,%61,%62,%63"
        "}, %64, %65, p, 1, 1, 0, 0;\n}"
        : "+f"(d[0][0]), "+f"(d[0][1]), "+f"(d[0][2]), "+f"(d[0][3]), "+f"(d[1][0]), "+f"(d[1][1]), "+f"(d[1][2]), 
          "+f"(d[1][3]), "+f"(d[2][0]), "+f"(d[2][1]), "+f"(d[2][2]), "+f"(d[2][3]), "+f"(d[3][0]), "+f"(d[3][1]), 
          "+f"(d[3][2]), "+f"(d[3][3]), "+f"(d[4][0]), "+f"(d[4][1]), "+f"(d[4][2]), "+f"(d[4][3]), "+f"(d[5][0]), 
          "+f"(d[5][1]), "+f"(d[5][2]), "+f"(d[5][3]), "+f"(d[6][0]), "+f"(d[6][1]), "+f"(d[6][2]), "+f"(d[6][3]), 
          "+f"(d[7][0]), "+f"(d[7][1]), "+f"(d[7][2]), "+f"(d[7][3]), "+f"(d[8][0]), "+f"(d[8][1]), "+f"(d[8][2]), 
          "+f"(d[8][3]), "+f"(d[9][0]), "+f"(d[9][1]), "+f"(d[9][2]), "+f"(d[9][3]), "+f"(d[10][0]), "+f"(d[10][1]), 
          "+f"(d[10][2]), "+f"(d[10][3]), "+f"(d[11][0]), "+f"(d[11][1]), "+f"(d[11][2]), "+f"(d[11][3]), 
          "+f"(d[12][0]), "+f"(d[12][1]), "+f"(d[12][2]), "+f"(d[12][3]), "+f"(d[13][0]), "+f"(d[13][1]), 
          "+f"(d[13][2]), "+f"(d[13][3]), "+f"(d[14][0]), "+f"(d[14][1]), "+f"(d[14][2]), "+f"(d[14][3]), 
          "+f"(d[15][0]), "+f"(d[15][1]), "+f"(d[15][2]), "+f"(d[15][3])
        : "l"(a), "l"(b), "r"((int)adds));
}

#endif
