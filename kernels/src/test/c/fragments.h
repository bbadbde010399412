/*
 * The tensor core's products in plain loops: PTX ISA, "Matrix fragments for mma.m16n8k16" and "... m16n8k32".
 * A lane is (group, place) = (lane / 4, lane % 4). Of C and D it holds rows group and group + 8, columns 2 place and
 * 2 place + 1; of A the same rows and, in each of its two halves along K, a run of four bytes at 4 place; of B the
 * column `group`.
 * The card adds in an order and with a precision of its own; here K runs in order through one FMA chain, or exactly.
 */
namespace eddy {

template <class C> struct Fragments {
    uint32_t a[4], b[2];
    C c[4];
};

static inline float bf16_at(const uint32_t *words, int index) {
    return __uint_as_float((words[index / 2] >> (index % 2 * 16) & 0xffffu) << 16);
}

static inline uint32_t rounded_bf16(float x) {
    uint32_t bits = __float_as_uint(x);
    return x != x ? 0x7fffu : (bits + 0x7fffu + (bits >> 16 & 1)) >> 16;
}

static inline int s8_at(const uint32_t *words, int index) {
    return (int8_t)(words[index / 4] >> (index % 4 * 8));
}

/* A is [16][K], B is [K][8]; `half` elements of K fill one register of four lanes. */
template <class C, class T, int K, class At>
static void gather(const void *const in[32], At at, T (&a)[16][K], T (&b)[K][8]) {
    constexpr int run = K / 8; /* elements in a register */
    for (int lane = 0; lane < 32; lane++) {
        const Fragments<C> *f = static_cast<const Fragments<C> *>(in[lane]);
        int group = lane / 4, place = lane % 4;
        for (int i = 0; i < run; i++) {
            a[group][place * run + i] = at(f->a + 0, i);
            a[group + 8][place * run + i] = at(f->a + 1, i);
            a[group][K / 2 + place * run + i] = at(f->a + 2, i);
            a[group + 8][K / 2 + place * run + i] = at(f->a + 3, i);
            b[place * run + i][group] = at(f->b + 0, i);
            b[K / 2 + place * run + i][group] = at(f->b + 1, i);
        }
    }
}

static inline float mac(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
static inline int mac(int a, int b, int c) { return a * b + c; }

template <class C, class T, int K>
static void multiply(const void *const in[32], void *const out[32], const T (&a)[16][K], const T (&b)[K][8]) {
    for (int lane = 0; lane < 32; lane++) {
        const Fragments<C> *f = static_cast<const Fragments<C> *>(in[lane]);
        for (int i = 0; i < 4; i++) {
            int row = lane / 4 + i / 2 * 8, column = lane % 4 * 2 + i % 2;
            C sum = f->c[i];
            for (int k = 0; k < K; k++) sum = mac(a[row][k], b[k][column], sum);
            static_cast<C *>(out[lane])[i] = sum;
        }
    }
}

static void mma_bf16(unsigned, const void *const in[32], void *const out[32]) {
    float a[16][16], b[16][8];
    gather<float>(in, bf16_at, a, b);
    multiply<float>(in, out, a, b);
}

static void mma_s8(unsigned, const void *const in[32], void *const out[32]) {
    int a[16][32], b[32][8];
    gather<int>(in, s8_at, a, b);
    multiply<int>(in, out, a, b);
}

}  // namespace eddy

static inline uint32_t multiply_bf16x2(uint32_t a, uint32_t b) {
    return eddy::rounded_bf16(eddy::bf16_at(&a, 0) * eddy::bf16_at(&b, 0)) |
           eddy::rounded_bf16(eddy::bf16_at(&a, 1) * eddy::bf16_at(&b, 1)) << 16;
}

static inline uint32_t subtract_bf16x2(uint32_t a, uint32_t b) {
    return eddy::rounded_bf16(eddy::bf16_at(&a, 0) - eddy::bf16_at(&b, 0)) |
           eddy::rounded_bf16(eddy::bf16_at(&a, 1) - eddy::bf16_at(&b, 1)) << 16;
}

/* d = a b + c with a [16][16] and b [16][8] in bf16, c and d [16][8] in f32. */
static inline void mma_bf16_16x8x16(float (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2], const float (&c)[4]) {
    eddy::Fragments<float> in = {{a[0], a[1], a[2], a[3]}, {b[0], b[1]}, {c[0], c[1], c[2], c[3]}};
    float out[4];
    eddy_collective(0xffffffffu, eddy::mma_bf16, &in, out);
    memcpy(d, out, sizeof out);
}

/* d = a b + c with a [16][32] and b [32][8] in s8, c and d [16][8] in s32. */
static inline void mma_s8_16x8x32(int (&d)[4], const uint32_t (&a)[4], const uint32_t (&b)[2], const int (&c)[4]) {
    eddy::Fragments<int> in = {{a[0], a[1], a[2], a[3]}, {b[0], b[1]}, {c[0], c[1], c[2], c[3]}};
    int out[4];
    eddy_collective(0xffffffffu, eddy::mma_s8, &in, out);
    memcpy(d, out, sizeof out);
}

namespace eddy {

static void load_matrices(unsigned, const void *const in[32], void *const out[32]) {
    for (int lane = 0; lane < 32; lane++)
        for (int i = 0; i < 4; i++) /* a row of the i-th matrix is at the address of lane 8 i + its number */
            memcpy(static_cast<uint32_t *>(out[lane]) + i,
                   *static_cast<const char *const *>(in[8 * i + lane / 4]) + lane % 4 * 4, 4);
}

}  // namespace eddy

static inline void load_matrices(uint32_t (&a)[4], const void *row) {
    eddy_collective(0xffffffffu, eddy::load_matrices, &row, a);
}
