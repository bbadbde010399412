// Written by FusedKernelsTest: launches of operators on rows of the models named here, each as a kernel of its own.
#include "fused_delta.cuh"
#include "fused_scan.cuh"

// rwkv5
struct rows_01d3cea9545c {
    typedef FusedParams<10, 5, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r7);
        float4 v7 = binary<ADD>(v1, v6);
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r8);
        float4 v9 = binary<ADD>(v1, v8);
        row.put(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r9);
        float4 v11 = binary<ADD>(v1, v10);
        row.put(p.results[4], c, width, v11);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_01d3cea9545c)

// falcon_h1, kimi_linear
struct rows_029712d35ff5 {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[0]), e.r3);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_029712d35ff5)

// gated_deltanet, gla, kimi_linear, olmo_hybrid, qwen3_next, retnet
struct rows_05292b2e21fd {
    typedef FusedParams<3, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far_tile(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        float4 v2 = binary<MULTIPLY>(v1, l.r2);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_05292b2e21fd)

// rwkv6
struct rows_062fd19e06b7 {
    typedef FusedParams<7, 4, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.put(p.results[1], c, width, v1);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        row.put(p.results[2], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[3], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_062fd19e06b7)

// hyenadna
struct rows_0638facbba6c {
    typedef FusedParams<8, 3, 1, 0, 5> Params;
    struct Early {
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, l.r4);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(l.r6, l.r0, fma_four(l.r5, l.r4, fma_four(l.r3, l.r2, l.r1)));
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v1 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)), row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)));
        row.put(p.results[1], c, width, v1);
        float4 v2 = binary<MULTIPLY>(v1, e.r7);
        row.put(p.results[2], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_0638facbba6c)

// granitemoehybrid
struct rows_064d9ee88cce {
    typedef FusedParams<3, 3, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = binary<ADD>(l.r1, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[1]), e.r2);
        row.put(p.results[1], c, width, v2);
        row.put_fragments(p.results[2], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_064d9ee88cce)

// rwkv
struct rows_068db1d7ef8e {
    typedef FusedParams<5, 3, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v0, e.r4);
        float4 v6 = binary<ADD>(l.r1, v5);
        row.put(p.results[2], c, width, v6);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_068db1d7ef8e)

// mamba2-2.7b
struct rows_071c3d2d3bed {
    typedef FusedParams<4, 1, 0, 1, 6> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        row.hold_all(p.numbers[0], c, width, v1);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v2 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r3);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_071c3d2d3bed)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_080b2d27dc36 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SOFTPLUS>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_080b2d27dc36)

// falcon_h1
struct rows_0a6c1895bf20 {
    typedef FusedParams<3, 1, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = binary<ADD>(l.r1, v0);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[1]), e.r2);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0a6c1895bf20)

// based
struct rows_0b527e25c4f6 {
    typedef FusedParams<2, 1, 0, 1, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, same_four(p.scalars[0]));
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v1 = binary<DIVIDE>(l.r1, same_four(row.held_one(p.numbers[0], min(c, width - 4) / p.numbers[2])));
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_0b527e25c4f6)

// hgrn2
struct rows_0c51591e8252 {
    typedef FusedParams<2, 3, 0, 3, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SILU>(l.r0);
        float4 v1 = unary<SIGMOID>(l.r1);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(v1, same_four(p.scalars[0]));
        float4 v3 = binary<ADD>(v2, same_four(p.scalars[1]));
        row.put(p.results[1], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v0, same_four(p.scalars[2]));
        row.put(p.results[2], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0c51591e8252)

// rwkv
struct rows_0d5aecf97042 {
    typedef FusedParams<9, 4, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r7);
        float4 v7 = binary<ADD>(v1, v6);
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r8);
        float4 v9 = binary<ADD>(v1, v8);
        row.put(p.results[3], c, width, v9);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0d5aecf97042)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_0dc81639ba44 {
    typedef FusedParams<12, 7, 1, 2, 11> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    struct All2 {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All2 all2(const Params& p, const FusedRow& row, int c) {
        All2 it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const All2& l) {
        int width = p.numbers[6];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), l.r1), l.r2);
        row.hold_all(p.numbers[5], c, width, v1);
        row.put(p.results[0], c, width, v1);
    }
    static EDDY_DEVICE void columns4(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[10];
        float4 v2 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[5], min(c, width - 4)), row.sum_of(p.numbers[9], 0)), e.r3), e.r4);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put(p.results[1], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v4, e.r7);
        float4 v8 = binary<ADD>(v2, v7);
        row.put(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v4, e.r8);
        float4 v10 = binary<ADD>(v2, v9);
        row.put(p.results[3], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v4, e.r9);
        float4 v12 = binary<ADD>(v2, v11);
        row.put(p.results[4], c, width, v12);
        float4 v13 = binary<MULTIPLY>(v4, e.r10);
        float4 v14 = binary<ADD>(v2, v13);
        row.put(p.results[5], c, width, v14);
        float4 v15 = binary<MULTIPLY>(v4, e.r11);
        float4 v16 = binary<ADD>(v2, v15);
        row.put(p.results[6], c, width, v16);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.over_all(p.numbers[6], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[5], p.numbers[9], p.numbers[7], p.numbers[8], p.scalars[1]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_0dc81639ba44)

// rwkv, rwkv5, rwkv6
struct rows_0e5046c90abc {
    typedef FusedParams<4, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put_fragments(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put_fragments(p.results[1], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0e5046c90abc)

// gsa
struct rows_0f14212e24e2 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        float4 v1 = small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]);
        float4 v2 = binary<MULTIPLY>(v1, e.r1);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0f14212e24e2)

// s4, s4d, s4d_block
struct rows_0fa774b2e5ef {
    typedef FusedParams<6, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SIGMOID>(l.r0);
        float4 v1 = binary<MULTIPLY>(l.r1, v0);
        float4 v2 = binary<ADD>(l.r2, v1);
        float4 v3 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v2, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.put(p.results[0], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        row.put(p.results[1], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0fa774b2e5ef)

// bamba, granitemoehybrid, mamba2, nemotron_h, zamba2
struct rows_13b64e359d07 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[0]), e.r3);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_13b64e359d07)

// s4, s4d, s4d_block
struct rows_164a8c16000f {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = unary<GELU>(v0);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_164a8c16000f)

// gsa
struct rows_16adf6123d3a {
    typedef FusedParams<1, 2, 0, 3, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<DIVIDE>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<EXP>(v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(v1, same_four(p.scalars[1]));
        float4 v3 = binary<ADD>(v2, same_four(p.scalars[2]));
        row.put(p.results[1], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_16adf6123d3a)

// rwkv5, rwkv6
struct rows_16fbadb90f4b {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        float4 v1 = binary<MULTIPLY>(v0, l.r3);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_16fbadb90f4b)

// granitemoehybrid
struct rows_178343a539a6 {
    typedef FusedParams<4, 2, 0, 2, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        float4 v2 = binary<ADD>(l.r2, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(small_norm<NORM_RMS>(v2, p.numbers[0], p.scalars[1]), e.r3);
        row.put(p.results[1], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_178343a539a6)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_1a87de7169cd {
    typedef FusedParams<10, 1, 1, 2, 10> Params;
    struct Early {
        float4 r6;
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[6];
        float4 v0 = unary<SIGMOID>(l.r0);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        float4 v2 = unary<EXP>(v1);
        row.hold_own(p.numbers[0], c, width, v2);
        float4 v3 = l.r1;
        row.hold_own(p.numbers[1], c, width, v3);
        float4 v4 = l.r2;
        row.hold_own(p.numbers[2], c, width, v4);
        float4 v5 = l.r3;
        row.hold_own(p.numbers[3], c, width, v5);
        float4 v6 = l.r4;
        row.hold_own(p.numbers[4], c, width, v6);
        float4 v7 = l.r5;
        row.hold_own(p.numbers[5], c, width, v7);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[9];
        float4 v8 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(row.held_own(p.numbers[7], c, width), p.numbers[8], p.scalars[1]), e.r6), e.r7);
        float4 v9 = binary<ADD>(v8, l.r8);
        float4 v10 = binary<MULTIPLY>(v9, l.r9);
        row.put(p.results[0], c, width, v10);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            FusedDelta<KeepF32> delta;
            delta.load(row, p.states[0]);
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[6], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            delta.run(row, p.states[0], p.numbers[1], p.numbers[2], p.numbers[3], p.numbers[0], p.numbers[4], p.numbers[5], p.numbers[7]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_HEADS(rows_1a87de7169cd)

// olmo_hybrid
struct rows_1b8ad9f39054 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1b8ad9f39054)

// hgrn2
struct rows_1ca1ef9b1a7e {
    typedef FusedParams<4, 3, 0, 3, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, e.r1);
        float4 v1 = binary<ADD>(v0, e.r2);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(v1, same_four(p.scalars[0]));
        float4 v3 = binary<ADD>(v2, same_four(p.scalars[1]));
        row.put(p.results[1], c, width, v3);
        float4 v4 = binary<MULTIPLY>(l.r3, same_four(p.scalars[2]));
        row.put(p.results[2], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1ca1ef9b1a7e)

// kimi_linear
struct rows_1e9aafa77fc6 {
    typedef FusedParams<4, 4, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.put_fragments(p.results[0], c, width, l.r0);
        row.put_fragments(p.results[1], c, width, l.r1);
        row.put_fragments(p.results[2], c, width, l.r2);
        row.put_fragments(p.results[3], c, width, l.r3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1e9aafa77fc6)

// kimi_linear, nemotron_h
struct rows_1f7938c79191 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[0]), e.r3);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1f7938c79191)

// rwkv6
struct rows_1fa20884941b {
    typedef FusedParams<7, 4, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.put(p.results[1], c, width, v2);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        row.put(p.results[2], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put(p.results[3], c, width, v6);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1fa20884941b)

// minimax
struct rows_2044c73bd684 {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SILU>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v1 = unary<SIGMOID>(l.r1);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2044c73bd684)

// minimax
struct rows_21539e9a69c8 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put(p.results[0], c, width, v1);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_21539e9a69c8)

// mamba-2.8b
struct rows_274e27bcc948 {
    typedef FusedParams<7, 1, 1, 0, 3> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(row.held_own(p.numbers[1], c, width), l.r5);
        float4 v1 = binary<MULTIPLY>(v0, l.r6);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            FusedScan<KeepF32> scan;
            if (ONE) scan.load(row, p.states[0], p.reads[0].at, row.from, p.numbers[0]);
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            scan.template run<ONE>(row, p.states[0], p.reads[0].at, p.numbers[1], p.numbers[0], row.address(p.reads[1]), row.address(p.reads[2]), row.address(p.reads[3]), row.address(p.reads[4]));
            __syncthreads();
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
    static EDDY_DEVICE void run_rows(const Params& p, FusedRow& row) {
        constexpr bool ONE = true;
        Early e = early(p, row, row.own());
        FusedScanRows<KeepF32> scan(p, row, p.states[0], p.reads[0].at, p.numbers[0]);
        grid_wait();
        do {
            row.begin_for_real(p);
            Late l = late(p, row, row.own());
            scan.template run<ONE>(row, p.states[0], p.reads[0].at, p.numbers[1], p.numbers[0], row.address(p.reads[1]), row.address(p.reads[2]), row.address(p.reads[3]), row.address(p.reads[4]));
            __syncthreads();
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
        } while (scan.next(p, row));
    }
};
FUSED_SCANS(rows_274e27bcc948)

// hyenadna, mamba3
struct rows_27d98ab1a122 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_27d98ab1a122)

// rwkv6
struct rows_28ebacff7e36 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        float4 v1 = binary<MULTIPLY>(v0, l.r3);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_28ebacff7e36)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, minimax, mistral, nemotron_h, olmo_hybrid, qwen3_next, retnet, xlstm, zamba2
struct rows_2911f0df5320 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2911f0df5320)

// stripedhyena-7b, bamba, based, delta_net, evo1, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mistral, olmo_hybrid, retnet, stripedhyena, xlstm
struct rows_29ac5eb77356 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SILU>(l.r0);
        float4 v1 = binary<MULTIPLY>(v0, l.r1);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_29ac5eb77356)

// qwen3_next
struct rows_29ef92559e64 {
    typedef FusedParams<13, 6, 1, 4, 12> Params;
    struct Early {
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r9;
        float4 r12;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r9 = row.far(p.reads[9], c);
        it.r12 = row.far(p.reads[12], c);
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, l.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r5);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(l.r7, l.r0, fma_four(l.r6, l.r5, fma_four(l.r4, l.r3, fma_four(l.r2, l.r1, same_four(0.0f)))));
        float4 v1 = unary<SILU>(v0);
        row.hold_all(p.numbers[0], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v2 = small_norm<NORM_L2>(row.held(p.numbers[0], min(c, width - 4)), p.numbers[2], p.scalars[0]);
        float4 v3 = binary<MULTIPLY>(v2, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v3);
        float4 v4 = small_norm<NORM_L2>(row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)), p.numbers[4], p.scalars[2]);
        row.put(p.results[1], c, width, v4);
    }
    struct All2 {
        float4 r8;
    };
    static EDDY_DEVICE All2 all2(const Params& p, const FusedRow& row, int c) {
        All2 it;
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const All2& l) {
        int width = p.numbers[7];
        float4 v5 = unary<SIGMOID>(l.r8);
        row.hold_all(p.numbers[6], c, width, v5);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[8];
        float4 v6 = binary<ADD>(l.r9, e.r10);
        float4 v7 = unary<SOFTPLUS>(v6);
        float4 v8 = binary<MULTIPLY>(v7, e.r11);
        float4 v9 = unary<EXP>(v8);
        row.put(p.results[2], c, width, v9);
        float4 v10 = binary<MULTIPLY>(row.held(p.numbers[6], min(c, width - 4)), same_four(p.scalars[3]));
        row.put(p.results[3], c, width, v10);
    }
    static EDDY_DEVICE void columns4(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[11];
        float4 v11 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[9], min(c, width - 4)), same_four(row.held_one(p.numbers[6], min(c, width - 4) / p.numbers[10])));
        row.put(p.results[4], c, width, v11);
        float4 v12 = unary<SILU>(l.r12);
        row.put(p.results[5], c, width, v12);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[7], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[11], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_29ef92559e64)

// rwkv, rwkv5, rwkv6, rwkv7, rwkv7_fla
struct rows_2ad6db1d83cb {
    typedef FusedParams<5, 2, 0, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2ad6db1d83cb)

