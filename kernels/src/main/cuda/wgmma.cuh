// Hopper's products of a warpgroup (PTX ISA, wgmma; sm_90a): four consecutive warps, the first of them a multiple of
// four, multiply 64 x 16 numbers of bfloat16 by 16 x N, N a multiple of eight, the right ones in shared memory, the left ones
// there or in registers. Warp w has rows 16 w to 16 w + 15 of the result, which lie in its lanes as in m16n8k16, tile beside
// tile. All of it runs asynchronously: registers and shared memory are free once wgmma_wait has let the warps through.
// Emulated: kernels/src/test/c/wgmma.h.
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

// Where weights lie (fragments.cuh): eights of outputs, `stride` bytes from one to the next; 128 bytes from the first eight
// columns of such an eight to the others.
EDDY_DEVICE WgmmaOperand wgmma_weights(const void* at, int stride) {
    uint64_t address = (uint32_t)__cvta_generic_to_shared(at);
    return (address & 0x3ffff) >> 4 | (uint64_t)(128 >> 4) << 16 | (uint64_t)(stride >> 4) << 32;
}

// Where rows lie (fragments.cuh), at a multiple of 256 bytes: tiles of eight of them, one after the other, with the swizzle of
// 32 bytes.
EDDY_DEVICE WgmmaOperand wgmma_rows(const void* at) {
    uint64_t address = (uint32_t)__cvta_generic_to_shared(at);
    return (address & 0x3ffff) >> 4 | (uint64_t)1 << 16 | (uint64_t)(256 >> 4) << 32 | (uint64_t)3 << 62;
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

// The registers of a result's first tiles, as text and as operands: one more tile a line.
#define WGMMA_TEXT_1 "%0,%1,%2,%3"
#define WGMMA_TEXT_2 WGMMA_TEXT_1 ",%4,%5,%6,%7"
#define WGMMA_TEXT_3 WGMMA_TEXT_2 ",%8,%9,%10,%11"
#define WGMMA_TEXT_4 WGMMA_TEXT_3 ",%12,%13,%14,%15"
#define WGMMA_TEXT_5 WGMMA_TEXT_4 ",%16,%17,%18,%19"
#define WGMMA_TEXT_6 WGMMA_TEXT_5 ",%20,%21,%22,%23"
#define WGMMA_TEXT_7 WGMMA_TEXT_6 ",%24,%25,%26,%27"
#define WGMMA_TEXT_8 WGMMA_TEXT_7 ",%28,%29,%30,%31"
#define WGMMA_TEXT_9 WGMMA_TEXT_8 ",%32,%33,%34,%35"
#define WGMMA_TEXT_10 WGMMA_TEXT_9 ",%36,%37,%38,%39"
#define WGMMA_TEXT_11 WGMMA_TEXT_10 ",%40,%41,%42,%43"
#define WGMMA_TEXT_12 WGMMA_TEXT_11 ",%44,%45,%46,%47"
#define WGMMA_TEXT_13 WGMMA_TEXT_12 ",%48,%49,%50,%51"
#define WGMMA_TEXT_14 WGMMA_TEXT_13 ",%52,%53,%54,%55"
#define WGMMA_TEXT_15 WGMMA_TEXT_14 ",%56,%57,%58,%59"
#define WGMMA_TEXT_16 WGMMA_TEXT_15 ",%60,%61,%62,%63"
#define WGMMA_TEXT_17 WGMMA_TEXT_16 ",%64,%65,%66,%67"
#define WGMMA_TEXT_18 WGMMA_TEXT_17 ",%68,%69,%70,%71"
#define WGMMA_TEXT_19 WGMMA_TEXT_18 ",%72,%73,%74,%75"
#define WGMMA_TEXT_20 WGMMA_TEXT_19 ",%76,%77,%78,%79"
#define WGMMA_TILE(t) "+f"(d[t][0]), "+f"(d[t][1]), "+f"(d[t][2]), "+f"(d[t][3])
#define WGMMA_TILES_1 WGMMA_TILE(0)
#define WGMMA_TILES_2 WGMMA_TILES_1, WGMMA_TILE(1)
#define WGMMA_TILES_3 WGMMA_TILES_2, WGMMA_TILE(2)
#define WGMMA_TILES_4 WGMMA_TILES_3, WGMMA_TILE(3)
#define WGMMA_TILES_5 WGMMA_TILES_4, WGMMA_TILE(4)
#define WGMMA_TILES_6 WGMMA_TILES_5, WGMMA_TILE(5)
#define WGMMA_TILES_7 WGMMA_TILES_6, WGMMA_TILE(6)
#define WGMMA_TILES_8 WGMMA_TILES_7, WGMMA_TILE(7)
#define WGMMA_TILES_9 WGMMA_TILES_8, WGMMA_TILE(8)
#define WGMMA_TILES_10 WGMMA_TILES_9, WGMMA_TILE(9)
#define WGMMA_TILES_11 WGMMA_TILES_10, WGMMA_TILE(10)
#define WGMMA_TILES_12 WGMMA_TILES_11, WGMMA_TILE(11)
#define WGMMA_TILES_13 WGMMA_TILES_12, WGMMA_TILE(12)
#define WGMMA_TILES_14 WGMMA_TILES_13, WGMMA_TILE(13)
#define WGMMA_TILES_15 WGMMA_TILES_14, WGMMA_TILE(14)
#define WGMMA_TILES_16 WGMMA_TILES_15, WGMMA_TILE(15)
#define WGMMA_TILES_17 WGMMA_TILES_16, WGMMA_TILE(16)
#define WGMMA_TILES_18 WGMMA_TILES_17, WGMMA_TILE(17)
#define WGMMA_TILES_19 WGMMA_TILES_18, WGMMA_TILE(18)
#define WGMMA_TILES_20 WGMMA_TILES_19, WGMMA_TILE(19)

// d = a b, or with `adds` d + a b, of COLUMNS, which are eight times TILES; A, B and ADDS are the numbers after the registers'.
#define WGMMA_BF16(TILES, COLUMNS, A, B, ADDS)                                                                   \
    EDDY_DEVICE void wgmma_bf16(float (&d)[TILES][4], WgmmaOperand a, WgmmaOperand b, bool adds) {               \
        asm volatile("{\n.reg .pred p;\nsetp.ne.b32 p, %" #ADDS ", 0;\n"                                         \
                     "wgmma.mma_async.sync.aligned.m64n" #COLUMNS "k16.f32.bf16.bf16 {" WGMMA_TEXT_##TILES "}, " \
                     "%" #A ", %" #B ", p, 1, 1, 0, 0;\n}"                                                       \
                     : WGMMA_TILES_##TILES                                                                       \
                     : "l"(a), "l"(b), "r"((int)adds));                                                          \
    }

// The same with the left operand in registers, which have a warp's sixteen rows of it as m16n8k16 takes them.
#define WGMMA_BF16_HELD(TILES, COLUMNS, A, A1, A2, A3, B, ADDS)                                                  \
    EDDY_DEVICE void wgmma_bf16(float (&d)[TILES][4], const uint32_t (&a)[4], WgmmaOperand b, bool adds) {       \
        asm volatile("{\n.reg .pred p;\nsetp.ne.b32 p, %" #ADDS ", 0;\n"                                         \
                     "wgmma.mma_async.sync.aligned.m64n" #COLUMNS "k16.f32.bf16.bf16 {" WGMMA_TEXT_##TILES "}, " \
                     "{%" #A ", %" #A1 ", %" #A2 ", %" #A3 "}, %" #B ", p, 1, 1, 0;\n}"                          \
                     : WGMMA_TILES_##TILES                                                                       \
                     : "r"(a[0]), "r"(a[1]), "r"(a[2]), "r"(a[3]), "l"(b), "r"((int)adds));                      \
    }

WGMMA_BF16_HELD(8, 64, 32, 33, 34, 35, 36, 37)
WGMMA_BF16_HELD(16, 128, 64, 65, 66, 67, 68, 69)

WGMMA_BF16(4, 32, 16, 17, 18)
WGMMA_BF16(5, 40, 20, 21, 22)
WGMMA_BF16(6, 48, 24, 25, 26)
WGMMA_BF16(8, 64, 32, 33, 34)
WGMMA_BF16(10, 80, 40, 41, 42)
WGMMA_BF16(16, 128, 64, 65, 66)
WGMMA_BF16(20, 160, 80, 81, 82)

#endif

// What kernels share whose warpgroups multiply while one more copies: product.cuh asks for it.
struct OfWarpgroups {
    static constexpr int COPIERS = 4;
    static constexpr bool APART = false;

    // Said so that the compiler knows: it lets no wgmma overlap another where warps might part.
    static EDDY_DEVICE int same_in_warp(int x) { return __shfl_sync(0xffffffffu, x, 0); }
};
