// Written by FusedKernelsTest: launches of operators on rows of the models named here. What includes this says what
// FUSED_COLUMNS, FUSED_ROWS, FUSED_SCANS and FUSED_HEADS make of them.
#pragma once
#include "fused_delta.cuh"
#include "fused_scan.cuh"

// minimax
struct rows_02a955f95ba4 {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_02a955f95ba4)

// s4, s4d, s4d_block
struct rows_02dbe3d2178f {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_02dbe3d2178f)

// kimi_linear
struct rows_02ee6744e5fe {
    typedef FusedParams<8, 6, 0, 4, 10> Params;
    struct Early {
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far_block<EARLY>(p.reads[5], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r6;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r6 = row.far_block<LATE>(p.reads[6], c, p.numbers[4]);
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
        All1 it = {};
        it.r7 = row.far<LATE>(p.reads[7], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[7], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_02ee6744e5fe)

// zamba2
struct rows_03497b946c88 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_03497b946c88)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_03679b546d9a {
    typedef FusedParams<11, 1, 1, 5, 13> Params;
    struct Early {
        float4 r2;
        float4 r4;
        float4 r7;
        float4 r8;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 1) it.r6 = row.far<LATE>(p.reads[6], c);
        if (PHASES & 4) it.r10 = row.far<LATE>(p.reads[10], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            delta.run(row, p.states[0], p.numbers[5], p.numbers[2], p.numbers[6], p.numbers[0], p.numbers[3], p.numbers[4], p.numbers[10]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[12], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_HEADS(rows_03679b546d9a)

// hyenadna, mamba3
struct rows_04ddb7460c90 {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_04ddb7460c90)

// olmo_hybrid
struct rows_04e3c8893b57 {
    typedef FusedParams<4, 5, 0, 3, 11> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r1;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 2) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[5]);
        if (PHASES & 2) it.r2 = row.far_block<LATE>(p.reads[2], c, p.numbers[6]);
        if (PHASES & 4) it.r3 = row.far_block<LATE>(p.reads[3], c, p.numbers[9]);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_04e3c8893b57)

// stripedhyena-7b, bamba, based, delta_net, evo1, evo2, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mistral, olmo_hybrid, qwen3_next, recurrent_gemma, retnet, rwkv, stripedhyena, xlstm
struct rows_066990e88537 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_066990e88537)

// hgrn2
struct rows_06aa60a33893 {
    typedef FusedParams<4, 3, 0, 3, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_06aa60a33893)

// falcon_h1
struct rows_087fa4dd0d88 {
    typedef FusedParams<4, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        float4 v0 = binary<ADD>(l.r0, l.r1);
        float4 v1 = binary<MULTIPLY>(v0, l.r2);
        row.put_fragments(p.results[0], c, width, v1);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[1];
        row.put_fragments(p.results[1], c, width, l.r3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_087fa4dd0d88)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_098b5a21fe16 {
    typedef FusedParams<11, 7, 0, 3, 5> Params;
    struct Early {
        float4 r6;
        float4 r7;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 2) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 2) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 2) it.r8 = row.far<LATE>(p.reads[8], c);
        if (PHASES & 4) it.r10 = row.far<LATE>(p.reads[10], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_098b5a21fe16)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_0a6c9507ccce {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
        float4 r4;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0a6c9507ccce)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_0be2723276ea {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0be2723276ea)

// evo2, lfm2, qwen3_next, recurrent_gemma
struct rows_0c19b43d6d1c {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0c19b43d6d1c)

// rwkv6
struct rows_0c85d41fa780 {
    typedef FusedParams<3, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0c85d41fa780)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_0ce1df96e6f6 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0ce1df96e6f6)

// rwkv, rwkv5, rwkv6
struct rows_0d7a1900f240 {
    typedef FusedParams<7, 3, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_0d7a1900f240)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_11f0a9746c47 {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_11f0a9746c47)

// qwen3_next
struct rows_12dd24a2a3eb {
    typedef FusedParams<5, 2, 0, 1, 3> Params;
    struct Early {
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[0]);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_12dd24a2a3eb)

// rwkv7_fla
struct rows_132b45c95a55 {
    typedef FusedParams<11, 7, 0, 3, 4> Params;
    struct Early {
        float4 r7;
        float4 r8;
        float4 r10;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 2) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 2) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 2) it.r6 = row.far<LATE>(p.reads[6], c);
        if (PHASES & 2) it.r9 = row.far<LATE>(p.reads[9], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_132b45c95a55)

// qwen3_next
struct rows_155c28aba34e {
    typedef FusedParams<13, 6, 1, 4, 12> Params;
    struct Early {
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r10 = row.far<EARLY>(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r9;
        float4 r12;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 8) it.r9 = row.far<LATE>(p.reads[9], c);
        if (PHASES & 16) it.r12 = row.far<LATE>(p.reads[12], c);
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
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
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
        All2 it = {};
        it.r8 = row.far<LATE>(p.reads[8], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[7], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[11], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<16>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_155c28aba34e)

// rwkv7, rwkv7_fla
struct rows_17b41b0b87a7 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_17b41b0b87a7)

// rwkv, rwkv5, rwkv6
struct rows_1a862228c006 {
    typedef FusedParams<4, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1a862228c006)

// olmo_hybrid
struct rows_1b93793a4959 {
    typedef FusedParams<4, 1, 0, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1b93793a4959)

// mamba-2.8b, mamba2-2.7b
struct rows_1c01a5fe43c6 {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_1c01a5fe43c6)

// granitemoehybrid
struct rows_1c8adc4b14e6 {
    typedef FusedParams<4, 2, 0, 2, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1c8adc4b14e6)

// gsa
struct rows_1db56f711145 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1db56f711145)

// xlstm
struct rows_1fb04da8c965 {
    typedef FusedParams<4, 1, 0, 1, 3> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[0]);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_1fb04da8c965)

// olmo_hybrid
struct rows_20614be96e14 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_20614be96e14)

// rwkv6
struct rows_20db02b650d2 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_20db02b650d2)

// rwkv7, rwkv7_fla
struct rows_21af27e819b7 {
    typedef FusedParams<6, 2, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_21af27e819b7)