// falcon_h1
struct rows_2aff337256d5 {
    typedef FusedParams<4, 4, 0, 0, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far_block(p.reads[2], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far_block(p.reads[1], c, p.numbers[2]);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        row.hold_own(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v1 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), l.r1);
        row.put(p.results[1], c, width, v1);
        float4 v2 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r2);
        row.put(p.results[2], c, width, v2);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        row.put_fragments(p.results[3], c, width, l.r3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2aff337256d5)

// qwen3_next
struct rows_2c8e73f95602 {
    typedef FusedParams<5, 3, 0, 2, 6> Params;
    struct Early {
        float4 r1;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far_tile(p.reads[1], c, p.numbers[1]);
        it.r4 = row.far_tile(p.reads[4], c, p.numbers[4]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put(p.results[0], c, width, v1);
        float4 v2 = unary<SIGMOID>(l.r2);
        row.put(p.results[1], c, width, v2);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v3 = small_norm<NORM_RMS>(l.r3, p.numbers[3], p.scalars[1]);
        float4 v4 = binary<MULTIPLY>(v3, e.r4);
        row.put(p.results[2], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2c8e73f95602)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_2eece165a58f {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2eece165a58f)

// qwen3_next
struct rows_3015fcb11bd8 {
    typedef FusedParams<5, 2, 0, 1, 3> Params;
    struct Early {
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far_block(p.reads[1], c, p.numbers[0]);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = binary<ADD>(l.r3, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(small_norm<NORM_RMS>(v2, p.numbers[1], p.scalars[0]), e.r4);
        row.put_fragments(p.results[1], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3015fcb11bd8)

// mamba-2.8b, stripedhyena-7b, evo1, evo2, falcon_h1, falcon_mamba, hyenadna, jamba, mamba, mamba3, stripedhyena
struct rows_30583fda1edb {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_30583fda1edb)

// rwkv6
struct rows_3348a5225365 {
    typedef FusedParams<7, 5, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(l.r0, l.r3);
        float4 v3 = binary<ADD>(l.r2, v2);
        row.put(p.results[1], c, width, v3);
        float4 v4 = binary<MULTIPLY>(l.r0, l.r4);
        float4 v5 = binary<ADD>(l.r2, v4);
        row.put(p.results[2], c, width, v5);
        float4 v6 = binary<MULTIPLY>(l.r0, l.r5);
        float4 v7 = binary<ADD>(l.r2, v6);
        row.put(p.results[3], c, width, v7);
        float4 v8 = binary<MULTIPLY>(l.r0, l.r6);
        float4 v9 = binary<ADD>(l.r2, v8);
        row.put(p.results[4], c, width, v9);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3348a5225365)

// stripedhyena-7b
struct rows_352abbac2ae4 {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r1);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_352abbac2ae4)

// bamba, granitemoehybrid, mamba2, nemotron_h, zamba2
struct rows_3597b77ab30d {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[0]), e.r3);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3597b77ab30d)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_36852e7b6ded {
    typedef FusedParams<8, 6, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v0, e.r4);
        float4 v6 = binary<ADD>(l.r1, v5);
        row.put(p.results[2], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v0, e.r5);
        float4 v8 = binary<ADD>(l.r1, v7);
        row.put(p.results[3], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v0, e.r6);
        float4 v10 = binary<ADD>(l.r1, v9);
        row.put(p.results[4], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v0, e.r7);
        float4 v12 = binary<ADD>(l.r1, v11);
        row.put(p.results[5], c, width, v12);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_36852e7b6ded)

// s4, s4d, s4d_block
struct rows_371121775801 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = unary<GELU>(v0);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_371121775801)

// rwkv
struct rows_37fb6df2a6dc {
    typedef FusedParams<9, 4, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put_fragments(p.results[1], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v4, e.r7);
        float4 v8 = binary<ADD>(v2, v7);
        row.put_fragments(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v4, e.r8);
        float4 v10 = binary<ADD>(v2, v9);
        row.put_fragments(p.results[3], c, width, v10);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_37fb6df2a6dc)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_37fe9c66ae51 {
    typedef FusedParams<13, 1, 1, 5, 13> Params;
    struct Early {
        float4 r5;
        float4 r7;
        float4 r9;
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.far(p.reads[7], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r6;
        float4 r8;
        float4 r12;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r6 = row.far(p.reads[6], c);
        it.r8 = row.far(p.reads[8], c);
        it.r12 = row.far(p.reads[12], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[9];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<EXP>(v0);
        row.hold_own(p.numbers[0], c, width, v1);
        float4 v2 = binary<SUBTRACT>(l.r1, l.r2);
        float4 v3 = binary<MULTIPLY>(v2, l.r3);
        float4 v4 = binary<ADD>(l.r2, v3);
        row.hold_own(p.numbers[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(l.r4, e.r5);
        float4 v6 = small_norm<NORM_L2>(v5, p.numbers[2], p.scalars[1]);
        float4 v7 = binary<MULTIPLY>(l.r4, l.r6);
        float4 v8 = binary<SUBTRACT>(v7, l.r4);
        float4 v9 = binary<MULTIPLY>(v8, e.r7);
        float4 v10 = binary<ADD>(l.r4, v9);
        row.hold_own(p.numbers[3], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v6, same_four(p.scalars[2]));
        row.hold_own(p.numbers[4], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v6, l.r6);
        row.hold_own(p.numbers[5], c, width, v12);
        float4 v13 = l.r8;
        row.hold_own(p.numbers[6], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v13, v10);
        float4 v15 = binary<MULTIPLY>(v14, e.r9);
        float4 v16 = small_norm<NORM_SUM>(v15, p.numbers[7], p.scalars[3]);
        float4 v17 = binary<MULTIPLY>(v4, v16);
        row.hold_own(p.numbers[8], c, width, v17);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[12];
        float4 v18 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(row.held_own(p.numbers[10], c, width), p.numbers[11], p.scalars[4]), e.r10), e.r11);
        float4 v19 = binary<ADD>(v18, row.held_own(p.numbers[8], c, width));
        float4 v20 = binary<MULTIPLY>(v19, l.r12);
        row.put_fragments(p.results[0], c, width, v20);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            FusedDelta<KeepF32> delta;
            delta.load(row, p.states[0]);
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            delta.run(row, p.states[0], p.numbers[6], p.numbers[3], p.numbers[1], p.numbers[0], p.numbers[4], p.numbers[5], p.numbers[10]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[12], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_HEADS(rows_37fe9c66ae51)

// stripedhyena-7b, bamba, based, delta_net, evo1, evo2, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mistral, olmo_hybrid, qwen3_next, recurrent_gemma, retnet, rwkv, stripedhyena, xlstm
struct rows_385d74d4b8a0 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        row.put_fragments(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_385d74d4b8a0)

// qwen3_next
struct rows_38e37aa8e8f1 {
    typedef FusedParams<5, 1, 0, 1, 3> Params;
    struct Early {
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far_block(p.reads[1], c, p.numbers[0]);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = binary<ADD>(l.r3, v1);
        float4 v3 = binary<MULTIPLY>(small_norm<NORM_RMS>(v2, p.numbers[1], p.scalars[0]), e.r4);
        row.put(p.results[0], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_38e37aa8e8f1)

// olmo_hybrid
struct rows_3a3d395f84b3 {
    typedef FusedParams<4, 2, 0, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r2, p.numbers[1], p.scalars[1]), e.r3);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3a3d395f84b3)

// granitemoehybrid
struct rows_3b49783058eb {
    typedef FusedParams<4, 1, 0, 2, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        float4 v2 = binary<ADD>(l.r2, v1);
        float4 v3 = binary<MULTIPLY>(small_norm<NORM_RMS>(v2, p.numbers[0], p.scalars[1]), e.r3);
        row.put(p.results[0], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3b49783058eb)

// mamba-2.8b, mamba2-2.7b, rwkv7-2.9b, rwkv7-7.2b, stripedhyena-7b, bamba, based, delta_net, evo1, evo2, falcon_h1, falcon_mamba, gated_deltanet, gla, granitemoehybrid, gru, gsa, hgrn2, hyenadna, jamba, kimi_linear, lfm2, linear_attn, llama, lstm, mamba, mamba2, mamba3, minimax, mistral, nemotron_h, olmo_hybrid, qwen3_next, recurrent_gemma, retnet, rwkv, rwkv5, rwkv6, rwkv7, rwkv7_fla, s4, s4d, s4d_block, stripedhyena, xlstm, zamba2
struct rows_3b604a419f50 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.put_fragments(p.results[0], c, width, l.r0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3b604a419f50)

// rwkv
struct rows_3d785f1781d7 {
    typedef FusedParams<9, 4, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r7);
        float4 v7 = binary<ADD>(v1, v6);
        row.put_fragments(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r8);
        float4 v9 = binary<ADD>(v1, v8);
        row.put_fragments(p.results[3], c, width, v9);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3d785f1781d7)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, lfm2, linear_attn, llama, mamba, mamba2, minimax, mistral, recurrent_gemma, retnet, xlstm, zamba2
struct rows_3ded46226727 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3ded46226727)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_3f6e1cb3e24f {
    typedef FusedParams<11, 1, 1, 5, 13> Params;
    struct Early {
        float4 r2;
        float4 r4;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r4 = row.far(p.reads[4], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
        float4 r5;
        float4 r6;
        float4 r10;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r3 = row.far(p.reads[3], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[9];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<EXP>(v0);
        row.hold_own(p.numbers[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(l.r1, e.r2);
        float4 v3 = small_norm<NORM_L2>(v2, p.numbers[1], p.scalars[1]);
        float4 v4 = binary<MULTIPLY>(l.r1, l.r3);
        float4 v5 = binary<SUBTRACT>(v4, l.r1);
        float4 v6 = binary<MULTIPLY>(v5, e.r4);
        float4 v7 = binary<ADD>(l.r1, v6);
        row.hold_own(p.numbers[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, same_four(p.scalars[2]));
        row.hold_own(p.numbers[3], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v3, l.r3);
        row.hold_own(p.numbers[4], c, width, v9);
        float4 v10 = l.r5;
        row.hold_own(p.numbers[5], c, width, v10);
        float4 v11 = l.r6;
        row.hold_own(p.numbers[6], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v10, v7);
        float4 v13 = binary<MULTIPLY>(v12, e.r7);
        float4 v14 = small_norm<NORM_SUM>(v13, p.numbers[7], p.scalars[3]);
        float4 v15 = binary<MULTIPLY>(v11, v14);
        row.hold_own(p.numbers[8], c, width, v15);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[12];
        float4 v16 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(row.held_own(p.numbers[10], c, width), p.numbers[11], p.scalars[4]), e.r8), e.r9);
        float4 v17 = binary<ADD>(v16, row.held_own(p.numbers[8], c, width));
        float4 v18 = binary<MULTIPLY>(v17, l.r10);
        row.put_fragments(p.results[0], c, width, v18);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            FusedDelta<KeepF32> delta;
            delta.load(row, p.states[0]);
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            delta.run(row, p.states[0], p.numbers[5], p.numbers[2], p.numbers[6], p.numbers[0], p.numbers[3], p.numbers[4], p.numbers[10]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[12], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_HEADS(rows_3f6e1cb3e24f)

// falcon_h1
struct rows_3ffbe847de16 {
    typedef FusedParams<5, 5, 0, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r4;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v1 = binary<ADD>(row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)), e.r2);
        float4 v2 = unary<SOFTPLUS>(v1);
        row.put(p.results[1], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v2, e.r3);
        float4 v4 = unary<EXP>(v3);
        row.put(p.results[2], c, width, v4);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v5 = unary<SILU>(row.held(p.numbers[0], min(c, width - 4)));
        row.put(p.results[3], c, width, v5);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v6 = binary<MULTIPLY>(l.r4, same_four(p.scalars[0]));
        row.put(p.results[4], c, width, v6);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_3ffbe847de16)

// retnet
struct rows_406bcaa2487a {
    typedef FusedParams<2, 2, 0, 1, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v1 = unary<SILU>(l.r1);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_406bcaa2487a)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_412aa479c46d {
    typedef FusedParams<11, 7, 1, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r6);
        float4 v7 = binary<ADD>(v1, v6);
        row.put_fragments(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r7);
        float4 v9 = binary<ADD>(v1, v8);
        row.put_fragments(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r8);
        float4 v11 = binary<ADD>(v1, v10);
        row.put_fragments(p.results[4], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v3, e.r9);
        float4 v13 = binary<ADD>(v1, v12);
        row.put_fragments(p.results[5], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v3, e.r10);
        float4 v15 = binary<ADD>(v1, v14);
        row.put_fragments(p.results[6], c, width, v15);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_412aa479c46d)

// hgrn2
struct rows_4382785b7b6a {
    typedef FusedParams<4, 3, 0, 3, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SILU>(l.r0);
        float4 v1 = unary<SIGMOID>(l.r1);
        float4 v2 = binary<MULTIPLY>(v1, e.r2);
        float4 v3 = binary<ADD>(v2, e.r3);
        row.put(p.results[0], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v3, same_four(p.scalars[0]));
        float4 v5 = binary<ADD>(v4, same_four(p.scalars[1]));
        row.put(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v0, same_four(p.scalars[2]));
        row.put(p.results[2], c, width, v6);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4382785b7b6a)

// recurrent_gemma, xlstm
struct rows_44969489574d {
    typedef FusedParams<1, 1, 0, 2, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<DIVIDE>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<TANH>(v0);
        float4 v2 = binary<MULTIPLY>(v1, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_44969489574d)

// delta_net, linear_attn
struct rows_44a698b4b936 {
    typedef FusedParams<2, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far_tile(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_44a698b4b936)

// rwkv5
struct rows_454d7cf3c2cc {
    typedef FusedParams<10, 5, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r7);
        float4 v7 = binary<ADD>(v1, v6);
        row.put_fragments(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r8);
        float4 v9 = binary<ADD>(v1, v8);
        row.put_fragments(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r9);
        float4 v11 = binary<ADD>(v1, v10);
        row.put_fragments(p.results[4], c, width, v11);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_454d7cf3c2cc)

// rwkv, rwkv5, rwkv6
struct rows_47560d16b220 {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<RELU_SQUARED>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v1 = unary<SIGMOID>(l.r1);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_47560d16b220)

// rwkv, rwkv5, rwkv6
struct rows_495767f9382c {
    typedef FusedParams<7, 3, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r6);
        float4 v7 = binary<ADD>(v1, v6);
        row.put(p.results[2], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_495767f9382c)

// gsa
struct rows_4dc969ee24ef {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        float4 v1 = small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]);
        float4 v2 = binary<MULTIPLY>(v1, e.r1);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4dc969ee24ef)

// rwkv6
struct rows_4f18126bf7b1 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4f18126bf7b1)

// mamba-2.8b
struct rows_50c7413e3108 {
    typedef FusedParams<7, 1, 1, 0, 6> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SOFTPLUS>(l.r0);
        row.hold_own(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<ADD>(row.held_own(p.numbers[3], c, width), l.r5);
        float4 v2 = binary<MULTIPLY>(v1, l.r6);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            FusedScan<KeepF32> scan;
            if (ONE) scan.load(row, p.states[0], p.reads[1].at, row.from, p.numbers[2]);
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            scan.template run<ONE>(row, p.states[0], p.reads[1].at, p.numbers[3], p.numbers[2], row.address(p.reads[2]), row.shared + p.numbers[0] + p.numbers[4] - row.from, row.address(p.reads[3]), row.address(p.reads[4]));
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
    static EDDY_DEVICE void run_rows(const Params& p, FusedRow& row) {
        constexpr bool ONE = true;
        Early e = early(p, row, row.own());
        FusedScanRows<KeepF32> scan(p, row, p.states[0], p.reads[1].at, p.numbers[2]);
        grid_wait();
        do {
            row.begin_for_real(p);
            Late l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            scan.template run<ONE>(row, p.states[0], p.reads[1].at, p.numbers[3], p.numbers[2], row.address(p.reads[2]), row.shared + p.numbers[0] + p.numbers[4] - row.from, row.address(p.reads[3]), row.address(p.reads[4]));
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
        } while (scan.next(p, row));
    }
};
FUSED_SCANS(rows_50c7413e3108)

// rwkv, rwkv5, rwkv6
struct rows_5203c31c3c55 {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_5203c31c3c55)

// rwkv6
struct rows_5237d510aefb {
    typedef FusedParams<1, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<EXP>(l.r0);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        float4 v2 = unary<EXP>(v1);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_5237d510aefb)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, mistral, nemotron_h, olmo_hybrid, recurrent_gemma, retnet, xlstm, zamba2
struct rows_54a5015a2845 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_54a5015a2845)

// evo1, evo2, stripedhyena
struct rows_555e67f8af97 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS_PLUS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_555e67f8af97)

// kimi_linear
struct rows_583c04afdc68 {
    typedef FusedParams<29, 7, 3, 4, 9> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
        float4 r14;
        float4 r15;
        float4 r16;
        float4 r18;
        float4 r19;
        float4 r20;
        float4 r21;
        float4 r22;
        float4 r23;
        float4 r24;
        float4 r26;
        float4 r27;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r10 = row.state(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        it.r12 = row.state(p.reads[12], c);
        it.r13 = row.far(p.reads[13], c);
        it.r14 = row.state(p.reads[14], c);
        it.r15 = row.far(p.reads[15], c);
        it.r16 = row.far(p.reads[16], c);
        it.r18 = row.state(p.reads[18], c);
        it.r19 = row.far(p.reads[19], c);
        it.r20 = row.state(p.reads[20], c);
        it.r21 = row.far(p.reads[21], c);
        it.r22 = row.state(p.reads[22], c);
        it.r23 = row.far(p.reads[23], c);
        it.r24 = row.far(p.reads[24], c);
        it.r26 = row.far(p.reads[26], c);
        it.r27 = row.far_block(p.reads[27], c, p.numbers[5]);
        return it;
    }
    struct Late {
        float4 r1;
        float4 r9;
        float4 r17;
        float4 r25;
        float4 r28;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r1 = row.far(p.reads[1], c);
        it.r9 = row.far(p.reads[9], c);
        it.r17 = row.far(p.reads[17], c);
        it.r25 = row.far(p.reads[25], c);
        it.r28 = row.far(p.reads[28], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[2];
        float4 v0 = unary<SIGMOID>(l.r0);
        row.hold_all(p.numbers[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        row.hold_all(p.numbers[1], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[8];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, e.r6);
        row.keep(p.states[0] + 8LL * width, c, width, l.r1);
        float4 v2 = fma_four(e.r8, l.r1, fma_four(e.r7, e.r6, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, same_four(0.0f)))));
        float4 v3 = unary<SILU>(v2);
        float4 v4 = small_norm<NORM_L2>(v3, p.numbers[3], p.scalars[1]);
        float4 v5 = binary<MULTIPLY>(v4, same_four(p.scalars[2]));
        row.put(p.results[0], c, width, v5);
        row.keep(p.states[1] + 0LL * width, c, width, e.r12);
        row.keep(p.states[1] + 4LL * width, c, width, e.r14);
        row.keep(p.states[1] + 8LL * width, c, width, l.r9);
        float4 v6 = fma_four(e.r16, l.r9, fma_four(e.r15, e.r14, fma_four(e.r13, e.r12, fma_four(e.r11, e.r10, same_four(0.0f)))));
        float4 v7 = unary<SILU>(v6);
        float4 v8 = small_norm<NORM_L2>(v7, p.numbers[4], p.scalars[3]);
        row.put(p.results[1], c, width, v8);
        row.keep(p.states[2] + 0LL * width, c, width, e.r20);
        row.keep(p.states[2] + 4LL * width, c, width, e.r22);
        row.keep(p.states[2] + 8LL * width, c, width, l.r17);
        float4 v9 = fma_four(e.r24, l.r17, fma_four(e.r23, e.r22, fma_four(e.r21, e.r20, fma_four(e.r19, e.r18, same_four(0.0f)))));
        float4 v10 = unary<SILU>(v9);
        float4 v11 = binary<ADD>(l.r25, e.r26);
        float4 v12 = unary<SOFTPLUS>(v11);
        float4 v13 = binary<MULTIPLY>(v12, e.r27);
        float4 v14 = unary<EXP>(v13);
        row.put(p.results[2], c, width, v14);
        float4 v15 = binary<MULTIPLY>(v8, v14);
        row.put(p.results[3], c, width, v15);
        float4 v16 = binary<MULTIPLY>(v8, same_four(row.held_one(p.numbers[1], min(c, width - 4) / p.numbers[6])));
        row.put(p.results[4], c, width, v16);
        float4 v17 = binary<MULTIPLY>(v10, same_four(row.held_one(p.numbers[0], min(c, width - 4) / p.numbers[7])));
        row.put(p.results[5], c, width, v17);
        float4 v18 = unary<SIGMOID>(l.r28);
        row.put(p.results[6], c, width, v18);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[2], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_583c04afdc68)

// evo2
struct rows_5c5f04381e8a {
    typedef FusedParams<31, 1, 4, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r13;
        float4 r14;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
        float4 r19;
        float4 r20;
        float4 r21;
        float4 r22;
        float4 r23;
        float4 r24;
        float4 r25;
        float4 r26;
        float4 r27;
        float4 r28;
        float4 r29;
        float4 r30;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.state(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        it.r13 = row.state(p.reads[13], c);
        it.r14 = row.far(p.reads[14], c);
        it.r15 = row.state(p.reads[15], c);
        it.r16 = row.far(p.reads[16], c);
        it.r17 = row.far(p.reads[17], c);
        it.r18 = row.state(p.reads[18], c);
        it.r19 = row.far(p.reads[19], c);
        it.r20 = row.state(p.reads[20], c);
        it.r21 = row.far(p.reads[21], c);
        it.r22 = row.state(p.reads[22], c);
        it.r23 = row.far(p.reads[23], c);
        it.r24 = row.state(p.reads[24], c);
        it.r25 = row.far(p.reads[25], c);
        it.r26 = row.state(p.reads[26], c);
        it.r27 = row.far(p.reads[27], c);
        it.r28 = row.state(p.reads[28], c);
        it.r29 = row.far(p.reads[29], c);
        it.r30 = row.far(p.reads[30], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r6;
        float4 r12;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r6 = row.far(p.reads[6], c);
        it.r12 = row.far(p.reads[12], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r5, l.r0, fma_four(e.r4, e.r3, fma_four(e.r2, e.r1, same_four(0.0f))));
        row.keep(p.states[1] + 0LL * width, c, width, e.r9);
        row.keep(p.states[1] + 4LL * width, c, width, l.r6);
        float4 v1 = fma_four(e.r11, l.r6, fma_four(e.r10, e.r9, fma_four(e.r8, e.r7, same_four(0.0f))));
        row.keep(p.states[2] + 0LL * width, c, width, e.r15);
        row.keep(p.states[2] + 4LL * width, c, width, l.r12);
        float4 v2 = fma_four(e.r17, l.r12, fma_four(e.r16, e.r15, fma_four(e.r14, e.r13, same_four(0.0f))));
        float4 v3 = binary<MULTIPLY>(v1, v2);
        row.keep(p.states[3] + 0LL * width, c, width, e.r20);
        row.keep(p.states[3] + 4LL * width, c, width, e.r22);
        row.keep(p.states[3] + 8LL * width, c, width, e.r24);
        row.keep(p.states[3] + 12LL * width, c, width, e.r26);
        row.keep(p.states[3] + 16LL * width, c, width, e.r28);
        row.keep(p.states[3] + 20LL * width, c, width, v3);
        float4 v4 = fma_four(e.r30, v3, fma_four(e.r29, e.r28, fma_four(e.r27, e.r26, fma_four(e.r25, e.r24, fma_four(e.r23, e.r22, fma_four(e.r21, e.r20, fma_four(e.r19, e.r18, same_four(0.0f))))))));
        float4 v5 = binary<MULTIPLY>(v4, v0);
        row.put_fragments(p.results[0], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_5c5f04381e8a)

// lfm2, qwen3_next
struct rows_61482662c9b7 {
    typedef FusedParams<4, 2, 0, 2, 6> Params;
    struct Early {
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far_tile(p.reads[1], c, p.numbers[1]);
        it.r3 = row.far_tile(p.reads[3], c, p.numbers[4]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put(p.results[0], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v2 = small_norm<NORM_RMS>(l.r2, p.numbers[3], p.scalars[1]);
        float4 v3 = binary<MULTIPLY>(v2, e.r3);
        row.put(p.results[1], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_61482662c9b7)

// nemotron_h
struct rows_618b0001bd53 {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SIGMOID>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v1 = unary<RELU_SQUARED>(l.r1);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_618b0001bd53)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_630aedb37715 {
    typedef FusedParams<1, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SIGMOID>(l.r0);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        float4 v2 = unary<EXP>(v1);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_630aedb37715)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_6475869b4837 {
    typedef FusedParams<10, 6, 0, 4, 3> Params;
    struct Early {
        float4 r5;
        float4 r7;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.far(p.reads[7], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r6;
        float4 r8;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r6 = row.far(p.reads[6], c);
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<EXP>(v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<SUBTRACT>(l.r1, l.r2);
        float4 v3 = binary<MULTIPLY>(v2, l.r3);
        float4 v4 = binary<ADD>(l.r2, v3);
        row.put(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(l.r4, e.r5);
        float4 v6 = small_norm<NORM_L2>(v5, p.numbers[0], p.scalars[1]);
        float4 v7 = binary<MULTIPLY>(l.r4, l.r6);
        float4 v8 = binary<SUBTRACT>(v7, l.r4);
        float4 v9 = binary<MULTIPLY>(v8, e.r7);
        float4 v10 = binary<ADD>(l.r4, v9);
        row.put(p.results[2], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v6, same_four(p.scalars[2]));
        row.put(p.results[3], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v6, l.r6);
        row.put(p.results[4], c, width, v12);
        float4 v13 = binary<MULTIPLY>(l.r8, v10);
        float4 v14 = binary<MULTIPLY>(v13, e.r9);
        float4 v15 = small_norm<NORM_SUM>(v14, p.numbers[1], p.scalars[3]);
        float4 v16 = binary<MULTIPLY>(v4, v15);
        row.put(p.results[5], c, width, v16);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6475869b4837)

// rwkv5
struct rows_66999e739930 {
    typedef FusedParams<10, 5, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put_fragments(p.results[1], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v4, e.r7);
        float4 v8 = binary<ADD>(v2, v7);
        row.put_fragments(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v4, e.r8);
        float4 v10 = binary<ADD>(v2, v9);
        row.put_fragments(p.results[3], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v4, e.r9);
        float4 v12 = binary<ADD>(v2, v11);
        row.put_fragments(p.results[4], c, width, v12);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_66999e739930)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_66cbf8b70cfa {
    typedef FusedParams<11, 7, 0, 3, 5> Params;
    struct Early {
        float4 r6;
        float4 r7;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r8;
        float4 r10;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r8 = row.far(p.reads[8], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v1 = unary<SIGMOID>(l.r1);
        float4 v2 = binary<SUBTRACT>(l.r2, l.r3);
        float4 v3 = binary<MULTIPLY>(v2, v1);
        float4 v4 = binary<ADD>(l.r3, v3);
        row.put(p.results[1], c, width, v4);
        float4 v5 = unary<SIGMOID>(l.r4);
        float4 v6 = binary<MULTIPLY>(l.r5, e.r6);
        float4 v7 = small_norm<NORM_L2>(v6, p.numbers[1], p.scalars[0]);
        float4 v8 = binary<MULTIPLY>(l.r5, v5);
        float4 v9 = binary<SUBTRACT>(v8, l.r5);
        float4 v10 = binary<MULTIPLY>(v9, e.r7);
        float4 v11 = binary<ADD>(l.r5, v10);
        row.put(p.results[2], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v7, same_four(p.scalars[1]));
        row.put(p.results[3], c, width, v12);
        float4 v13 = binary<MULTIPLY>(v7, v5);
        row.put(p.results[4], c, width, v13);
        float4 v14 = binary<MULTIPLY>(l.r8, v11);
        float4 v15 = binary<MULTIPLY>(v14, e.r9);
        float4 v16 = small_norm<NORM_SUM>(v15, p.numbers[2], p.scalars[2]);
        float4 v17 = binary<MULTIPLY>(v4, v16);
        row.put(p.results[5], c, width, v17);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v18 = unary<SIGMOID>(l.r10);
        row.put(p.results[6], c, width, v18);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_66cbf8b70cfa)

// rwkv5
struct rows_676b6bc8a3e7 {
    typedef FusedParams<6, 4, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v0, e.r4);
        float4 v6 = binary<ADD>(l.r1, v5);
        row.put(p.results[2], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v0, e.r5);
        float4 v8 = binary<ADD>(l.r1, v7);
        row.put(p.results[3], c, width, v8);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_676b6bc8a3e7)

// falcon_h1, granitemoehybrid, retnet
struct rows_67af586050e9 {
    typedef FusedParams<1, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_67af586050e9)

// olmo_hybrid
struct rows_67f60847c6a4 {
    typedef FusedParams<11, 5, 1, 3, 11> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r8;
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r8 = row.far_block(p.reads[8], c, p.numbers[5]);
        it.r9 = row.far_block(p.reads[9], c, p.numbers[6]);
        it.r10 = row.far_block(p.reads[10], c, p.numbers[9]);
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, l.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r5);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(l.r7, l.r0, fma_four(l.r6, l.r5, fma_four(l.r4, l.r3, fma_four(l.r2, l.r1, same_four(0.0f)))));
        float4 v1 = unary<SILU>(v0);
        row.hold_all(p.numbers[0], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v2 = small_norm<NORM_L2>(row.held(p.numbers[0], min(c, width - 4)), p.numbers[2], p.scalars[0]);
        float4 v3 = binary<MULTIPLY>(v2, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v3);
        float4 v4 = small_norm<NORM_L2>(row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)), p.numbers[4], p.scalars[2]);
        row.put(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v4, l.r8);
        row.put(p.results[2], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v4, l.r9);
        row.put(p.results[3], c, width, v6);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[10];
        float4 v7 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[8], min(c, width - 4)), l.r10);
        row.put(p.results[4], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_67f60847c6a4)

// stripedhyena-7b
struct rows_69638ca54b9e {
    typedef FusedParams<3, 1, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_69638ca54b9e)

// mamba2-2.7b
struct rows_6b913f747072 {
    typedef FusedParams<4, 1, 0, 1, 6> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        row.hold_all(p.numbers[0], c, width, v1);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v2 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r3);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_6b913f747072)

// minimax
struct rows_6c52febe84c6 {
    typedef FusedParams<2, 2, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        row.put(p.results[0], c, width, v0);
        row.put_fragments(p.results[1], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6c52febe84c6)

// rwkv
struct rows_6f4f3beb2cb7 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SIGMOID>(l.r0);
        float4 v1 = binary<MULTIPLY>(l.r1, v0);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6f4f3beb2cb7)

// gla
struct rows_6f9a96b48be9 {
    typedef FusedParams<3, 3, 0, 2, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        row.put(p.results[0], c, width, v0);
        float4 v1 = unary<LOG_SIGMOID>(l.r1);
        float4 v2 = binary<DIVIDE>(v1, same_four(p.scalars[1]));
        float4 v3 = unary<EXP>(v2);
        row.put(p.results[1], c, width, v3);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v4 = unary<SILU>(l.r2);
        row.put(p.results[2], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6f9a96b48be9)

// rwkv
struct rows_74f78a8367d3 {
    typedef FusedParams<9, 4, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put(p.results[1], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v4, e.r7);
        float4 v8 = binary<ADD>(v2, v7);
        row.put(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v4, e.r8);
        float4 v10 = binary<ADD>(v2, v9);
        row.put(p.results[3], c, width, v10);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_74f78a8367d3)

// rwkv7, rwkv7_fla
struct rows_76022f77a8ac {
    typedef FusedParams<11, 7, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r6);
        float4 v7 = binary<ADD>(v1, v6);
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r7);
        float4 v9 = binary<ADD>(v1, v8);
        row.put(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r8);
        float4 v11 = binary<ADD>(v1, v10);
        row.put(p.results[4], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v3, e.r9);
        float4 v13 = binary<ADD>(v1, v12);
        row.put(p.results[5], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v3, e.r10);
        float4 v15 = binary<ADD>(v1, v14);
        row.put(p.results[6], c, width, v15);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_76022f77a8ac)

// mamba-2.8b, mamba2-2.7b
struct rows_77369f5aac1a {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r1);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_77369f5aac1a)

// recurrent_gemma
struct rows_786bb9bec623 {
    typedef FusedParams<10, 2, 1, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.state(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<GELU_TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
        row.keep(p.states[0] + 0LL * width, c, width, e.r5);
        row.keep(p.states[0] + 4LL * width, c, width, e.r7);
        row.keep(p.states[0] + 8LL * width, c, width, l.r1);
        float4 v1 = fma_four(e.r9, l.r1, fma_four(e.r8, e.r7, fma_four(e.r6, e.r5, fma_four(e.r4, e.r3, e.r2))));
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_786bb9bec623)

// olmo_hybrid
struct rows_7a043e06375a {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7a043e06375a)

// rwkv6
struct rows_7a11f704fc3a {
    typedef FusedParams<7, 4, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.put(p.results[1], c, width, v1);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        row.put(p.results[2], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[3], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7a11f704fc3a)

// recurrent_gemma
struct rows_7cdf08cae1b4 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<GELU_TANH>(l.r0);
        float4 v1 = binary<MULTIPLY>(v0, l.r1);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7cdf08cae1b4)

// linear_attn
struct rows_7cf14aa831dd {
    typedef FusedParams<6, 6, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.put_fragments(p.results[0], c, width, l.r0);
        row.put_fragments(p.results[1], c, width, l.r1);
        row.put_fragments(p.results[2], c, width, l.r2);
        row.put_fragments(p.results[3], c, width, l.r3);
        row.put_fragments(p.results[4], c, width, l.r4);
        row.put_fragments(p.results[5], c, width, l.r5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7cf14aa831dd)

// hyenadna, mamba3, rwkv7, rwkv7_fla
struct rows_7d91d87e7840 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7d91d87e7840)

// s4, s4d, s4d_block
struct rows_7dba467462b1 {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, e.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = unary<GELU>(v1);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7dba467462b1)

// falcon_h1, granitemoehybrid
struct rows_7e358a2ea065 {
    typedef FusedParams<3, 2, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = binary<ADD>(l.r1, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[1]), e.r2);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7e358a2ea065)

// olmo_hybrid
struct rows_7e876f6b01d9 {
    typedef FusedParams<4, 1, 0, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[1], p.scalars[1]), e.r3);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7e876f6b01d9)

// minimax
struct rows_814821360eb2 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_814821360eb2)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_817f3502dfe1 {
    typedef FusedParams<9, 6, 0, 3, 5> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r5;
        float4 r7;
        float4 r8;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v1 = unary<SIGMOID>(l.r1);
        float4 v2 = binary<MULTIPLY>(l.r2, e.r3);
        float4 v3 = small_norm<NORM_L2>(v2, p.numbers[1], p.scalars[0]);
        float4 v4 = binary<MULTIPLY>(l.r2, v1);
        float4 v5 = binary<SUBTRACT>(v4, l.r2);
        float4 v6 = binary<MULTIPLY>(v5, e.r4);
        float4 v7 = binary<ADD>(l.r2, v6);
        row.put(p.results[1], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, same_four(p.scalars[1]));
        row.put(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v3, v1);
        row.put(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(l.r5, v7);
        float4 v11 = binary<MULTIPLY>(v10, e.r6);
        float4 v12 = small_norm<NORM_SUM>(v11, p.numbers[2], p.scalars[2]);
        float4 v13 = binary<MULTIPLY>(l.r7, v12);
        row.put(p.results[4], c, width, v13);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v14 = unary<SIGMOID>(l.r8);
        row.put(p.results[5], c, width, v14);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_817f3502dfe1)

// falcon_h1, granitemoehybrid
struct rows_8226978626f4 {
    typedef FusedParams<2, 2, 0, 2, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[1]), e.r1);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8226978626f4)

// zamba2
struct rows_82d7e26161d6 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_82d7e26161d6)

// kimi_linear
struct rows_84b4e32bd0f6 {
    typedef FusedParams<3, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SIGMOID>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v1 = unary<SILU>(l.r1);
        float4 v2 = binary<MULTIPLY>(v1, l.r2);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_84b4e32bd0f6)

// zamba2
struct rows_891948db5dfc {
    typedef FusedParams<2, 1, 0, 0, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v1 = unary<GELU>(row.held(p.numbers[0], min(c, width - 4)));
        float4 v2 = binary<MULTIPLY>(v1, row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)));
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_891948db5dfc)

// mamba-2.8b, mamba2-2.7b
struct rows_8a404b1038bb {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r1);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_8a404b1038bb)

// rwkv, rwkv5, rwkv6
struct rows_8b13a070904e {
    typedef FusedParams<7, 3, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r6);
        float4 v7 = binary<ADD>(v1, v6);
        row.put_fragments(p.results[2], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8b13a070904e)

// rwkv
struct rows_8c9da91ddaaa {
    typedef FusedParams<5, 3, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put_fragments(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put_fragments(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v0, e.r4);
        float4 v6 = binary<ADD>(l.r1, v5);
        row.put_fragments(p.results[2], c, width, v6);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8c9da91ddaaa)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_8d05f3bb1f42 {
    typedef FusedParams<6, 2, 1, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_8d05f3bb1f42)

// rwkv6
struct rows_8e6580ff6abb {
    typedef FusedParams<3, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8e6580ff6abb)

// mamba-2.8b, mamba2-2.7b
struct rows_924c406bd0de {
    typedef FusedParams<3, 1, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_924c406bd0de)

// kimi_linear
struct rows_92e1891d9bd5 {
    typedef FusedParams<8, 6, 0, 4, 10> Params;
    struct Early {
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far_block(p.reads[5], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r6;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r6 = row.far_block(p.reads[6], c, p.numbers[4]);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v0 = unary<SILU>(l.r0);
        float4 v1 = small_norm<NORM_L2>(v0, p.numbers[0], p.scalars[0]);
        float4 v2 = binary<MULTIPLY>(v1, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v2);
        float4 v3 = unary<SILU>(l.r1);
        float4 v4 = small_norm<NORM_L2>(v3, p.numbers[1], p.scalars[2]);
        row.hold_own(p.numbers[2], c, width, v4);
        row.put(p.results[1], c, width, v4);
        float4 v5 = unary<SILU>(l.r2);
        float4 v6 = binary<ADD>(l.r3, e.r4);
        float4 v7 = unary<SOFTPLUS>(v6);
        float4 v8 = binary<MULTIPLY>(v7, e.r5);
        float4 v9 = unary<EXP>(v8);
        row.put(p.results[2], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v4, v9);
        row.put(p.results[3], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v5, l.r6);
        row.put(p.results[4], c, width, v11);
    }
    struct All1 {
        float4 r7;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[7];
        float4 v12 = binary<MULTIPLY>(l.r7, same_four(p.scalars[3]));
        row.hold_all(p.numbers[6], c, width, v12);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[9];
        float4 v13 = binary<MULTIPLY>(row.held_own(p.numbers[2], c, width), same_four(row.held_one(p.numbers[6], min(c, width - 4) / p.numbers[8])));
        row.put(p.results[5], c, width, v13);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[7], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_92e1891d9bd5)

// hyenadna, mamba3, rwkv, rwkv5, rwkv6, rwkv7, rwkv7_fla
struct rows_942bf95a7176 {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_942bf95a7176)

// granitemoehybrid
struct rows_944f35c512f2 {
    typedef FusedParams<4, 2, 0, 2, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        float4 v2 = binary<ADD>(l.r2, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(small_norm<NORM_RMS>(v2, p.numbers[0], p.scalars[1]), e.r3);
        row.put_fragments(p.results[1], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_944f35c512f2)

// nemotron_h, zamba2
struct rows_95b013bf8892 {
    typedef FusedParams<14, 5, 1, 1, 8> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r11;
        float4 r12;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r11 = row.far(p.reads[11], c);
        it.r12 = row.far_block(p.reads[12], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r13;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r13 = row.far(p.reads[13], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, e.r6);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r8, l.r0, fma_four(e.r7, e.r6, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1))));
        float4 v1 = unary<SILU>(v0);
        row.hold_own(p.numbers[0], c, width, v1);
        row.put(p.results[0], c, width, v1);
    }
    struct All1 {
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[3];
        float4 v2 = binary<ADD>(l.r9, l.r10);
        float4 v3 = unary<SOFTPLUS>(v2);
        float4 v4 = binary<MAX>(v3, same_four(p.scalars[0]));
        row.hold_all(p.numbers[2], c, width, v4);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v5 = binary<MULTIPLY>(row.held(p.numbers[2], min(c, width - 4)), e.r11);
        float4 v6 = unary<EXP>(v5);
        row.put(p.results[1], c, width, v6);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v7 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), same_four(row.held_one(p.numbers[2], min(c, width - 4) / p.numbers[5])));
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r12);
        row.put(p.results[3], c, width, v8);
        float4 v9 = unary<SILU>(l.r13);
        row.put(p.results[4], c, width, v9);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_95b013bf8892)

// rwkv5
struct rows_977a7191a389 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r1, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        float4 v2 = binary<MULTIPLY>(v1, v0);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_977a7191a389)

// rwkv6
struct rows_980e54cdab6b {
    typedef FusedParams<3, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put_fragments(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_980e54cdab6b)

// based
struct rows_98d9dfa22b51 {
    typedef FusedParams<14, 14, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        it.r12 = row.far(p.reads[12], c);
        it.r13 = row.far(p.reads[13], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.put_fragments(p.results[0], c, width, l.r0);
        row.put_fragments(p.results[1], c, width, l.r1);
        row.put_fragments(p.results[2], c, width, l.r2);
        row.put_fragments(p.results[3], c, width, l.r3);
        row.put_fragments(p.results[4], c, width, l.r4);
        row.put_fragments(p.results[5], c, width, l.r5);
        row.put_fragments(p.results[6], c, width, l.r6);
        row.put_fragments(p.results[7], c, width, l.r7);
        row.put_fragments(p.results[8], c, width, l.r8);
        row.put_fragments(p.results[9], c, width, l.r9);
        row.put_fragments(p.results[10], c, width, l.r10);
        row.put_fragments(p.results[11], c, width, l.r11);
        row.put_fragments(p.results[12], c, width, l.r12);
        row.put_fragments(p.results[13], c, width, l.r13);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_98d9dfa22b51)

// stripedhyena-7b, evo1, evo2, hyenadna, stripedhyena
struct rows_98e6f14126c9 {
    typedef FusedParams<3, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_98e6f14126c9)

// falcon_h1
struct rows_997fed23dcf1 {
    typedef FusedParams<3, 3, 0, 0, 5> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far_block(p.reads[2], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far_block(p.reads[1], c, p.numbers[2]);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        row.hold_own(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v1 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), l.r1);
        row.put(p.results[1], c, width, v1);
        float4 v2 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r2);
        row.put(p.results[2], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_997fed23dcf1)

// evo1, evo2, stripedhyena
struct rows_9a8bb538336a {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS_PLUS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_9a8bb538336a)

// falcon_h1
struct rows_9d8bf26631ed {
    typedef FusedParams<14, 6, 1, 1, 13> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r11;
        float4 r12;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.state(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r11 = row.far(p.reads[11], c);
        it.r12 = row.far_block(p.reads[12], c, p.numbers[10]);
        return it;
    }
    struct Late {
        float4 r13;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r13 = row.far(p.reads[13], c);
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        row.keep(p.states[0] + 0LL * width, c, width, e.r5);
        row.keep(p.states[0] + 4LL * width, c, width, e.r7);
        row.keep(p.states[0] + 8LL * width, c, width, row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)));
        float4 v1 = fma_four(e.r9, row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)), fma_four(e.r8, e.r7, fma_four(e.r6, e.r5, fma_four(e.r4, e.r3, e.r2))));
        float4 v2 = unary<SILU>(v1);
        row.hold_own(p.numbers[3], c, width, v2);
        row.put(p.results[0], c, width, v2);
    }
    struct All2 {
        float4 r10;
    };
    static EDDY_DEVICE All2 all2(const Params& p, const FusedRow& row, int c) {
        All2 it;
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const All2& l) {
        int width = p.numbers[7];
        float4 v3 = binary<ADD>(row.held(p.numbers[0] + p.numbers[5], min(c, width - 4)), l.r10);
        float4 v4 = unary<SOFTPLUS>(v3);
        row.hold_all(p.numbers[6], c, width, v4);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[8];
        float4 v5 = binary<MULTIPLY>(row.held(p.numbers[6], min(c, width - 4)), e.r11);
        float4 v6 = unary<EXP>(v5);
        row.put(p.results[1], c, width, v6);
    }
    static EDDY_DEVICE void columns4(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[11];
        float4 v7 = binary<MULTIPLY>(row.held_own(p.numbers[3], c, width), same_four(row.held_one(p.numbers[6], min(c, width - 4) / p.numbers[9])));
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(row.held_own(p.numbers[3], c, width), e.r12);
        row.put(p.results[3], c, width, v8);
        float4 v9 = unary<SILU>(row.held(p.numbers[0], min(c, width - 4)));
        row.put(p.results[4], c, width, v9);
    }
    static EDDY_DEVICE void columns5(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[12];
        float4 v10 = binary<MULTIPLY>(l.r13, same_four(p.scalars[0]));
        row.put(p.results[5], c, width, v10);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[7], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[11], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[12], [&](int c) { columns5(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_9d8bf26631ed)

// stripedhyena-7b, evo1, stripedhyena
struct rows_9ed3a8225141 {
    typedef FusedParams<22, 3, 3, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
        float4 r19;
        float4 r20;
        float4 r21;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.state(p.reads[11], c);
        it.r12 = row.far(p.reads[12], c);
        it.r13 = row.far(p.reads[13], c);
        it.r15 = row.far(p.reads[15], c);
        it.r16 = row.state(p.reads[16], c);
        it.r17 = row.far(p.reads[17], c);
        it.r18 = row.state(p.reads[18], c);
        it.r19 = row.far(p.reads[19], c);
        it.r20 = row.far(p.reads[20], c);
        it.r21 = row.far(p.reads[21], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r7;
        float4 r14;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r7 = row.far(p.reads[7], c);
        it.r14 = row.far(p.reads[14], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r6, l.r0, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1)));
        row.put(p.results[0], c, width, v0);
        row.keep(p.states[1] + 0LL * width, c, width, e.r11);
        row.keep(p.states[1] + 4LL * width, c, width, l.r7);
        float4 v1 = fma_four(e.r13, l.r7, fma_four(e.r12, e.r11, fma_four(e.r10, e.r9, e.r8)));
        row.keep(p.states[2] + 0LL * width, c, width, e.r18);
        row.keep(p.states[2] + 4LL * width, c, width, l.r14);
        float4 v2 = fma_four(e.r20, l.r14, fma_four(e.r19, e.r18, fma_four(e.r17, e.r16, e.r15)));
        float4 v3 = binary<MULTIPLY>(v1, v2);
        row.put(p.results[1], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v3, e.r21);
        row.put(p.results[2], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_9ed3a8225141)

// based
struct rows_a12ec6e42c38 {
    typedef FusedParams<2, 1, 0, 1, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, same_four(p.scalars[0]));
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v1 = binary<DIVIDE>(l.r1, same_four(row.held_one(p.numbers[0], min(c, width - 4) / p.numbers[2])));
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_a12ec6e42c38)

// evo2
struct rows_a1a3504f4032 {
    typedef FusedParams<19, 3, 3, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r13;
        float4 r14;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.state(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        it.r13 = row.state(p.reads[13], c);
        it.r14 = row.far(p.reads[14], c);
        it.r15 = row.state(p.reads[15], c);
        it.r16 = row.far(p.reads[16], c);
        it.r17 = row.far(p.reads[17], c);
        it.r18 = row.far(p.reads[18], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r6;
        float4 r12;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r6 = row.far(p.reads[6], c);
        it.r12 = row.far(p.reads[12], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r5, l.r0, fma_four(e.r4, e.r3, fma_four(e.r2, e.r1, same_four(0.0f))));
        row.put(p.results[0], c, width, v0);
        row.keep(p.states[1] + 0LL * width, c, width, e.r9);
        row.keep(p.states[1] + 4LL * width, c, width, l.r6);
        float4 v1 = fma_four(e.r11, l.r6, fma_four(e.r10, e.r9, fma_four(e.r8, e.r7, same_four(0.0f))));
        row.keep(p.states[2] + 0LL * width, c, width, e.r15);
        row.keep(p.states[2] + 4LL * width, c, width, l.r12);
        float4 v2 = fma_four(e.r17, l.r12, fma_four(e.r16, e.r15, fma_four(e.r14, e.r13, same_four(0.0f))));
        float4 v3 = binary<MULTIPLY>(v1, v2);
        row.put(p.results[1], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v3, e.r18);
        row.put(p.results[2], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a1a3504f4032)

// nemotron_h, zamba2
struct rows_a2eb22d5a502 {
    typedef FusedParams<6, 5, 0, 1, 8> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far_block(p.reads[4], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r5;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        row.hold_own(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    struct All1 {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[3];
        float4 v1 = binary<ADD>(l.r1, l.r2);
        float4 v2 = unary<SOFTPLUS>(v1);
        float4 v3 = binary<MAX>(v2, same_four(p.scalars[0]));
        row.hold_all(p.numbers[2], c, width, v3);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v4 = binary<MULTIPLY>(row.held(p.numbers[2], min(c, width - 4)), e.r3);
        float4 v5 = unary<EXP>(v4);
        row.put(p.results[1], c, width, v5);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v6 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), same_four(row.held_one(p.numbers[2], min(c, width - 4) / p.numbers[5])));
        row.put(p.results[2], c, width, v6);
        float4 v7 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r4);
        row.put(p.results[3], c, width, v7);
        float4 v8 = unary<SILU>(l.r5);
        row.put(p.results[4], c, width, v8);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_a2eb22d5a502)

// evo2
struct rows_a7fc774b3ca2 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<GELU>(l.r0);
        float4 v1 = binary<MULTIPLY>(v0, l.r1);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a7fc774b3ca2)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_a83a29d9f501 {
    typedef FusedParams<8, 6, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put_fragments(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put_fragments(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v0, e.r4);
        float4 v6 = binary<ADD>(l.r1, v5);
        row.put_fragments(p.results[2], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v0, e.r5);
        float4 v8 = binary<ADD>(l.r1, v7);
        row.put_fragments(p.results[3], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v0, e.r6);
        float4 v10 = binary<ADD>(l.r1, v9);
        row.put_fragments(p.results[4], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v0, e.r7);
        float4 v12 = binary<ADD>(l.r1, v11);
        row.put_fragments(p.results[5], c, width, v12);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a83a29d9f501)

// delta_net, linear_attn
struct rows_a9357d0afd69 {
    typedef FusedParams<2, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far_tile(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a9357d0afd69)

// evo1, evo2, stripedhyena
struct rows_a9e093d87ad2 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS_PLUS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a9e093d87ad2)

// jamba
struct rows_ad792505efff {
    typedef FusedParams<6, 3, 0, 3, 4> Params;
    struct Early {
        float4 r1;
        float4 r3;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r3 = row.far(p.reads[3], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
        float4 r4;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r2, p.numbers[1], p.scalars[1]), e.r3);
        row.put(p.results[1], c, width, v1);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r4, p.numbers[2], p.scalars[2]), e.r5);
        row.put(p.results[2], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ad792505efff)

// evo1, evo2, stripedhyena
struct rows_ad8954596816 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS_PLUS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        row.put_fragments(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ad8954596816)

// hyenadna, mamba3
struct rows_afa760649222 {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_afa760649222)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_b07d90233df2 {
    typedef FusedParams<12, 7, 1, 2, 11> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    struct All2 {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All2 all2(const Params& p, const FusedRow& row, int c) {
        All2 it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const All2& l) {
        int width = p.numbers[6];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), l.r1), l.r2);
        row.hold_all(p.numbers[5], c, width, v1);
        row.put(p.results[0], c, width, v1);
    }
    static EDDY_DEVICE void columns4(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[10];
        float4 v2 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[5], min(c, width - 4)), row.sum_of(p.numbers[9], 0)), e.r3), e.r4);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put_fragments(p.results[1], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v4, e.r7);
        float4 v8 = binary<ADD>(v2, v7);
        row.put_fragments(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v4, e.r8);
        float4 v10 = binary<ADD>(v2, v9);
        row.put_fragments(p.results[3], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v4, e.r9);
        float4 v12 = binary<ADD>(v2, v11);
        row.put_fragments(p.results[4], c, width, v12);
        float4 v13 = binary<MULTIPLY>(v4, e.r10);
        float4 v14 = binary<ADD>(v2, v13);
        row.put_fragments(p.results[5], c, width, v14);
        float4 v15 = binary<MULTIPLY>(v4, e.r11);
        float4 v16 = binary<ADD>(v2, v15);
        row.put_fragments(p.results[6], c, width, v16);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.over_all(p.numbers[6], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[5], p.numbers[9], p.numbers[7], p.numbers[8], p.scalars[1]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b07d90233df2)

// mamba2-2.7b, bamba, granitemoehybrid, mamba2
struct rows_b13d80cf5f50 {
    typedef FusedParams<6, 5, 0, 0, 8> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far_block(p.reads[4], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r5;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        row.hold_own(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    struct All1 {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[3];
        float4 v1 = binary<ADD>(l.r1, l.r2);
        float4 v2 = unary<SOFTPLUS>(v1);
        row.hold_all(p.numbers[2], c, width, v2);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v3 = binary<MULTIPLY>(row.held(p.numbers[2], min(c, width - 4)), e.r3);
        float4 v4 = unary<EXP>(v3);
        row.put(p.results[1], c, width, v4);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v5 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), same_four(row.held_one(p.numbers[2], min(c, width - 4) / p.numbers[5])));
        row.put(p.results[2], c, width, v5);
        float4 v6 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r4);
        row.put(p.results[3], c, width, v6);
        float4 v7 = unary<SILU>(l.r5);
        row.put(p.results[4], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b13d80cf5f50)

// rwkv7, rwkv7_fla
struct rows_b1d5df6850f9 {
    typedef FusedParams<6, 2, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b1d5df6850f9)

// rwkv5
struct rows_b20d6cbe3e7f {
    typedef FusedParams<6, 4, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put_fragments(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put_fragments(p.results[1], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v0, e.r4);
        float4 v6 = binary<ADD>(l.r1, v5);
        row.put_fragments(p.results[2], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v0, e.r5);
        float4 v8 = binary<ADD>(l.r1, v7);
        row.put_fragments(p.results[3], c, width, v8);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b20d6cbe3e7f)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, mistral, nemotron_h, olmo_hybrid, qwen3_next, retnet, xlstm, zamba2
struct rows_b2be95174629 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        row.put_fragments(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b2be95174629)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_b3137ec3e9f9 {
    typedef FusedParams<4, 1, 0, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2), e.r3);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b3137ec3e9f9)

// kimi_linear
struct rows_b349dac61323 {
    typedef FusedParams<8, 7, 0, 4, 9> Params;
    struct Early {
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far_block(p.reads[6], c, p.numbers[5]);
        return it;
    }
    struct Late {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r7;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[2];
        float4 v0 = unary<SIGMOID>(l.r0);
        row.hold_all(p.numbers[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(v0, same_four(p.scalars[0]));
        row.hold_all(p.numbers[1], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[8];
        float4 v2 = unary<SILU>(l.r1);
        float4 v3 = small_norm<NORM_L2>(v2, p.numbers[3], p.scalars[1]);
        float4 v4 = binary<MULTIPLY>(v3, same_four(p.scalars[2]));
        row.put(p.results[0], c, width, v4);
        float4 v5 = unary<SILU>(l.r2);
        float4 v6 = small_norm<NORM_L2>(v5, p.numbers[4], p.scalars[3]);
        row.put(p.results[1], c, width, v6);
        float4 v7 = unary<SILU>(l.r3);
        float4 v8 = binary<ADD>(l.r4, e.r5);
        float4 v9 = unary<SOFTPLUS>(v8);
        float4 v10 = binary<MULTIPLY>(v9, e.r6);
        float4 v11 = unary<EXP>(v10);
        row.put(p.results[2], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v6, v11);
        row.put(p.results[3], c, width, v12);
        float4 v13 = binary<MULTIPLY>(v6, same_four(row.held_one(p.numbers[1], min(c, width - 4) / p.numbers[6])));
        row.put(p.results[4], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v7, same_four(row.held_one(p.numbers[0], min(c, width - 4) / p.numbers[7])));
        row.put(p.results[5], c, width, v14);
        float4 v15 = unary<SIGMOID>(l.r7);
        row.put(p.results[6], c, width, v15);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[2], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b349dac61323)

// mamba-2.8b, mamba2-2.7b
struct rows_b444dbd3da4d {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b444dbd3da4d)

// mamba2-2.7b, bamba, granitemoehybrid, mamba2
struct rows_b4d6509662d2 {
    typedef FusedParams<14, 5, 1, 0, 8> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r11;
        float4 r12;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r11 = row.far(p.reads[11], c);
        it.r12 = row.far_block(p.reads[12], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r13;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r13 = row.far(p.reads[13], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, e.r6);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r8, l.r0, fma_four(e.r7, e.r6, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1))));
        float4 v1 = unary<SILU>(v0);
        row.hold_own(p.numbers[0], c, width, v1);
        row.put(p.results[0], c, width, v1);
    }
    struct All1 {
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[3];
        float4 v2 = binary<ADD>(l.r9, l.r10);
        float4 v3 = unary<SOFTPLUS>(v2);
        row.hold_all(p.numbers[2], c, width, v3);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v4 = binary<MULTIPLY>(row.held(p.numbers[2], min(c, width - 4)), e.r11);
        float4 v5 = unary<EXP>(v4);
        row.put(p.results[1], c, width, v5);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v6 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), same_four(row.held_one(p.numbers[2], min(c, width - 4) / p.numbers[5])));
        row.put(p.results[2], c, width, v6);
        float4 v7 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r12);
        row.put(p.results[3], c, width, v7);
        float4 v8 = unary<SILU>(l.r13);
        row.put(p.results[4], c, width, v8);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b4d6509662d2)

// falcon_h1
struct rows_b58a7d4490c7 {
    typedef FusedParams<3, 2, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = binary<ADD>(l.r1, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[1]), e.r2);
        row.put_fragments(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b58a7d4490c7)

// hyenadna
struct rows_b6483eb68451 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<GELU_TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b6483eb68451)

