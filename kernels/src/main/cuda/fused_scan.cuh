// One element of Mamba's recurrence (diagonal.cu) in fused_rows.cu. Four lanes share a column: each has four modes, and the
// sum over all goes through them in order.
//
// Versions, a launch of 5,120 columns on an H200, µs at 64 / 320 sessions (reading and writing the states takes 12 / 58):
//   a block a row's columns, seven a multiprocessor    16.4 / 78
//   blocks go from row to row (a prototype)            14.8 / 70
#pragma once
#include "fused_rows.cuh"
#include "pipeline.cuh"

// The states and decays of as many columns as a block of T threads takes at a time: T.
template <class Keep>
struct FusedScan {
    static constexpr int MODES = 16;
    static constexpr int LANES = 4;
    static constexpr int MINE = MODES / LANES;
    static constexpr int BATCH = 4;  // columns of a thread

    float h[BATCH][MINE];
    float a[BATCH][MINE];

    typedef typename Keep::Stored Stored;

    EDDY_DEVICE static int column(int from, int i) { return from + (i * (int)blockDim.x + (int)threadIdx.x) / LANES; }

    EDDY_DEVICE static int first() { return threadIdx.x % LANES * MINE; }

    EDDY_DEVICE static Stored* lies(const FusedRow& row, long long state, int d) {
        return (Stored*)(row.slot + state) + (long long)d * MODES + first();
    }

    // States [D, 16] from bytes `state` of the slot on, decays [D, 16]; columns past the last are read from the last one.
    EDDY_DEVICE void load(const FusedRow& row, long long state, const float* decays, int from, int width) {
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            Keep::template load_all<MINE>(h[i], lies(row, state, min(column(from, i), width - 1)));
        }
        load_decays(decays, from, width);
    }

    EDDY_DEVICE void load_decays(const float* decays, int from, int width) {
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            KeepF32::load_all<MINE>(a[i], decays + (long long)min(column(from, i), width - 1) * MODES + first());
        }
    }

    // x, dt by column, b and c by mode; states(i, h) gives those of the columns `i`. Results go to the block's own place in
    // shared memory.
    template <class States>
    EDDY_DEVICE void step(const FusedRow& row, long long state, int at, int from, int width, const float* x, const float* dt,
                          const float* b, const float* c, States states) const {
        float4 into = *(const float4*)(b + first());
        float4 out_of = *(const float4*)(c + first());
        float writes[MINE] = {into.x, into.y, into.z, into.w};
        float reads[MINE] = {out_of.x, out_of.y, out_of.z, out_of.w};
        float steps[BATCH];
        float inputs[BATCH];
#pragma unroll
        for (int i = 0; i < BATCH; i++) {  // before any state is stored, which might be the same memory for all the compiler knows
            int d = min(column(from, i), width - 1);
            steps[i] = dt[d];
            inputs[i] = x[d];
        }
#pragma unroll
        for (int i = 0; i < BATCH; i++) {
            int d = column(from, i);
            bool held = d < width && d < row.until;
            d = min(d, width - 1);
            float step = steps[i];
            float input = step * inputs[i];
            float h[MINE];
            states(i, h);
#pragma unroll
            for (int n = 0; n < MINE; n++) {
                h[n] = Keep::round(fmaf(eddy_exp(step * a[i][n]), h[n], input * writes[n]));
            }
            float y = 0.0f;
#pragma unroll
            for (int turn = 0; turn < LANES; turn++) {
                float sum = y;
#pragma unroll
                for (int n = 0; n < MINE; n++) {
                    sum = fmaf(h[n], reads[n], sum);
                }
                y = __shfl_sync(ALL_LANES, sum, turn, LANES);
            }
            if (held && row.absorbs) {
                Keep::template store_all<MINE>(lies(row, state, d), h);
            }
            if (held && first() == 0) {
                row.shared[at + d - row.from] = y;
            }
        }
    }

    template <bool ONE>
    EDDY_DEVICE void run(const FusedRow& row, long long state, const float* decays, int at, int width, const float* x,
                         const float* dt, const float* b, const float* c) {
        int end = min(row.until, width);
#pragma unroll 1
        for (int from = row.from; from < end; from += blockDim.x) {
            if (!ONE) {
                load(row, state, decays, from, width);
            }
            step(row, state, at, from, width, x, dt, b, c, [&](int i, float(&to)[MINE]) {
#pragma unroll
                for (int n = 0; n < MINE; n++) {
                    to[n] = h[i][n];
                }
            });
            if (ONE) {
                return;
            }
        }
    }
};

// The same of a block that goes from row to row: decays stay in registers, and states come into a ring in shared memory.
template <class Keep>
struct FusedScanRows {
    typedef FusedScan<Keep> Scan;
    static constexpr int COLUMNS = 128;  // of the block: as many as threads
    static constexpr int AHEAD = 2;      // rows; FusedStage has the same numbers

    Scan scan;
    Barrier* full;
    typename Scan::Stored* ring;
    long long state;
    int columns;
    int slot;
    uint32_t use;

    // Before the wait.
    template <class Params>
    EDDY_DEVICE FusedScanRows(const Params& p, const FusedRow& row, long long from_slot, const float* decays, int width)
        : ring((typename Scan::Stored*)(row.shared + p.ring)),
          state(from_slot),
          columns(max(0, min((int)COLUMNS, width - row.from))),
          slot(0),
          use(0) {
        EDDY_SHARED(Barrier, barriers, AHEAD);
        full = barriers;
        if (threadIdx.x == 0) {
            for (int i = 0; i < AHEAD; i++) {
                barrier_init_for_copies(full + i, 1);
            }
            barriers_ready();
        }
        __syncthreads();
        for (int i = 0; i < AHEAD; i++) {
            ask(p.batch, row, row.index + i * gridDim.y, i);
        }
        scan.load_decays(decays, row.from, width);
    }

    EDDY_DEVICE void ask(const Batch& batch, const FusedRow& row, int index, int to) const {
        if (index < row.rows && threadIdx.x < 32 && copies_here()) {
            const char* states = state_of(batch, batch.entries[batch.row_entry[index]].slot, state);
            uint32_t bytes = columns * Scan::MODES * sizeof(typename Scan::Stored);
            copy_begin(full + to, bytes);
            if (bytes > 0) {
                copy_ahead(at(to), (const typename Scan::Stored*)states + row.from * Scan::MODES, bytes, full + to);
            }
            copy_end(full + to);
        }
    }

    EDDY_DEVICE typename Scan::Stored* at(int of) const { return ring + of * COLUMNS * Scan::MODES; }

    // When all threads have done with a row: to the block's next one, if there is one.
    template <class Params>
    EDDY_DEVICE bool next(const Params& p, FusedRow& row) {
        ask(p.batch, row, row.index + AHEAD * gridDim.y, slot);
        if (++slot == AHEAD) {
            slot = 0;
            use++;
        }
        int index = row.index + gridDim.y;
        return index < row.rows && row.go_to(p, index);
    }

    template <bool>
    EDDY_DEVICE void run(const FusedRow& row, long long, const float*, int to, int width, const float* x, const float* dt,
                         const float* b, const float* c) const {
        scan.step(row, state, to, row.from, width, x, dt, b, c, [&](int i, float(&h)[Scan::MINE]) {
            if (i == 0) {
                barrier_wait(full + slot, use & 1);
                __syncwarp();  // lanes may have parted there
            }
            int d = max(0, min(Scan::column(0, i), columns - 1));
            Keep::template load_all<Scan::MINE>(h, at(slot) + d * Scan::MODES + Scan::first());
        });
    }
};