// falcon_h1, granitemoehybrid
struct rows_224764bda49a {
    typedef FusedParams<3, 2, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_224764bda49a)

// hyenadna, mamba3, rwkv7, rwkv7_fla
struct rows_22b488c1cb41 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_22b488c1cb41)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_22ba9bfc6e11 {
    typedef FusedParams<1, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_22ba9bfc6e11)

// minimax
struct rows_258ba2a77add {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_258ba2a77add)

// rwkv
struct rows_27a1341d573b {
    typedef FusedParams<5, 3, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_27a1341d573b)

// gated_deltanet, gla, kimi_linear, olmo_hybrid, qwen3_next, retnet
struct rows_2821e523de10 {
    typedef FusedParams<3, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far_tile<EARLY>(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2821e523de10)

// olmo_hybrid
struct rows_285ff71fcd90 {
    typedef FusedParams<2, 2, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_285ff71fcd90)

// based
struct rows_294d67252d51 {
    typedef FusedParams<2, 1, 0, 1, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_294d67252d51)

// evo1, evo2, stripedhyena
struct rows_29e6cfa76a9c {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_29e6cfa76a9c)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, mistral, nemotron_h, olmo_hybrid, qwen3_next, retnet, xlstm, zamba2
struct rows_2a79561a8d21 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2a79561a8d21)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_2a9a76a4370c {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2a9a76a4370c)

// hgrn2
struct rows_2b27fcea1451 {
    typedef FusedParams<2, 3, 0, 3, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2b27fcea1451)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_2c3064fb63af {
    typedef FusedParams<9, 6, 0, 3, 5> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 2) it.r7 = row.far<LATE>(p.reads[7], c);
        if (PHASES & 4) it.r8 = row.far<LATE>(p.reads[8], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2c3064fb63af)

// rwkv6
struct rows_2cf5282b612a {
    typedef FusedParams<1, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2cf5282b612a)

// based
struct rows_2e3a69004873 {
    typedef FusedParams<14, 14, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 1) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 1) it.r6 = row.far<LATE>(p.reads[6], c);
        if (PHASES & 1) it.r7 = row.far<LATE>(p.reads[7], c);
        if (PHASES & 1) it.r8 = row.far<LATE>(p.reads[8], c);
        if (PHASES & 1) it.r9 = row.far<LATE>(p.reads[9], c);
        if (PHASES & 1) it.r10 = row.far<LATE>(p.reads[10], c);
        if (PHASES & 1) it.r11 = row.far<LATE>(p.reads[11], c);
        if (PHASES & 1) it.r12 = row.far<LATE>(p.reads[12], c);
        if (PHASES & 1) it.r13 = row.far<LATE>(p.reads[13], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2e3a69004873)

// bamba, granitemoehybrid, mamba2, nemotron_h, zamba2
struct rows_2e47142dd50c {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2e47142dd50c)

// rwkv6
struct rows_2ececeab2675 {
    typedef FusedParams<3, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2ececeab2675)

// jamba
struct rows_2ef50a64127d {
    typedef FusedParams<6, 3, 0, 3, 4> Params;
    struct Early {
        float4 r1;
        float4 r3;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
        float4 r4;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2ef50a64127d)

// rwkv6
struct rows_2f1df52c9d11 {
    typedef FusedParams<7, 4, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_2f1df52c9d11)

// stripedhyena-7b
struct rows_2fcfd22a7c3d {
    typedef FusedParams<3, 1, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_2fcfd22a7c3d)

// falcon_h1, granitemoehybrid
struct rows_3188ea0e6488 {
    typedef FusedParams<2, 2, 0, 2, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3188ea0e6488)

// falcon_h1
struct rows_3322ecfc2dda {
    typedef FusedParams<2, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3322ecfc2dda)

// rwkv6
struct rows_34fc145c0083 {
    typedef FusedParams<7, 5, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 1) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 1) it.r6 = row.far<LATE>(p.reads[6], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_34fc145c0083)

// kimi_linear
struct rows_3809761f0e67 {
    typedef FusedParams<4, 4, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3809761f0e67)

// stripedhyena-7b
struct rows_3cf4a227e0ea {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_3cf4a227e0ea)

// hyenadna, mamba3, rwkv, rwkv5, rwkv6, rwkv7, rwkv7_fla
struct rows_3e5b0e5117fb {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_3e5b0e5117fb)

// nemotron_h, zamba2
struct rows_3eb5e05c3b79 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        it.r12 = row.far_block<EARLY>(p.reads[12], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r13;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 8) it.r13 = row.far<LATE>(p.reads[13], c);
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
        All1 it = {};
        it.r9 = row.far<LATE>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_3eb5e05c3b79)

// evo2
struct rows_408bb6bd9b17 {
    typedef FusedParams<7, 3, 1, 0, 5> Params;
    struct Early {
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, l.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(l.r5, l.r0, fma_four(l.r4, l.r3, fma_four(l.r2, l.r1, same_four(0.0f))));
        row.hold_all(p.numbers[0], c, width, v0);
        row.put(p.results[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v1 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)), row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)));
        row.put(p.results[1], c, width, v1);
        float4 v2 = binary<MULTIPLY>(v1, e.r6);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_408bb6bd9b17)

// jamba, kimi_linear, nemotron_h, qwen3_next
struct rows_4267e055ee49 {
    typedef FusedParams<3, 3, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4267e055ee49)

// mamba-2.8b
struct rows_4457882de208 {
    typedef FusedParams<7, 1, 1, 0, 6> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r5;
        float4 r6;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 4) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 4) it.r6 = row.far<LATE>(p.reads[6], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            scan.template run<ONE>(row, p.states[0], p.reads[1].at, p.numbers[3], p.numbers[2], row.columns(p.reads[2]), row.shared + p.numbers[0] + p.numbers[4] - row.from, row.columns(p.reads[3]), row.columns(p.reads[4]));
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_SCANS(rows_4457882de208)

// rwkv, rwkv5, rwkv6
struct rows_44c2e36f3aa0 {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_44c2e36f3aa0)

// s4, s4d, s4d_block
struct rows_456539a1514e {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_456539a1514e)

// mamba2-2.7b, bamba, granitemoehybrid, mamba2
struct rows_468833088a37 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        it.r12 = row.far_block<EARLY>(p.reads[12], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r13;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 8) it.r13 = row.far<LATE>(p.reads[13], c);
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
        All1 it = {};
        it.r9 = row.far<LATE>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_468833088a37)