// evo2, lfm2, qwen3_next, recurrent_gemma
struct rows_b70efaacc03c {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b70efaacc03c)

// lfm2
struct rows_b7f26f870107 {
    typedef FusedParams<8, 1, 1, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r7;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, v0);
        float4 v1 = fma_four(e.r6, v0, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, same_four(0.0f))));
        float4 v2 = binary<MULTIPLY>(l.r7, v1);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b7f26f870107)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_b8631d507adc {
    typedef FusedParams<3, 3, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SILU>(l.r0);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put(p.results[1], c, width, v1);
        float4 v2 = unary<SILU>(l.r2);
        row.put(p.results[2], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b8631d507adc)

// stripedhyena-7b
struct rows_b894c6151933 {
    typedef FusedParams<34, 1, 4, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
        float4 r19;
        float4 r20;
        float4 r21;
        float4 r22;
        float4 r23;
        float4 r24;
        float4 r25;
        float4 r26;
        float4 r27;
        float4 r28;
        float4 r29;
        float4 r30;
        float4 r31;
        float4 r32;
        float4 r33;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.state(p.reads[11], c);
        it.r12 = row.far(p.reads[12], c);
        it.r13 = row.far(p.reads[13], c);
        it.r15 = row.far(p.reads[15], c);
        it.r16 = row.state(p.reads[16], c);
        it.r17 = row.far(p.reads[17], c);
        it.r18 = row.state(p.reads[18], c);
        it.r19 = row.far(p.reads[19], c);
        it.r20 = row.far(p.reads[20], c);
        it.r21 = row.state(p.reads[21], 4 * c + 0);
        it.r22 = row.state(p.reads[22], 4 * c + 4);
        it.r23 = row.state(p.reads[23], 4 * c + 8);
        it.r24 = row.state(p.reads[24], 4 * c + 12);
        it.r25 = row.far(p.reads[25], 4 * c + 0);
        it.r26 = row.far(p.reads[26], 4 * c + 4);
        it.r27 = row.far(p.reads[27], 4 * c + 8);
        it.r28 = row.far(p.reads[28], 4 * c + 12);
        it.r29 = row.far(p.reads[29], 4 * c + 0);
        it.r30 = row.far(p.reads[30], 4 * c + 4);
        it.r31 = row.far(p.reads[31], 4 * c + 8);
        it.r32 = row.far(p.reads[32], 4 * c + 12);
        it.r33 = row.far(p.reads[33], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r7;
        float4 r14;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r7 = row.far(p.reads[7], c);
        it.r14 = row.far(p.reads[14], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r6, l.r0, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1)));
        row.keep(p.states[1] + 0LL * width, c, width, e.r11);
        row.keep(p.states[1] + 4LL * width, c, width, l.r7);
        float4 v1 = fma_four(e.r13, l.r7, fma_four(e.r12, e.r11, fma_four(e.r10, e.r9, e.r8)));
        row.keep(p.states[2] + 0LL * width, c, width, e.r18);
        row.keep(p.states[2] + 4LL * width, c, width, l.r14);
        float4 v2 = fma_four(e.r20, l.r14, fma_four(e.r19, e.r18, fma_four(e.r17, e.r16, e.r15)));
        float4 v3 = binary<MULTIPLY>(v1, v2);
        TwoModes m3(v3, {e.r21, e.r22, e.r23, e.r24}, {e.r25, e.r26, e.r27, e.r28}, {e.r29, e.r30, e.r31, e.r32});
        row.keep_modes(p.states[3], c, width, m3.h);
        float4 v4 = m3.y;
        float4 v5 = binary<MULTIPLY>(v3, e.r33);
        float4 v6 = binary<ADD>(v4, v5);
        float4 v7 = binary<MULTIPLY>(v6, v0);
        row.put(p.results[0], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_MODES(rows_b894c6151933)

// stripedhyena-7b
struct rows_b95800340941 {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b95800340941)

// olmo_hybrid
struct rows_b96fa4b4d67f {
    typedef FusedParams<2, 2, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        row.put_fragments(p.results[1], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b96fa4b4d67f)

// rwkv7, rwkv7_fla
struct rows_b9e8df7d44af {
    typedef FusedParams<6, 2, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b9e8df7d44af)

// gsa
struct rows_ba2b75b3366a {
    typedef FusedParams<4, 5, 0, 3, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SILU>(l.r0);
        row.put(p.results[0], c, width, v0);
        float4 v1 = unary<SILU>(l.r1);
        row.put(p.results[1], c, width, v1);
        float4 v2 = unary<SILU>(l.r2);
        row.put(p.results[2], c, width, v2);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v3 = unary<LOG_SIGMOID>(l.r3);
        float4 v4 = binary<DIVIDE>(v3, same_four(p.scalars[0]));
        float4 v5 = unary<EXP>(v4);
        row.put(p.results[3], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v5, same_four(p.scalars[1]));
        float4 v7 = binary<ADD>(v6, same_four(p.scalars[2]));
        row.put(p.results[4], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ba2b75b3366a)

// stripedhyena-7b
struct rows_bb1a6ba148ba {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r1);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_bb1a6ba148ba)

// s4, s4d, s4d_block
struct rows_bc204443dc05 {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, e.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = unary<GELU>(v1);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_bc204443dc05)

// hgrn2
struct rows_be24c3d1fe51 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_be24c3d1fe51)

// stripedhyena-7b
struct rows_bef54c50eb36 {
    typedef FusedParams<34, 1, 4, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
        float4 r19;
        float4 r20;
        float4 r21;
        float4 r22;
        float4 r23;
        float4 r24;
        float4 r25;
        float4 r26;
        float4 r27;
        float4 r28;
        float4 r29;
        float4 r30;
        float4 r31;
        float4 r32;
        float4 r33;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.state(p.reads[11], c);
        it.r12 = row.far(p.reads[12], c);
        it.r13 = row.far(p.reads[13], c);
        it.r15 = row.far(p.reads[15], c);
        it.r16 = row.state(p.reads[16], c);
        it.r17 = row.far(p.reads[17], c);
        it.r18 = row.state(p.reads[18], c);
        it.r19 = row.far(p.reads[19], c);
        it.r20 = row.far(p.reads[20], c);
        it.r21 = row.state(p.reads[21], 4 * c + 0);
        it.r22 = row.state(p.reads[22], 4 * c + 4);
        it.r23 = row.state(p.reads[23], 4 * c + 8);
        it.r24 = row.state(p.reads[24], 4 * c + 12);
        it.r25 = row.far(p.reads[25], 4 * c + 0);
        it.r26 = row.far(p.reads[26], 4 * c + 4);
        it.r27 = row.far(p.reads[27], 4 * c + 8);
        it.r28 = row.far(p.reads[28], 4 * c + 12);
        it.r29 = row.far(p.reads[29], 4 * c + 0);
        it.r30 = row.far(p.reads[30], 4 * c + 4);
        it.r31 = row.far(p.reads[31], 4 * c + 8);
        it.r32 = row.far(p.reads[32], 4 * c + 12);
        it.r33 = row.far(p.reads[33], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r7;
        float4 r14;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r7 = row.far(p.reads[7], c);
        it.r14 = row.far(p.reads[14], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r6, l.r0, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1)));
        row.keep(p.states[1] + 0LL * width, c, width, e.r11);
        row.keep(p.states[1] + 4LL * width, c, width, l.r7);
        float4 v1 = fma_four(e.r13, l.r7, fma_four(e.r12, e.r11, fma_four(e.r10, e.r9, e.r8)));
        row.keep(p.states[2] + 0LL * width, c, width, e.r18);
        row.keep(p.states[2] + 4LL * width, c, width, l.r14);
        float4 v2 = fma_four(e.r20, l.r14, fma_four(e.r19, e.r18, fma_four(e.r17, e.r16, e.r15)));
        float4 v3 = binary<MULTIPLY>(v1, v2);
        TwoModes m3(v3, {e.r21, e.r22, e.r23, e.r24}, {e.r25, e.r26, e.r27, e.r28}, {e.r29, e.r30, e.r31, e.r32});
        row.keep_modes(p.states[3], c, width, m3.h);
        float4 v4 = m3.y;
        float4 v5 = binary<MULTIPLY>(v3, e.r33);
        float4 v6 = binary<ADD>(v4, v5);
        float4 v7 = binary<MULTIPLY>(v6, v0);
        row.put_fragments(p.results[0], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_MODES(rows_bef54c50eb36)

// rwkv7-2.9b, rwkv7-7.2b, nemotron_h, rwkv7, rwkv7_fla
struct rows_c0d3e5edd3d9 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<RELU_SQUARED>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c0d3e5edd3d9)

// rwkv, rwkv5, rwkv6
struct rows_c2081d59a9dd {
    typedef FusedParams<5, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c2081d59a9dd)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_c23e96a87d77 {
    typedef FusedParams<5, 2, 0, 2, 11> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    struct All2 {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All2 all2(const Params& p, const FusedRow& row, int c) {
        All2 it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const All2& l) {
        int width = p.numbers[6];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), l.r1), l.r2);
        row.hold_all(p.numbers[5], c, width, v1);
        row.put(p.results[0], c, width, v1);
    }
    static EDDY_DEVICE void columns4(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[10];
        float4 v2 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[5], min(c, width - 4)), row.sum_of(p.numbers[9], 0)), e.r3), e.r4);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.over_all(p.numbers[6], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[5], p.numbers[9], p.numbers[7], p.numbers[8], p.scalars[1]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_c23e96a87d77)

// gla
struct rows_c241f6403eee {
    typedef FusedParams<2, 2, 0, 2, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<DIVIDE>(l.r1, same_four(p.scalars[1]));
        float4 v2 = unary<EXP>(v1);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c241f6403eee)

// rwkv7_fla
struct rows_c2e3a88c4574 {
    typedef FusedParams<11, 7, 0, 3, 4> Params;
    struct Early {
        float4 r7;
        float4 r8;
        float4 r10;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r9;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
        float4 v1 = unary<SIGMOID>(l.r1);
        row.put(p.results[1], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v2 = unary<SIGMOID>(l.r2);
        float4 v3 = binary<SUBTRACT>(l.r3, l.r4);
        float4 v4 = binary<MULTIPLY>(v3, v2);
        float4 v5 = binary<ADD>(l.r4, v4);
        row.put(p.results[2], c, width, v5);
        float4 v6 = unary<SIGMOID>(l.r5);
        float4 v7 = binary<MULTIPLY>(l.r6, e.r7);
        float4 v8 = small_norm<NORM_L2>(v7, p.numbers[1], p.scalars[0]);
        float4 v9 = binary<MULTIPLY>(l.r6, v6);
        float4 v10 = binary<SUBTRACT>(v9, l.r6);
        float4 v11 = binary<MULTIPLY>(v10, e.r8);
        float4 v12 = binary<ADD>(l.r6, v11);
        row.put(p.results[3], c, width, v12);
        float4 v13 = binary<MULTIPLY>(v8, same_four(p.scalars[1]));
        row.put(p.results[4], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v8, v6);
        row.put(p.results[5], c, width, v14);
        float4 v15 = binary<MULTIPLY>(l.r9, v12);
        float4 v16 = binary<MULTIPLY>(v15, e.r10);
        float4 v17 = small_norm<NORM_SUM>(v16, p.numbers[2], p.scalars[2]);
        float4 v18 = binary<MULTIPLY>(v5, v17);
        row.put(p.results[6], c, width, v18);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c2e3a88c4574)

// falcon_mamba
struct rows_c6bf73187ce5 {
    typedef FusedParams<3, 3, 0, 3, 9> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = l.r0;
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = normal<false>(l.r0, row.sum_of(p.numbers[4], 0));
        row.put(p.results[0], c, width, v1);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[8];
        float4 v2 = small_norm<NORM_RMS>(l.r1, p.numbers[6], p.scalars[1]);
        row.put(p.results[1], c, width, v2);
        float4 v3 = small_norm<NORM_RMS>(l.r2, p.numbers[7], p.scalars[2]);
        row.put(p.results[2], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_c6bf73187ce5)

// xlstm
struct rows_c88c3a83f839 {
    typedef FusedParams<4, 1, 0, 1, 3> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far_block(p.reads[1], c, p.numbers[0]);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<DIVIDE>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[0]), e.r2);
        float4 v2 = binary<MULTIPLY>(v1, l.r3);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c88c3a83f839)

// rwkv7, rwkv7_fla
struct rows_c8a457e55041 {
    typedef FusedParams<11, 7, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[0], p.scalars[0]), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r6);
        float4 v7 = binary<ADD>(v1, v6);
        row.put_fragments(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r7);
        float4 v9 = binary<ADD>(v1, v8);
        row.put_fragments(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r8);
        float4 v11 = binary<ADD>(v1, v10);
        row.put_fragments(p.results[4], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v3, e.r9);
        float4 v13 = binary<ADD>(v1, v12);
        row.put_fragments(p.results[5], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v3, e.r10);
        float4 v15 = binary<ADD>(v1, v14);
        row.put_fragments(p.results[6], c, width, v15);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c8a457e55041)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_c90274e398ad {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        float4 v1 = binary<ADD>(v0, l.r3);
        float4 v2 = binary<MULTIPLY>(v1, l.r4);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c90274e398ad)