// falcon_h1
struct rows_47d40615bd14 {
    typedef FusedParams<5, 5, 0, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r4;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 8) it.r4 = row.far<LATE>(p.reads[4], c);
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<EARLY>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_47d40615bd14)

// gla
struct rows_4988f4495b90 {
    typedef FusedParams<2, 2, 0, 2, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4988f4495b90)

// mamba-2.8b, mamba2-2.7b
struct rows_4b4d498b84a7 {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_4b4d498b84a7)

// xlstm
struct rows_4e1fc286e44b {
    typedef FusedParams<4, 1, 0, 1, 3> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[0]);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4e1fc286e44b)

// mamba-2.8b, stripedhyena-7b, evo1, evo2, falcon_h1, falcon_mamba, hyenadna, jamba, mamba, mamba3, stripedhyena
struct rows_4ea2b27c6add {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4ea2b27c6add)

// gated_deltanet, gla, kimi_linear, olmo_hybrid, qwen3_next, retnet
struct rows_4ec6a93390e4 {
    typedef FusedParams<3, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far_tile<EARLY>(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4ec6a93390e4)

// s4, s4d, s4d_block
struct rows_4f024da9e128 {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_4f024da9e128)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_502f26853752 {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_502f26853752)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_503e18007a9a {
    typedef FusedParams<13, 1, 1, 5, 13> Params;
    struct Early {
        float4 r5;
        float4 r7;
        float4 r9;
        float4 r10;
        float4 r11;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 1) it.r6 = row.far<LATE>(p.reads[6], c);
        if (PHASES & 1) it.r8 = row.far<LATE>(p.reads[8], c);
        if (PHASES & 4) it.r12 = row.far<LATE>(p.reads[12], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            delta.run(row, p.states[0], p.numbers[6], p.numbers[3], p.numbers[1], p.numbers[0], p.numbers[4], p.numbers[5], p.numbers[10]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[12], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_HEADS(rows_503e18007a9a)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_505e915a387e {
    typedef FusedParams<6, 2, 1, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_505e915a387e)

// stripedhyena-7b, evo1, evo2, hyenadna, stripedhyena
struct rows_526132f0785b {
    typedef FusedParams<3, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_526132f0785b)

// rwkv
struct rows_52a567276933 {
    typedef FusedParams<5, 3, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_52a567276933)

// rwkv, rwkv5, rwkv6
struct rows_52b349ff847d {
    typedef FusedParams<4, 2, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_52b349ff847d)

// rwkv5
struct rows_531793f7104d {
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
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_531793f7104d)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, lfm2, linear_attn, llama, mamba, mamba2, minimax, mistral, recurrent_gemma, retnet, xlstm, zamba2
struct rows_53600afaa681 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_53600afaa681)

// rwkv7, rwkv7_fla
struct rows_54486c7ff400 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_54486c7ff400)

// olmo_hybrid
struct rows_5651d3a997be {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_5651d3a997be)

// olmo_hybrid
struct rows_56fad7de3374 {
    typedef FusedParams<11, 5, 1, 3, 11> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r8;
        float4 r9;
        float4 r10;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 2) it.r8 = row.far_block<LATE>(p.reads[8], c, p.numbers[5]);
        if (PHASES & 2) it.r9 = row.far_block<LATE>(p.reads[9], c, p.numbers[6]);
        if (PHASES & 4) it.r10 = row.far_block<LATE>(p.reads[10], c, p.numbers[9]);
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
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_56fad7de3374)

// nemotron_h
struct rows_5a4f786dcd1c {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_5a4f786dcd1c)

// evo1, hyenadna, stripedhyena
struct rows_5a587274caf4 {
    typedef FusedParams<8, 3, 1, 0, 5> Params;
    struct Early {
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r7 = row.far<EARLY>(p.reads[7], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
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
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_5a587274caf4)

// falcon_h1
struct rows_5f8ae82996ae {
    typedef FusedParams<2, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_5f8ae82996ae)

// rwkv5
struct rows_601c070e73e2 {
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
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_601c070e73e2)

// granitemoehybrid
struct rows_64996eea70b7 {
    typedef FusedParams<3, 3, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_64996eea70b7)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, mistral, nemotron_h, olmo_hybrid, qwen3_next, recurrent_gemma, retnet, xlstm, zamba2
struct rows_6567e4c0c9a4 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6567e4c0c9a4)

// evo1, evo2, stripedhyena
struct rows_65c2eb510d37 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_65c2eb510d37)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_66adf2558312 {
    typedef FusedParams<4, 1, 0, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_66adf2558312)

// falcon_mamba
struct rows_6a24a72d1ad3 {
    typedef FusedParams<3, 3, 0, 3, 9> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 4) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 8) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 8) it.r2 = row.far<LATE>(p.reads[2], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_6a24a72d1ad3)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_6acddd862336 {
    typedef FusedParams<5, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
        float4 r4;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6acddd862336)