// rwkv, rwkv5, rwkv6
struct rows_c9133ee0608a {
    typedef FusedParams<4, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(v0, e.r3);
        float4 v4 = binary<ADD>(l.r1, v3);
        row.put(p.results[1], c, width, v4);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c9133ee0608a)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_cb034756f1fc {
    typedef FusedParams<8, 5, 0, 4, 3> Params;
    struct Early {
        float4 r2;
        float4 r4;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r4 = row.far(p.reads[4], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
        float4 r5;
        float4 r7;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r3 = row.far(p.reads[3], c);
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<EXP>(v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(l.r1, e.r2);
        float4 v3 = small_norm<NORM_L2>(v2, p.numbers[0], p.scalars[1]);
        float4 v4 = binary<MULTIPLY>(l.r1, l.r3);
        float4 v5 = binary<SUBTRACT>(v4, l.r1);
        float4 v6 = binary<MULTIPLY>(v5, e.r4);
        float4 v7 = binary<ADD>(l.r1, v6);
        row.put(p.results[1], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, same_four(p.scalars[2]));
        row.put(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v3, l.r3);
        row.put(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(l.r5, v7);
        float4 v11 = binary<MULTIPLY>(v10, e.r6);
        float4 v12 = small_norm<NORM_SUM>(v11, p.numbers[1], p.scalars[3]);
        float4 v13 = binary<MULTIPLY>(l.r7, v12);
        row.put(p.results[4], c, width, v13);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_cb034756f1fc)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, mistral, nemotron_h, olmo_hybrid, qwen3_next, recurrent_gemma, retnet, xlstm, zamba2
struct rows_cb8447f55236 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_cb8447f55236)

// rwkv5
struct rows_cea8c9293452 {
    typedef FusedParams<10, 5, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put(p.results[1], c, width, v6);
        float4 v7 = binary<MULTIPLY>(v4, e.r7);
        float4 v8 = binary<ADD>(v2, v7);
        row.put(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v4, e.r8);
        float4 v10 = binary<ADD>(v2, v9);
        row.put(p.results[3], c, width, v10);
        float4 v11 = binary<MULTIPLY>(v4, e.r9);
        float4 v12 = binary<ADD>(v2, v11);
        row.put(p.results[4], c, width, v12);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_cea8c9293452)

// rwkv7_fla
struct rows_cf0506128ee1 {
    typedef FusedParams<9, 6, 0, 3, 4> Params;
    struct Early {
        float4 r4;
        float4 r5;
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r6;
        float4 r8;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r6 = row.far(p.reads[6], c);
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
        float4 v1 = unary<SIGMOID>(l.r1);
        row.put(p.results[1], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v2 = unary<SIGMOID>(l.r2);
        float4 v3 = binary<MULTIPLY>(l.r3, e.r4);
        float4 v4 = small_norm<NORM_L2>(v3, p.numbers[1], p.scalars[0]);
        float4 v5 = binary<MULTIPLY>(l.r3, v2);
        float4 v6 = binary<SUBTRACT>(v5, l.r3);
        float4 v7 = binary<MULTIPLY>(v6, e.r5);
        float4 v8 = binary<ADD>(l.r3, v7);
        row.put(p.results[2], c, width, v8);
        float4 v9 = binary<MULTIPLY>(v4, same_four(p.scalars[1]));
        row.put(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v4, v2);
        row.put(p.results[4], c, width, v10);
        float4 v11 = binary<MULTIPLY>(l.r6, v8);
        float4 v12 = binary<MULTIPLY>(v11, e.r7);
        float4 v13 = small_norm<NORM_SUM>(v12, p.numbers[2], p.scalars[2]);
        float4 v14 = binary<MULTIPLY>(l.r8, v13);
        row.put(p.results[5], c, width, v14);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_cf0506128ee1)

// evo1, evo2, stripedhyena
struct rows_d01bdd363cef {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS_PLUS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d01bdd363cef)

// lfm2
struct rows_d4397460b9f0 {
    typedef FusedParams<8, 1, 1, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r7;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, v0);
        float4 v1 = fma_four(e.r6, v0, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, same_four(0.0f))));
        float4 v2 = binary<MULTIPLY>(l.r7, v1);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d4397460b9f0)

// mamba3
struct rows_d442762dec0a {
    typedef FusedParams<5, 2, 2, 0, 3> Params;
    struct Early {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r0 = row.state(p.reads[0], c);
        it.r2 = row.state(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r1;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r1 = row.far(p.reads[1], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far_block(p.reads[4], c, p.numbers[1]);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0], c, width, l.r1);
        float4 v0 = e.r0;
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        row.keep(p.states[1], c, width, l.r3);
        float4 v1 = e.r2;
        float4 v2 = binary<MULTIPLY>(v1, l.r4);
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d442762dec0a)

// evo2
struct rows_d59489c2e264 {
    typedef FusedParams<31, 1, 4, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r13;
        float4 r14;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
        float4 r19;
        float4 r20;
        float4 r21;
        float4 r22;
        float4 r23;
        float4 r24;
        float4 r25;
        float4 r26;
        float4 r27;
        float4 r28;
        float4 r29;
        float4 r30;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r7 = row.state(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        it.r13 = row.state(p.reads[13], c);
        it.r14 = row.far(p.reads[14], c);
        it.r15 = row.state(p.reads[15], c);
        it.r16 = row.far(p.reads[16], c);
        it.r17 = row.far(p.reads[17], c);
        it.r18 = row.state(p.reads[18], c);
        it.r19 = row.far(p.reads[19], c);
        it.r20 = row.state(p.reads[20], c);
        it.r21 = row.far(p.reads[21], c);
        it.r22 = row.state(p.reads[22], c);
        it.r23 = row.far(p.reads[23], c);
        it.r24 = row.state(p.reads[24], c);
        it.r25 = row.far(p.reads[25], c);
        it.r26 = row.state(p.reads[26], c);
        it.r27 = row.far(p.reads[27], c);
        it.r28 = row.state(p.reads[28], c);
        it.r29 = row.far(p.reads[29], c);
        it.r30 = row.far(p.reads[30], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r6;
        float4 r12;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r6 = row.far(p.reads[6], c);
        it.r12 = row.far(p.reads[12], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r5, l.r0, fma_four(e.r4, e.r3, fma_four(e.r2, e.r1, same_four(0.0f))));
        row.keep(p.states[1] + 0LL * width, c, width, e.r9);
        row.keep(p.states[1] + 4LL * width, c, width, l.r6);
        float4 v1 = fma_four(e.r11, l.r6, fma_four(e.r10, e.r9, fma_four(e.r8, e.r7, same_four(0.0f))));
        row.keep(p.states[2] + 0LL * width, c, width, e.r15);
        row.keep(p.states[2] + 4LL * width, c, width, l.r12);
        float4 v2 = fma_four(e.r17, l.r12, fma_four(e.r16, e.r15, fma_four(e.r14, e.r13, same_four(0.0f))));
        float4 v3 = binary<MULTIPLY>(v1, v2);
        row.keep(p.states[3] + 0LL * width, c, width, e.r20);
        row.keep(p.states[3] + 4LL * width, c, width, e.r22);
        row.keep(p.states[3] + 8LL * width, c, width, e.r24);
        row.keep(p.states[3] + 12LL * width, c, width, e.r26);
        row.keep(p.states[3] + 16LL * width, c, width, e.r28);
        row.keep(p.states[3] + 20LL * width, c, width, v3);
        float4 v4 = fma_four(e.r30, v3, fma_four(e.r29, e.r28, fma_four(e.r27, e.r26, fma_four(e.r25, e.r24, fma_four(e.r23, e.r22, fma_four(e.r21, e.r20, fma_four(e.r19, e.r18, same_four(0.0f))))))));
        float4 v5 = binary<MULTIPLY>(v4, v0);
        row.put(p.results[0], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d59489c2e264)

// rwkv6
struct rows_d6956b48539b {
    typedef FusedParams<7, 5, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put_fragments(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(l.r0, l.r3);
        float4 v3 = binary<ADD>(l.r2, v2);
        row.put_fragments(p.results[1], c, width, v3);
        float4 v4 = binary<MULTIPLY>(l.r0, l.r4);
        float4 v5 = binary<ADD>(l.r2, v4);
        row.put_fragments(p.results[2], c, width, v5);
        float4 v6 = binary<MULTIPLY>(l.r0, l.r5);
        float4 v7 = binary<ADD>(l.r2, v6);
        row.put_fragments(p.results[3], c, width, v7);
        float4 v8 = binary<MULTIPLY>(l.r6, same_four(p.scalars[0]));
        float4 v9 = unary<EXP>(v8);
        row.put(p.results[4], c, width, v9);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d6956b48539b)

// falcon_h1
struct rows_d969fd8b40d6 {
    typedef FusedParams<2, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<SILU>(v0);
        float4 v2 = binary<MULTIPLY>(l.r1, v1);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d969fd8b40d6)

// nemotron_h, zamba2
struct rows_d9dcf5a9e8f5 {
    typedef FusedParams<13, 4, 1, 1, 8> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r11;
        float4 r12;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r11 = row.far(p.reads[11], c);
        it.r12 = row.far_block(p.reads[12], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, e.r6);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r8, l.r0, fma_four(e.r7, e.r6, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1))));
        float4 v1 = unary<SILU>(v0);
        row.hold_own(p.numbers[0], c, width, v1);
        row.put(p.results[0], c, width, v1);
    }
    struct All1 {
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[3];
        float4 v2 = binary<ADD>(l.r9, l.r10);
        float4 v3 = unary<SOFTPLUS>(v2);
        float4 v4 = binary<MAX>(v3, same_four(p.scalars[0]));
        row.hold_all(p.numbers[2], c, width, v4);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v5 = binary<MULTIPLY>(row.held(p.numbers[2], min(c, width - 4)), e.r11);
        float4 v6 = unary<EXP>(v5);
        row.put(p.results[1], c, width, v6);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v7 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), same_four(row.held_one(p.numbers[2], min(c, width - 4) / p.numbers[5])));
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r12);
        row.put(p.results[3], c, width, v8);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_d9dcf5a9e8f5)

// falcon_h1, kimi_linear
struct rows_da355421d1d8 {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(small_norm<NORM_RMS>(v1, p.numbers[0], p.scalars[0]), e.r3);
        row.put_fragments(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_da355421d1d8)

// mamba2-2.7b, bamba, granitemoehybrid, mamba2
struct rows_daf3eb4727af {
    typedef FusedParams<13, 4, 1, 0, 8> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r11;
        float4 r12;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r11 = row.far(p.reads[11], c);
        it.r12 = row.far_block(p.reads[12], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, e.r6);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r8, l.r0, fma_four(e.r7, e.r6, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1))));
        float4 v1 = unary<SILU>(v0);
        row.hold_own(p.numbers[0], c, width, v1);
        row.put(p.results[0], c, width, v1);
    }
    struct All1 {
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[3];
        float4 v2 = binary<ADD>(l.r9, l.r10);
        float4 v3 = unary<SOFTPLUS>(v2);
        row.hold_all(p.numbers[2], c, width, v3);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v4 = binary<MULTIPLY>(row.held(p.numbers[2], min(c, width - 4)), e.r11);
        float4 v5 = unary<EXP>(v4);
        row.put(p.results[1], c, width, v5);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v6 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), same_four(row.held_one(p.numbers[2], min(c, width - 4) / p.numbers[5])));
        row.put(p.results[2], c, width, v6);
        float4 v7 = binary<MULTIPLY>(row.held_own(p.numbers[0], c, width), e.r12);
        row.put(p.results[3], c, width, v7);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_daf3eb4727af)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_dca62925aaed {
    typedef FusedParams<6, 2, 1, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_dca62925aaed)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_deb7e292e18d {
    typedef FusedParams<11, 3, 1, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r10;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, e.r6);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r8, l.r0, fma_four(e.r7, e.r6, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1))));
        float4 v1 = unary<SILU>(v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(v1, e.r9);
        row.put(p.results[1], c, width, v2);
        float4 v3 = unary<SILU>(l.r10);
        row.put(p.results[2], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_deb7e292e18d)

// rwkv7, rwkv7_fla
struct rows_e071a0d1a0fc {
    typedef FusedParams<12, 7, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r7);
        float4 v7 = binary<ADD>(v1, v6);
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r8);
        float4 v9 = binary<ADD>(v1, v8);
        row.put(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r9);
        float4 v11 = binary<ADD>(v1, v10);
        row.put(p.results[4], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v3, e.r10);
        float4 v13 = binary<ADD>(v1, v12);
        row.put(p.results[5], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v3, e.r11);
        float4 v15 = binary<ADD>(v1, v14);
        row.put(p.results[6], c, width, v15);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e071a0d1a0fc)