// kimi_linear
struct rows_6b087b8ce6e4 {
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
        Early it = {};
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r9 = row.state(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        it.r11 = row.state(p.reads[11], c);
        it.r12 = row.far<EARLY>(p.reads[12], c);
        it.r13 = row.state(p.reads[13], c);
        it.r14 = row.far<EARLY>(p.reads[14], c);
        it.r15 = row.far<EARLY>(p.reads[15], c);
        it.r17 = row.state(p.reads[17], c);
        it.r18 = row.far<EARLY>(p.reads[18], c);
        it.r19 = row.state(p.reads[19], c);
        it.r20 = row.far<EARLY>(p.reads[20], c);
        it.r21 = row.state(p.reads[21], c);
        it.r22 = row.far<EARLY>(p.reads[22], c);
        it.r23 = row.far<EARLY>(p.reads[23], c);
        it.r25 = row.far<EARLY>(p.reads[25], c);
        it.r26 = row.far_block<EARLY>(p.reads[26], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r8;
        float4 r16;
        float4 r24;
        float4 r27;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r8 = row.far<LATE>(p.reads[8], c);
        if (PHASES & 1) it.r16 = row.far<LATE>(p.reads[16], c);
        if (PHASES & 1) it.r24 = row.far<LATE>(p.reads[24], c);
        if (PHASES & 1) it.r27 = row.far_block<LATE>(p.reads[27], c, p.numbers[4]);
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
        All1 it = {};
        it.r28 = row.far<LATE>(p.reads[28], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[7], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_6b087b8ce6e4)

// rwkv, rwkv5, rwkv6, rwkv7, rwkv7_fla
struct rows_6b52e31512b4 {
    typedef FusedParams<5, 2, 0, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6b52e31512b4)

// rwkv
struct rows_6b8d6e11492e {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_6b8d6e11492e)

// stripedhyena-7b
struct rows_6cea9f532da3 {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_6cea9f532da3)

// nemotron_h, zamba2
struct rows_6fd49af342e7 {
    typedef FusedParams<6, 5, 0, 1, 8> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far_block<EARLY>(p.reads[4], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r5;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 8) it.r5 = row.far<LATE>(p.reads[5], c);
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
        All1 it = {};
        it.r1 = row.far<LATE>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_6fd49af342e7)

// retnet
struct rows_7047b1dece62 {
    typedef FusedParams<2, 2, 0, 1, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7047b1dece62)

// recurrent_gemma
struct rows_70d742a9120a {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.state(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_70d742a9120a)

// evo1, evo2, stripedhyena
struct rows_72170dfcbe03 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_72170dfcbe03)

// lfm2
struct rows_7225a13aab89 {
    typedef FusedParams<8, 1, 1, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r7;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r7 = row.far<LATE>(p.reads[7], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7225a13aab89)

// rwkv5
struct rows_7687dab84940 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7687dab84940)

// zamba2
struct rows_77a3fcaa8a85 {
    typedef FusedParams<2, 1, 0, 0, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_77a3fcaa8a85)

// hgrn2
struct rows_77cec5b2df07 {
    typedef FusedParams<2, 2, 0, 3, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_77cec5b2df07)

// hgrn2
struct rows_794b5530d1b3 {
    typedef FusedParams<4, 3, 0, 3, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_794b5530d1b3)

// rwkv
struct rows_7954279d117a {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7954279d117a)

// mamba-2.8b
struct rows_79d16c94ddf7 {
    typedef FusedParams<7, 1, 1, 0, 3> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r5;
        float4 r6;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 2) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 2) it.r6 = row.far<LATE>(p.reads[6], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            scan.template run<ONE>(row, p.states[0], p.reads[0].at, p.numbers[1], p.numbers[0], row.columns(p.reads[1]), row.columns(p.reads[2]), row.columns(p.reads[3]), row.columns(p.reads[4]));
            row.team.sync();
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_SCANS(rows_79d16c94ddf7)

// kimi_linear
struct rows_7b101399f440 {
    typedef FusedParams<3, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7b101399f440)

// rwkv5
struct rows_7c38afba53a5 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_7c38afba53a5)

// rwkv6
struct rows_819760c78a03 {
    typedef FusedParams<7, 5, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 1) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 1) it.r6 = row.far<LATE>(p.reads[6], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_819760c78a03)

// hyenadna
struct rows_82a3b7b1eac3 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_82a3b7b1eac3)