// s4, s4d, s4d_block
struct rows_e10a6d159e4b {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SIGMOID>(l.r0);
        float4 v1 = binary<MULTIPLY>(l.r1, v0);
        float4 v2 = binary<ADD>(l.r2, v1);
        float4 v3 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v2, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.put(p.results[0], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e10a6d159e4b)

// hyenadna, mamba3
struct rows_e364ab57983d {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put_fragments(p.results[0], c, width, v0);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e364ab57983d)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_e393e88ffdea {
    typedef FusedParams<11, 7, 1, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2), e.r3);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r4;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r5);
        float4 v5 = binary<ADD>(v1, v4);
        row.put(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r6);
        float4 v7 = binary<ADD>(v1, v6);
        row.put(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r7);
        float4 v9 = binary<ADD>(v1, v8);
        row.put(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r8);
        float4 v11 = binary<ADD>(v1, v10);
        row.put(p.results[4], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v3, e.r9);
        float4 v13 = binary<ADD>(v1, v12);
        row.put(p.results[5], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v3, e.r10);
        float4 v15 = binary<ADD>(v1, v14);
        row.put(p.results[6], c, width, v15);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_e393e88ffdea)

// falcon_h1, granitemoehybrid
struct rows_e397fdd12ebc {
    typedef FusedParams<2, 2, 0, 2, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[1]), e.r1);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e397fdd12ebc)