// bamba, granitemoehybrid, mamba2, nemotron_h, zamba2
struct rows_8719707ce084 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8719707ce084)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_89a84229cb00 {
    typedef FusedParams<10, 1, 1, 2, 10> Params;
    struct Early {
        float4 r6;
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 1) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 4) it.r8 = row.far<LATE>(p.reads[8], c);
        if (PHASES & 4) it.r9 = row.far<LATE>(p.reads[9], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[6], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            delta.run(row, p.states[0], p.numbers[1], p.numbers[2], p.numbers[3], p.numbers[0], p.numbers[4], p.numbers[5], p.numbers[7]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[9], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_HEADS(rows_89a84229cb00)

// s4, s4d, s4d_block
struct rows_8d4fdf6e46eb {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8d4fdf6e46eb)

// granitemoehybrid
struct rows_8e2aa9a9274c {
    typedef FusedParams<4, 1, 0, 2, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8e2aa9a9274c)

// evo2
struct rows_8fa9fe72b8b7 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_8fa9fe72b8b7)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_907e5f6da3d8 {
    typedef FusedParams<3, 4, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_907e5f6da3d8)

// mamba3
struct rows_91b9d1f304da {
    typedef FusedParams<5, 2, 2, 0, 3> Params;
    struct Early {
        float4 r0;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r0 = row.state(p.reads[0], c);
        it.r2 = row.state(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r1;
        float4 r3;
        float4 r4;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 2) it.r4 = row.far_block<LATE>(p.reads[4], c, p.numbers[1]);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_91b9d1f304da)

// falcon_h1
struct rows_91d9526bebf7 {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.state(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        it.r12 = row.far_block<EARLY>(p.reads[12], c, p.numbers[10]);
        return it;
    }
    struct Late {
        float4 r13;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 32) it.r13 = row.far<LATE>(p.reads[13], c);
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<EARLY>(p.reads[1], c);
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
        All2 it = {};
        it.r10 = row.far<EARLY>(p.reads[10], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[7], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[11], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<16>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[12], [&](int c) { columns5(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<32>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_91d9526bebf7)

// minimax
struct rows_927644b63ba4 {
    typedef FusedParams<2, 2, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_927644b63ba4)

// mamba-2.8b, mamba2-2.7b
struct rows_954a17b6862f {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_954a17b6862f)

// rwkv7, rwkv7_fla
struct rows_955bb4dd390a {
    typedef FusedParams<6, 2, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_955bb4dd390a)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_95da5189c53a {
    typedef FusedParams<5, 2, 0, 2, 11> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
        All2 it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.over_all(p.numbers[6], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[5], p.numbers[9], p.numbers[7], p.numbers[8], p.scalars[1]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<16>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_95da5189c53a)

// rwkv5, rwkv6
struct rows_961a41d8ae43 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_961a41d8ae43)

// evo1, evo2, stripedhyena
struct rows_96e4fbec942d {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_96e4fbec942d)

// stripedhyena-7b
struct rows_97147673f90f {
    typedef FusedParams<7, 1, 1, 0, 1> Params;
    struct Early {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[0];
        row.keep(p.states[0] + 0LL * width, c, width, e.r4);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(e.r6, l.r0, fma_four(e.r5, e.r4, fma_four(e.r3, e.r2, e.r1)));
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_97147673f90f)

// rwkv6
struct rows_9787e764f9c6 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_9787e764f9c6)

// olmo_hybrid
struct rows_97a22f979e65 {
    typedef FusedParams<4, 2, 0, 2, 3> Params;
    struct Early {
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_97a22f979e65)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_9b360660684e {
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
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
        All2 it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.over_all(p.numbers[6], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[5], p.numbers[9], p.numbers[7], p.numbers[8], p.scalars[1]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<16>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_9b360660684e)

// falcon_h1
struct rows_9b5438c61ad3 {
    typedef FusedParams<3, 3, 0, 0, 5> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far_block<EARLY>(p.reads[2], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[2]);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_9b5438c61ad3)

// rwkv
struct rows_9c59a5aa93c8 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_9c59a5aa93c8)

// hyenadna, mamba3
struct rows_9d39232ad3d9 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_9d39232ad3d9)

// falcon_h1, kimi_linear
struct rows_a597ca2751a8 {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a597ca2751a8)

// rwkv7, rwkv7_fla
struct rows_a6e478a3c378 {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a6e478a3c378)

// lfm2
struct rows_a7a3f998e817 {
    typedef FusedParams<4, 2, 0, 2, 6> Params;
    struct Early {
        float4 r1;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far_tile<EARLY>(p.reads[1], c, p.numbers[1]);
        it.r3 = row.far_tile<EARLY>(p.reads[3], c, p.numbers[4]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a7a3f998e817)

// delta_net, linear_attn
struct rows_a8f2721acd13 {
    typedef FusedParams<2, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far_tile<EARLY>(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_a8f2721acd13)

// s4, s4d, s4d_block
struct rows_aa65e0b1729f {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_aa65e0b1729f)

// granitemoehybrid
struct rows_ac36a8c8f6b1 {
    typedef FusedParams<4, 2, 0, 2, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ac36a8c8f6b1)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_ad2deedb6a9d {
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
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
        All2 it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.over_all(p.numbers[6], [&](int c) { return all2(p, row, c); }, [&](int c, const All2& l) { columns2(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[5], p.numbers[9], p.numbers[7], p.numbers[8], p.scalars[1]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[10], [&](int c) { columns4(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<16>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_ad2deedb6a9d)

// kimi_linear
struct rows_aea235a34eab {
    typedef FusedParams<8, 7, 0, 4, 9> Params;
    struct Early {
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far_block<EARLY>(p.reads[6], c, p.numbers[5]);
        return it;
    }
    struct Late {
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r7;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 2) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 2) it.r7 = row.far<LATE>(p.reads[7], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[2], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_aea235a34eab)

// rwkv5
struct rows_af3ddb1e2e5c {
    typedef FusedParams<6, 4, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_af3ddb1e2e5c)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_b1d2c1735c26 {
    typedef FusedParams<11, 4, 1, 0, 1> Params;
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r10;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r10 = row.far<LATE>(p.reads[10], c);
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
        float4 v3 = unary<SILU>(l.r10);
        row.put(p.results[3], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b1d2c1735c26)

// hgrn2
struct rows_b1d9c41dcd6b {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b1d9c41dcd6b)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_b1da16b5d655 {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b1da16b5d655)

// gsa
struct rows_b33552ddf3fb {
    typedef FusedParams<1, 2, 0, 3, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b33552ddf3fb)

// mamba2-2.7b
struct rows_b3cfd850af86 {
    typedef FusedParams<4, 1, 0, 1, 6> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
        it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b3cfd850af86)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_b428e16aff0d {
    typedef FusedParams<6, 2, 1, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b428e16aff0d)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_b5f49dd43e29 {
    typedef FusedParams<4, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_b5f49dd43e29)

// stripedhyena-7b, bamba, based, delta_net, evo1, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mistral, olmo_hybrid, retnet, stripedhyena, xlstm
struct rows_b862bb6a3d27 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_b862bb6a3d27)

// rwkv
struct rows_ba1fea924c64 {
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
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ba1fea924c64)

// zamba2
struct rows_bc46d6c4fc1c {
    typedef FusedParams<2, 1, 0, 0, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_bc46d6c4fc1c)

// falcon_h1, kimi_linear
struct rows_be64804fc32c {
    typedef FusedParams<4, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_be64804fc32c)

// minimax
struct rows_c1f7000e5534 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c1f7000e5534)

// falcon_h1
struct rows_c2a44bc35008 {
    typedef FusedParams<4, 4, 0, 0, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far_block<EARLY>(p.reads[2], c, p.numbers[3]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[2]);
        if (PHASES & 4) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c2a44bc35008)

// delta_net, linear_attn
struct rows_c3d8ef85c155 {
    typedef FusedParams<2, 1, 0, 1, 3> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far_tile<EARLY>(p.reads[1], c, p.numbers[1]);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c3d8ef85c155)

// falcon_h1
struct rows_c3ec511ddc57 {
    typedef FusedParams<3, 1, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c3ec511ddc57)

// rwkv6
struct rows_c42642facbfb {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c42642facbfb)

// hgrn2
struct rows_c50376037649 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c50376037649)

// qwen3_next
struct rows_c8eba931ebd2 {
    typedef FusedParams<5, 3, 0, 2, 6> Params;
    struct Early {
        float4 r1;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far_tile<EARLY>(p.reads[1], c, p.numbers[1]);
        it.r4 = row.far_tile<EARLY>(p.reads[4], c, p.numbers[4]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c8eba931ebd2)

// lfm2
struct rows_c95a1bb81756 {
    typedef FusedParams<8, 1, 1, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r7;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r7 = row.far<LATE>(p.reads[7], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_c95a1bb81756)

// falcon_h1, granitemoehybrid
struct rows_cb96adbe8b2c {
    typedef FusedParams<2, 2, 0, 2, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_cb96adbe8b2c)

// mamba-2.8b, stripedhyena-7b, evo1, evo2, falcon_h1, falcon_mamba, hyenadna, jamba, mamba, mamba3, stripedhyena
struct rows_cc1bc9c85c93 {
    typedef FusedParams<3, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_cc1bc9c85c93)

// qwen3_next
struct rows_ce2957bf7500 {
    typedef FusedParams<5, 1, 0, 1, 3> Params;
    struct Early {
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[0]);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ce2957bf7500)

// falcon_h1
struct rows_d00b236e61e7 {
    typedef FusedParams<3, 2, 0, 2, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d00b236e61e7)

// evo2
struct rows_d03c73ddf72d {
    typedef FusedParams<19, 1, 2, 0, 5> Params;
    struct Early {
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
        float4 r14;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.state(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.state(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        it.r12 = row.state(p.reads[12], c);
        it.r13 = row.far<EARLY>(p.reads[13], c);
        it.r14 = row.state(p.reads[14], c);
        it.r15 = row.far<EARLY>(p.reads[15], c);
        it.r16 = row.state(p.reads[16], c);
        it.r17 = row.far<EARLY>(p.reads[17], c);
        it.r18 = row.far<EARLY>(p.reads[18], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, l.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(l.r5, l.r0, fma_four(l.r4, l.r3, fma_four(l.r2, l.r1, same_four(0.0f))));
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v1 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)), row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)));
        row.keep(p.states[1] + 0LL * width, c, width, e.r8);
        row.keep(p.states[1] + 4LL * width, c, width, e.r10);
        row.keep(p.states[1] + 8LL * width, c, width, e.r12);
        row.keep(p.states[1] + 12LL * width, c, width, e.r14);
        row.keep(p.states[1] + 16LL * width, c, width, e.r16);
        row.keep(p.states[1] + 20LL * width, c, width, v1);
        float4 v2 = fma_four(e.r18, v1, fma_four(e.r17, e.r16, fma_four(e.r15, e.r14, fma_four(e.r13, e.r12, fma_four(e.r11, e.r10, fma_four(e.r9, e.r8, fma_four(e.r7, e.r6, same_four(0.0f))))))));
        float4 v3 = binary<MULTIPLY>(v2, row.held(p.numbers[0], min(c, width - 4)));
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_d03c73ddf72d)

// rwkv7_fla
struct rows_d243ce6d465b {
    typedef FusedParams<9, 6, 0, 3, 4> Params;
    struct Early {
        float4 r4;
        float4 r5;
        float4 r7;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 2) it.r6 = row.far<LATE>(p.reads[6], c);
        if (PHASES & 2) it.r8 = row.far<LATE>(p.reads[8], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d243ce6d465b)

// falcon_h1, granitemoehybrid, retnet
struct rows_d70ceb8c7dc2 {
    typedef FusedParams<1, 1, 0, 1, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_d70ceb8c7dc2)

// kimi_linear
struct rows_d8b8eff14a02 {
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
        Early it = {};
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r10 = row.state(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        it.r12 = row.state(p.reads[12], c);
        it.r13 = row.far<EARLY>(p.reads[13], c);
        it.r14 = row.state(p.reads[14], c);
        it.r15 = row.far<EARLY>(p.reads[15], c);
        it.r16 = row.far<EARLY>(p.reads[16], c);
        it.r18 = row.state(p.reads[18], c);
        it.r19 = row.far<EARLY>(p.reads[19], c);
        it.r20 = row.state(p.reads[20], c);
        it.r21 = row.far<EARLY>(p.reads[21], c);
        it.r22 = row.state(p.reads[22], c);
        it.r23 = row.far<EARLY>(p.reads[23], c);
        it.r24 = row.far<EARLY>(p.reads[24], c);
        it.r26 = row.far<EARLY>(p.reads[26], c);
        it.r27 = row.far_block<EARLY>(p.reads[27], c, p.numbers[5]);
        return it;
    }
    struct Late {
        float4 r1;
        float4 r9;
        float4 r17;
        float4 r25;
        float4 r28;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r9 = row.far<LATE>(p.reads[9], c);
        if (PHASES & 2) it.r17 = row.far<LATE>(p.reads[17], c);
        if (PHASES & 2) it.r25 = row.far<LATE>(p.reads[25], c);
        if (PHASES & 2) it.r28 = row.far<LATE>(p.reads[28], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[2], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[8], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_d8b8eff14a02)

// stripedhyena-7b
struct rows_d9444ca10eeb {
    typedef FusedParams<2, 1, 0, 1, 6> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_d9444ca10eeb)

// based
struct rows_da36c5e70b51 {
    typedef FusedParams<2, 1, 0, 1, 4> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
        return it;
    }
    struct All0 {
        float4 r0;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[3], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_da36c5e70b51)

// s4, s4d, s4d_block
struct rows_dd66531830d1 {
    typedef FusedParams<6, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_dd66531830d1)

// rwkv6
struct rows_dddb0dd076f3 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_dddb0dd076f3)

// qwen3_next
struct rows_de5ed7f8a014 {
    typedef FusedParams<5, 2, 0, 1, 3> Params;
    struct Early {
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far_block<LATE>(p.reads[1], c, p.numbers[0]);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_de5ed7f8a014)

// rwkv7, rwkv7_fla
struct rows_defdb4ddfa06 {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_defdb4ddfa06)

// evo1, evo2, stripedhyena
struct rows_dfdb6d100817 {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_dfdb6d100817)

// rwkv, rwkv5, rwkv6
struct rows_e0092fb88f25 {
    typedef FusedParams<2, 2, 0, 0, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 2) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e0092fb88f25)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_e0c9ee24c353 {
    typedef FusedParams<10, 6, 0, 4, 3> Params;
    struct Early {
        float4 r5;
        float4 r7;
        float4 r9;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 1) it.r6 = row.far<LATE>(p.reads[6], c);
        if (PHASES & 1) it.r8 = row.far<LATE>(p.reads[8], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e0c9ee24c353)

// gla
struct rows_e1180ef22db0 {
    typedef FusedParams<3, 3, 0, 2, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 2) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e1180ef22db0)

// evo2
struct rows_e158d3c265a9 {
    typedef FusedParams<19, 1, 2, 0, 5> Params;
    struct Early {
        float4 r6;
        float4 r7;
        float4 r8;
        float4 r9;
        float4 r10;
        float4 r11;
        float4 r12;
        float4 r13;
        float4 r14;
        float4 r15;
        float4 r16;
        float4 r17;
        float4 r18;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.state(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.state(p.reads[10], c);
        it.r11 = row.far<EARLY>(p.reads[11], c);
        it.r12 = row.state(p.reads[12], c);
        it.r13 = row.far<EARLY>(p.reads[13], c);
        it.r14 = row.state(p.reads[14], c);
        it.r15 = row.far<EARLY>(p.reads[15], c);
        it.r16 = row.state(p.reads[16], c);
        it.r17 = row.far<EARLY>(p.reads[17], c);
        it.r18 = row.far<EARLY>(p.reads[18], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.state(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.state(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    static EDDY_DEVICE void columns0(const Params& p, const FusedRow& row, int c, const All0& l) {
        int width = p.numbers[1];
        row.keep(p.states[0] + 0LL * width, c, width, l.r3);
        row.keep(p.states[0] + 4LL * width, c, width, l.r0);
        float4 v0 = fma_four(l.r5, l.r0, fma_four(l.r4, l.r3, fma_four(l.r2, l.r1, same_four(0.0f))));
        row.hold_all(p.numbers[0], c, width, v0);
    }
    static EDDY_DEVICE void columns1(const Params& p, const FusedRow& row, int c, const Early& e, const Late& l) {
        int width = p.numbers[4];
        float4 v1 = binary<MULTIPLY>(row.held(p.numbers[0] + p.numbers[2], min(c, width - 4)), row.held(p.numbers[0] + p.numbers[3], min(c, width - 4)));
        row.keep(p.states[1] + 0LL * width, c, width, e.r8);
        row.keep(p.states[1] + 4LL * width, c, width, e.r10);
        row.keep(p.states[1] + 8LL * width, c, width, e.r12);
        row.keep(p.states[1] + 12LL * width, c, width, e.r14);
        row.keep(p.states[1] + 16LL * width, c, width, e.r16);
        row.keep(p.states[1] + 20LL * width, c, width, v1);
        float4 v2 = fma_four(e.r18, v1, fma_four(e.r17, e.r16, fma_four(e.r15, e.r14, fma_four(e.r13, e.r12, fma_four(e.r11, e.r10, fma_four(e.r9, e.r8, fma_four(e.r7, e.r6, same_four(0.0f))))))));
        float4 v3 = binary<MULTIPLY>(v2, row.held(p.numbers[0], min(c, width - 4)));
        row.put_fragments(p.results[0], c, width, v3);
    }
    template <bool ONE>
    static EDDY_DEVICE void run(const Params& p, FusedRow& row) {
#pragma unroll 1
        for (; row.turn < 2; row.turn++) {
            Early e;
            if (ONE) e = early(p, row, row.own());
            row.wait(p);
            Late l;
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_e158d3c265a9)

// mamba-2.8b, mamba2-2.7b
struct rows_e19b01fa5ff2 {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_e19b01fa5ff2)

// linear_attn
struct rows_e1fb98c201aa {
    typedef FusedParams<6, 6, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
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
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r4 = row.far<LATE>(p.reads[4], c);
        if (PHASES & 1) it.r5 = row.far<LATE>(p.reads[5], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e1fb98c201aa)

// rwkv6
struct rows_e232dc7ab7f8 {
    typedef FusedParams<7, 4, 1, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e232dc7ab7f8)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_e28eff9d6fd6 {
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
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.state(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.state(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r10;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r10 = row.far<LATE>(p.reads[10], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e28eff9d6fd6)

// rwkv5
struct rows_e2c6afbdc96c {
    typedef FusedParams<6, 4, 0, 0, 1> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e2c6afbdc96c)

// minimax
struct rows_e2cddff6a3ed {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e2cddff6a3ed)

// mamba2-2.7b, bamba, granitemoehybrid, mamba2
struct rows_e3698eca7775 {
    typedef FusedParams<6, 5, 0, 0, 8> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far_block<EARLY>(p.reads[4], c, p.numbers[6]);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r5;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 8) it.r5 = row.far<LATE>(p.reads[5], c);
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
        All1 it = {};
        it.r1 = row.far<LATE>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.over_all(p.numbers[3], [&](int c) { return all1(p, row, c); }, [&](int c, const All1& l) { columns1(p, row, c, l); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[4], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[7], [&](int c) { columns3(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<8>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_e3698eca7775)

// recurrent_gemma
struct rows_e4bdc41b3394 {
    typedef FusedParams<2, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e4bdc41b3394)

// rwkv7-2.9b, rwkv7-7.2b, rwkv7, rwkv7_fla
struct rows_e7c8056cc5ba {
    typedef FusedParams<8, 5, 0, 4, 3> Params;
    struct Early {
        float4 r2;
        float4 r4;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r3;
        float4 r5;
        float4 r7;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
        if (PHASES & 1) it.r5 = row.far<LATE>(p.reads[5], c);
        if (PHASES & 1) it.r7 = row.far<LATE>(p.reads[7], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[2], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e7c8056cc5ba)

// rwkv, rwkv5, rwkv6
struct rows_e7e72016f45a {
    typedef FusedParams<7, 3, 1, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
        float4 r4;
        float4 r5;
        float4 r6;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e7e72016f45a)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, minimax, mistral, nemotron_h, olmo_hybrid, qwen3_next, retnet, xlstm, zamba2
struct rows_e837a1fc68ce {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e837a1fc68ce)

// recurrent_gemma, xlstm
struct rows_e870f1e1666e {
    typedef FusedParams<1, 1, 0, 2, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_e870f1e1666e)

// mamba-2.8b, mamba2-2.7b
struct rows_e8a8e0c5649a {
    typedef FusedParams<3, 1, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_e8a8e0c5649a)

// rwkv7-2.9b, rwkv7-7.2b, nemotron_h, rwkv7, rwkv7_fla
struct rows_ec068d8b14f6 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ec068d8b14f6)

// kimi_linear, nemotron_h
struct rows_ef27de2f9198 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ef27de2f9198)

// rwkv6
struct rows_f10be8b6be1a {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f10be8b6be1a)

// rwkv
struct rows_f1f57af3409e {
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
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        it.r5 = row.state(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f1f57af3409e)

// stripedhyena-7b
struct rows_f382ce0be3ad {
    typedef FusedParams<3, 2, 0, 1, 6> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS_PLUS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_f382ce0be3ad)

// rwkv5
struct rows_f40353ec4a86 {
    typedef FusedParams<4, 1, 0, 1, 2> Params;
    struct Early {
        float4 r2;
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f40353ec4a86)

// mamba-2.8b, mamba2-2.7b, rwkv7-2.9b, rwkv7-7.2b, stripedhyena-7b, bamba, based, delta_net, evo1, evo2, falcon_h1, falcon_mamba, gated_deltanet, gla, granitemoehybrid, gru, gsa, hgrn2, hyenadna, jamba, kimi_linear, lfm2, linear_attn, llama, lstm, mamba, mamba2, mamba3, minimax, mistral, nemotron_h, olmo_hybrid, qwen3_next, recurrent_gemma, retnet, rwkv, rwkv5, rwkv6, rwkv7, rwkv7_fla, s4, s4d, s4d_block, stripedhyena, xlstm, zamba2
struct rows_f49e4e08e4e2 {
    typedef FusedParams<1, 1, 0, 0, 1> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f49e4e08e4e2)

// gsa
struct rows_f52718991aa9 {
    typedef FusedParams<4, 5, 0, 3, 2> Params;
    struct Early {
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
        float4 r3;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
        if (PHASES & 2) it.r3 = row.far<LATE>(p.reads[3], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
            row.team.sync();
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns1(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<2>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f52718991aa9)

// olmo_hybrid
struct rows_f61cde032695 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_f61cde032695)

// rwkv, rwkv5, rwkv6
struct rows_fa2d1047d5f6 {
    typedef FusedParams<5, 2, 0, 1, 2> Params;
    struct Early {
        float4 r3;
        float4 r4;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.far<EARLY>(p.reads[4], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_fa2d1047d5f6)

// bamba, based, delta_net, falcon_mamba, gated_deltanet, gla, gsa, hgrn2, jamba, kimi_linear, lfm2, linear_attn, llama, mamba, mamba2, mistral, nemotron_h, olmo_hybrid, recurrent_gemma, retnet, xlstm, zamba2
struct rows_fa83480d7331 {
    typedef FusedParams<3, 2, 0, 1, 2> Params;
    struct Early {
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r1;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_fa83480d7331)

// gsa
struct rows_fbc3e5e3904f {
    typedef FusedParams<2, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_fbc3e5e3904f)

// mamba-2.8b, falcon_mamba, jamba, mamba
struct rows_ff45ad3dc05e {
    typedef FusedParams<3, 3, 0, 0, 1> Params;
    struct Early {
        float4 r1;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        return it;
    }
    struct Late {
        float4 r0;
        float4 r2;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
        if (PHASES & 1) it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[0], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_ff45ad3dc05e)

// mamba2-2.7b
struct rows_ff55906fc5c1 {
    typedef FusedParams<4, 1, 0, 1, 6> Params;
    struct Early {
        float4 r3;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r3 = row.far<EARLY>(p.reads[3], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
        it.r2 = row.far<LATE>(p.reads[2], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_RMS>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_ff55906fc5c1)

// rwkv7-2.9b, rwkv7-7.2b
struct rows_ff61ebb36808 {
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
        Early it = {};
        it.r2 = row.far<EARLY>(p.reads[2], c);
        it.r3 = row.far<EARLY>(p.reads[3], c);
        it.r4 = row.state(p.reads[4], c);
        it.r5 = row.far<EARLY>(p.reads[5], c);
        it.r6 = row.far<EARLY>(p.reads[6], c);
        it.r7 = row.far<EARLY>(p.reads[7], c);
        it.r8 = row.far<EARLY>(p.reads[8], c);
        it.r9 = row.far<EARLY>(p.reads[9], c);
        it.r10 = row.far<EARLY>(p.reads[10], c);
        return it;
    }
    struct Late {
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        return it;
    }
    struct All0 {
        float4 r0;
        float4 r1;
    };
    static EDDY_DEVICE All0 all0(const Params& p, const FusedRow& row, int c) {
        All0 it = {};
        it.r0 = row.far<LATE>(p.reads[0], c);
        it.r1 = row.far<LATE>(p.reads[1], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.over_all(p.numbers[1], [&](int c) { return all0(p, row, c); }, [&](int c, const All0& l) { columns0(p, row, c, l); });
            row.team.sync();
            row.sums<NORM_LAYER>(p.numbers[0], p.numbers[4], p.numbers[2], p.numbers[3], p.scalars[0]);
            row.team.sync();
            row.template over_own<ONE>(p.numbers[5], [&](int c) { columns2(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<4>(p, row, c)); });
        }
    }
};
FUSED_ROWS(rows_ff61ebb36808)

// hyenadna, mamba3
struct rows_fff8b51dba47 {
    typedef FusedParams<3, 1, 0, 1, 2> Params;
    struct Early {
        float4 r1;
        float4 r2;
    };
    static EDDY_DEVICE Early early(const Params& p, const FusedRow& row, int c) {
        Early it = {};
        it.r1 = row.far<EARLY>(p.reads[1], c);
        it.r2 = row.far<EARLY>(p.reads[2], c);
        return it;
    }
    struct Late {
        float4 r0;
    };
    template <int PHASES>
    static EDDY_DEVICE Late late(const Params& p, const FusedRow& row, int c) {
        Late it = {};
        if (PHASES & 1) it.r0 = row.far<LATE>(p.reads[0], c);
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
            if (ONE) l = late<-1>(p, row, row.own());
            row.template over_own<ONE>(p.numbers[1], [&](int c) { columns0(p, row, c, ONE ? e : early(p, row, c), ONE ? l : late<1>(p, row, c)); });
        }
    }
};
FUSED_COLUMNS(rows_fff8b51dba47)