// zamba2
struct rows_e4a86dbb40ab {
    typedef FusedParams<2, 1, 0, 0, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[3];
        float4 v1 = unary<GELU>(row.held(p.numbers[0], min(c, width - 4)));
        float4 v2 = binary<MULTIPLY>(v1, row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)));
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_e4a86dbb40ab)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_e4aa7239c0b9 {
    typedef FusedParams<3, 4, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<SILU>(l.r0);
        row.put(p.results[0], c, width, v0);
        row.put_fragments(p.results[1], c, width, v0);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put(p.results[2], c, width, v1);
        float4 v2 = unary<SILU>(l.r2);
        row.put(p.results[3], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e4aa7239c0b9)

// kimi_linear
struct rows_e7e5e6e37a1c {
    typedef FusedParams<29, 6, 3, 4, 10> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
        float4 r14;
        float4 r15;
        float4 r17;
        float4 r18;
        float4 r19;
        float4 r20;
        float4 r21;
        float4 r22;
        float4 r23;
        float4 r25;
        float4 r26;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.state(p.reads[11], c);
        it.r12 = row.far(p.reads[12], c);
        it.r13 = row.state(p.reads[13], c);
        it.r14 = row.far(p.reads[14], c);
        it.r15 = row.far(p.reads[15], c);
        it.r17 = row.state(p.reads[17], c);
        it.r18 = row.far(p.reads[18], c);
        it.r19 = row.state(p.reads[19], c);
        it.r20 = row.far(p.reads[20], c);
        it.r21 = row.state(p.reads[21], c);
        it.r22 = row.far(p.reads[22], c);
        it.r23 = row.far(p.reads[23], c);
        it.r25 = row.far(p.reads[25], c);
        it.r26 = row.far_block(p.reads[26], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r8;
        float4 r16;
        float4 r24;
        float4 r27;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r8 = row.far(p.reads[8], c);
        it.r16 = row.far(p.reads[16], c);
        it.r24 = row.far(p.reads[24], c);
        it.r27 = row.far_block(p.reads[27], c, p.numbers[4]);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        row.keep(p.states[0] + 0LL * width, c, width, e.r3);
        row.keep(p.states[0] + 4LL * width, c, width, e.r5);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r7, l.r0, fma_four(e.r6, e.r5, fma_four(e.r4, e.r3, fma_four(e.r2, e.r1, same_four(0.0f)))));
        float4 v1 = unary<SILU>(v0);
        float4 v2 = small_norm<NORM_L2>(v1, p.numbers[0], p.scalars[0]);
        float4 v3 = binary<MULTIPLY>(v2, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v3);
        row.keep(p.states[1] + 0LL * width, c, width, e.r11);
        row.keep(p.states[1] + 4LL * width, c, width, e.r13);
        row.keep(p.states[1] + 8LL * width, c, width, l.r8);
        float4 v4 = fma_four(e.r15, l.r8, fma_four(e.r14, e.r13, fma_four(e.r12, e.r11, fma_four(e.r10, e.r9, same_four(0.0f)))));
        float4 v5 = unary<SILU>(v4);
        float4 v6 = small_norm<NORM_L2>(v5, p.numbers[1], p.scalars[2]);
        row.hold_own(p.numbers[2], c, width, v6);
        row.put(p.results[1], c, width, v6);
        row.keep(p.states[2] + 0LL * width, c, width, e.r19);
        row.keep(p.states[2] + 4LL * width, c, width, e.r21);
        row.keep(p.states[2] + 8LL * width, c, width, l.r16);
        float4 v7 = fma_four(e.r23, l.r16, fma_four(e.r22, e.r21, fma_four(e.r20, e.r19, fma_four(e.r18, e.r17, same_four(0.0f)))));
        float4 v8 = unary<SILU>(v7);
        float4 v9 = binary<ADD>(l.r24, e.r25);
        float4 v10 = unary<SOFTPLUS>(v9);
        float4 v11 = binary<MULTIPLY>(v10, e.r26);
        float4 v12 = unary<EXP>(v11);
        row.put(p.results[2], c, width, v12);
        float4 v13 = binary<MULTIPLY>(v6, v12);
        row.put(p.results[3], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v8, l.r27);
        row.put(p.results[4], c, width, v14);
    }
    struct All1 {
        float4 r28;
    };
    static EDDY_DEVICE All1 all1(const Params& p, const FusedRow& row, int c) {
        All1 it;
        it.r28 = row.far(p.reads[28], c);
        return it;
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const All1& l) {
        int width = p.numbers[7];
        float4 v15 = binary<MULTIPLY>(l.r28, same_four(p.scalars[3]));
        row.hold_all(p.numbers[6], c, width, v15);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[9];
        float4 v16 = binary<MULTIPLY>(row.held_own(p.numbers[2], c, width), same_four(row.held_one(p.numbers[6], min(c, width - 4) / p.numbers[8])));
        row.put(p.results[5], c, width, v16);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[7], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_e7e5e6e37a1c)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_e8fd6c2b0618 {
    typedef FusedParams<10, 3, 1, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, e.r6);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r8, l.r0, fma_four(e.r7, e.r6, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1))));
        float4 v1 = unary<SILU>(v0);
        row.put(p.results[0], c, width, v1);
        row.put_fragments(p.results[1], c, width, v1);
        float4 v2 = binary<MULTIPLY>(v1, e.r9);
        row.put(p.results[2], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e8fd6c2b0618)

// falcon_h1
struct rows_e9391327c6c3 {
    typedef FusedParams<2, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = unary<SILU>(v0);
        float4 v2 = binary<MULTIPLY>(l.r1, v1);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e9391327c6c3)

// xlstm
struct rows_ea9abc3ec605 {
    typedef FusedParams<4, 1, 0, 1, 3> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far_block(p.reads[1], c, p.numbers[0]);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<DIVIDE>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[0]), e.r2);
        float4 v2 = binary<MULTIPLY>(v1, l.r3);
        row.put(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ea9abc3ec605)

// minimax
struct rows_eae427f5df23 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_eae427f5df23)

// gated_deltanet, gla, kimi_linear, olmo_hybrid, qwen3_next, retnet
struct rows_ebdd232a0f12 {
    typedef FusedParams<3, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far_tile(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        float4 v2 = binary<MULTIPLY>(v1, l.r2);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ebdd232a0f12)

// rwkv6
struct rows_ec0d57d666f6 {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = unary<TANH>(l.r0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v1 = unary<SILU>(l.r1);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ec0d57d666f6)

// hgrn2
struct rows_ed036d7bc8af {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]);
        float4 v1 = binary<MULTIPLY>(v0, e.r1);
        row.put_fragments(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ed036d7bc8af)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_edad33d9d0f7 {
    typedef FusedParams<4, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<ADD>(binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2), e.r3);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_edad33d9d0f7)

// hgrn2
struct rows_eed2996c8305 {
    typedef FusedParams<2, 2, 0, 3, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<MULTIPLY>(l.r0, same_four(p.scalars[0]));
        float4 v1 = binary<ADD>(v0, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<MULTIPLY>(l.r1, same_four(p.scalars[2]));
        row.put(p.results[1], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_eed2996c8305)

// mamba-2.8b, stripedhyena-7b, evo1, evo2, falcon_h1, falcon_mamba, hyenadna, jamba, mamba, mamba3, stripedhyena
struct rows_f1f241993485 {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f1f241993485)

// olmo_hybrid
struct rows_f430573a90cf {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(small_norm<NORM_RMS>(l.r0, p.numbers[0], p.scalars[0]), e.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f430573a90cf)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_f4f7b7fab5dd {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<SUBTRACT>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, e.r2);
        float4 v2 = binary<ADD>(l.r1, v1);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f4f7b7fab5dd)

// olmo_hybrid
struct rows_f5b31d0a150a {
    typedef FusedParams<4, 5, 0, 3, 11> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        return it;
    }
    struct Late {
        float4 r1;
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r1 = row.far_block(p.reads[1], c, p.numbers[5]);
        it.r2 = row.far_block(p.reads[2], c, p.numbers[6]);
        it.r3 = row.far_block(p.reads[3], c, p.numbers[9]);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = unary<SILU>(l.r0);
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[7];
        float4 v1 = small_norm<NORM_L2>(row.held(p.numbers[0], min(c, width - 4)), p.numbers[2], p.scalars[0]);
        float4 v2 = binary<MULTIPLY>(v1, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v2);
        float4 v3 = small_norm<NORM_L2>(row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)), p.numbers[4], p.scalars[2]);
        row.put(p.results[1], c, width, v3);
        float4 v4 = binary<MULTIPLY>(v3, l.r1);
        row.put(p.results[2], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v3, l.r2);
        row.put(p.results[3], c, width, v5);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[10];
        float4 v6 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[8], min(c, width - 4)), l.r3);
        row.put(p.results[4], c, width, v6);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_f5b31d0a150a)

// rwkv6
struct rows_f60592835cdf {
    typedef FusedParams<7, 4, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        row.put(p.results[0], c, width, v1);
        float4 v2 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v1, p.numbers[0], p.scalars[0]), e.r3), e.r4);
        row.put(p.results[1], c, width, v2);
        row.keep(p.states[0], c, width, v2);
        float4 v3 = e.r5;
        float4 v4 = binary<SUBTRACT>(v3, v2);
        row.put(p.results[2], c, width, v4);
        float4 v5 = binary<MULTIPLY>(v4, e.r6);
        float4 v6 = binary<ADD>(v2, v5);
        row.put_fragments(p.results[3], c, width, v6);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f60592835cdf)

// qwen3_next
struct rows_f8360f969e72 {
    typedef FusedParams<5, 2, 0, 1, 3> Params;
    struct Early {
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far_block(p.reads[1], c, p.numbers[0]);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<MULTIPLY>(l.r0, l.r1);
        float4 v1 = binary<ADD>(l.r2, v0);
        float4 v2 = binary<ADD>(l.r3, v1);
        row.put(p.results[0], c, width, v2);
        float4 v3 = binary<MULTIPLY>(small_norm<NORM_RMS>(v2, p.numbers[1], p.scalars[0]), e.r4);
        row.put(p.results[1], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f8360f969e72)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_f9bda4b8d382 {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        float4 v1 = binary<ADD>(v0, l.r3);
        float4 v2 = binary<MULTIPLY>(v1, l.r4);
        row.put_fragments(p.results[0], c, width, v2);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f9bda4b8d382)

// jamba, kimi_linear, nemotron_h, qwen3_next
struct rows_fae08b567816 {
    typedef FusedParams<3, 3, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<MULTIPLY>(small_norm<NORM_RMS>(v0, p.numbers[0], p.scalars[0]), e.r2);
        row.put(p.results[1], c, width, v1);
        row.put_fragments(p.results[2], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_fae08b567816)

// rwkv7, rwkv7_fla
struct rows_fb3738b4ff95 {
    typedef FusedParams<12, 7, 1, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r1 = row.far(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.far(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        it.r8 = row.far(p.reads[8], c);
        it.r9 = row.far(p.reads[9], c);
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r0 = row.far(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[2];
        float4 v0 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(l.r0, p.numbers[0], p.scalars[0]), e.r1), e.r2);
        row.put(p.results[0], c, width, v0);
        float4 v1 = binary<ADD>(binary<MULTIPLY>(small_norm<NORM_LAYER>(v0, p.numbers[1], p.scalars[1]), e.r3), e.r4);
        row.keep(p.states[0], c, width, v1);
        float4 v2 = e.r5;
        float4 v3 = binary<SUBTRACT>(v2, v1);
        float4 v4 = binary<MULTIPLY>(v3, e.r6);
        float4 v5 = binary<ADD>(v1, v4);
        row.put_fragments(p.results[1], c, width, v5);
        float4 v6 = binary<MULTIPLY>(v3, e.r7);
        float4 v7 = binary<ADD>(v1, v6);
        row.put_fragments(p.results[2], c, width, v7);
        float4 v8 = binary<MULTIPLY>(v3, e.r8);
        float4 v9 = binary<ADD>(v1, v8);
        row.put_fragments(p.results[3], c, width, v9);
        float4 v10 = binary<MULTIPLY>(v3, e.r9);
        float4 v11 = binary<ADD>(v1, v10);
        row.put_fragments(p.results[4], c, width, v11);
        float4 v12 = binary<MULTIPLY>(v3, e.r10);
        float4 v13 = binary<ADD>(v1, v12);
        row.put_fragments(p.results[5], c, width, v13);
        float4 v14 = binary<MULTIPLY>(v3, e.r11);
        float4 v15 = binary<ADD>(v1, v14);
        row.put_fragments(p.results[6], c, width, v15);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_fb3738b4ff95)

// qwen3_next
struct rows_fb7c6d17e739 {
    typedef FusedParams<12, 5, 1, 4, 12> Params;
    struct Early {
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r10 = row.far(p.reads[10], c);
        it.r11 = row.far(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r9;
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        it.r9 = row.far(p.reads[9], c);
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
        float4 r7;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far(p.reads[6], c);
        it.r7 = row.far(p.reads[7], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, l.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r5);
        row.keep(p.states[0] + 8LL * width, c, width, l.r0);
        float4 v0 = fma_four(l.r7, l.r0, fma_four(l.r6, l.r5, fma_four(l.r4, l.r3, fma_four(l.r2, l.r1, same_four(0.0f)))));
        float4 v1 = unary<SILU>(v0);
        row.hold_all(p.numbers[0], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v2 = small_norm<NORM_L2>(row.held(p.numbers[0], min(c, width - 4)), p.numbers[2], p.scalars[0]);
        float4 v3 = binary<MULTIPLY>(v2, same_four(p.scalars[1]));
        row.put(p.results[0], c, width, v3);
        float4 v4 = small_norm<NORM_L2>(row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)), p.numbers[4], p.scalars[2]);
        row.put(p.results[1], c, width, v4);
    }
    struct All2 {
        float4 r8;
    };
    static EDDY_DEVICE All2 all2(const Params& p, const FusedRow& row, int c) {
        All2 it;
        it.r8 = row.far(p.reads[8], c);
        return it;
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const All2& l) {
        int width = p.numbers[7];
        float4 v5 = unary<SIGMOID>(l.r8);
        row.hold_all(p.numbers[6], c, width, v5);
    }
    static EDDY_DEVICE void columns3(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[8];
        float4 v6 = binary<ADD>(l.r9, e.r10);
        float4 v7 = unary<SOFTPLUS>(v6);
        float4 v8 = binary<MULTIPLY>(v7, e.r11);
        float4 v9 = unary<EXP>(v8);
        row.put(p.results[2], c, width, v9);
        float4 v10 = binary<MULTIPLY>(row.held(p.numbers[6], min(c, width - 4)), same_four(p.scalars[3]));
        row.put(p.results[3], c, width, v10);
    }
    static EDDY_DEVICE void columns4(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[11];
        float4 v11 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[9], min(c, width - 4)), same_four(row.held_one(p.numbers[6], min(c, width - 4) / p.numbers[10])));
        row.put(p.results[4], c, width, v11);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.over_all(p.numbers[7], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
            __syncthreads();
            row.template over_own<ONE>(p.numbers[11], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_fb7c6d17e739)

// stripedhyena-7b
struct rows_fd165f090c6f {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2);
        row.put_fragments(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_fd165f090c6f)

// mamba-2.8b, mamba2-2.7b
struct rows_ff8d0921cd12 {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it;
        it.r2 = row.far(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it;
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it;
        it.r0 = row.far(p.reads[0], c);
        it.r1 = row.far(p.reads[1], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns2(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[5];
        float4 v1 = binary<MULTIPLY>(normal<false>(row.held(p.numbers[0], min(c, width - 4)), row.sum_of(p.numbers[4], 0)), e.r2);
        row.put(p.results[1], c, width, v1);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            __syncthreads();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            __syncthreads();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_ff8d0921cd12)
