// From rows of logits to ids: log-probabilities and scores, then one id for each entry that wants one, without a sort of
// the vocabulary: thresholds are found by counting digits of the order's number, and only the few ids that top-p must add
// up in order are sorted. A row is shared by a cluster's blocks, each of which has some of the 128 lanes of sums along it,
// and whole: of every 128 elements a run, and neither sums nor what is the largest depend on how many blocks there are.
// Reference: ReferenceSampler, Lanes.logSumExp.
//
// Versions, µs a launch of score and sample at one session of a model of 2.7 to 2.9B parameters (kernels/docs/cuda.md):
//   512 threads, which make exponentials and then let sixteen add them      105 and 60                (H100)
//   1,024 threads, lanes added while the next exponentials are made         33 to 40 and 21 to 24    (H200)
//   128 lanes instead of sixteen, added by a warp                           30 and 23                (H200)
//   eight blocks a row, sixteen bytes a load                                11 and 8, 20 with a temperature (H200)
#include "batch.cuh"
#include "cluster.cuh"
#include "lanes.cuh"
#include "philox.cuh"
#include "ranking.cuh"

typedef unsigned long long Rank;

enum { SAMPLE_THREADS = 1024, SORTED = 512, EXPONENTS = 8192, MAX_TOP = 20, WINDOW = 256, DIGITS = 256, CHAIN = 32 };

// Lanes of a block, a power of two, and its logarithm.
EDDY_DEVICE int lane_bits() { return __ffs(FLOATS_OF_LANES) - __ffs((int)gridDim.z); }

EDDY_DEVICE int own_lanes() { return 1 << lane_bits(); }

// Where in the row the block's j-th element is.
EDDY_DEVICE int own_element(int j) {
    int bits = lane_bits();
    return (j >> bits) * FLOATS_OF_LANES + ((int)blockIdx.z << bits) + (j & (own_lanes() - 1));
}

EDDY_DEVICE bool owns(int i) { return (i >> lane_bits() & ((int)gridDim.z - 1)) == (int)blockIdx.z; }

// From an element of a thread to its next one: a block's threads are a multiple of its lanes, or have all of them.
EDDY_DEVICE int next_own() { return (int)(blockDim.x * gridDim.z); }

EDDY_DEVICE float4 row_quad(const float* x, int width, int i, bool wide) {
    float4 v = same_four(negative_infinity());
    if (wide) {
        if (i < width) {
            v = *(const float4*)(x + i);
        }
    } else {
        v.x = i < width ? x[i] : v.x;
        v.y = i + 1 < width ? x[i + 1] : v.y;
        v.z = i + 2 < width ? x[i + 2] : v.z;
        v.w = i + 3 < width ? x[i + 3] : v.w;
    }
    return v;
}

// take(i, quad) for the thread's quads of a row from element `from`, a multiple of 128, up to `end`; minus infinity where
// the row has ended. AT_ONCE are on their way together; more of them would be more code to fetch for a launch.
template <int AT_ONCE, class Take>
EDDY_DEVICE void each_quad(const float* x, int width, int from, int end, Take take) {
    bool wide = (((unsigned long long)x & 15) | (width & 3)) == 0;
    int next = 4 * next_own();
#pragma unroll 1
    for (int i = from + own_element(4 * threadIdx.x); i < end; i += AT_ONCE * next) {
        float4 held[AT_ONCE];
#pragma unroll
        for (int u = 0; u < AT_ONCE; u++) {
            held[u] = row_quad(x, width, i + u * next, wide);
        }
#pragma unroll
        for (int u = 0; u < AT_ONCE; u++) {
            if (i + u * next < end) {
                take(i + u * next, held[u]);
            }
        }
    }
}

template <class T, class Join>
EDDY_DEVICE T join_warp(T value, Join join) {
    for (int half = 16; half > 0; half >>= 1) {
        value = join(value, __shfl_xor_sync(ALL_LANES, value, half));
    }
    return value;
}

// What is told to the threads of a row's blocks.
template <class T>
union Told {
    float4 whole;
    T value;
};

template <class T>
EDDY_DEVICE T hear(const Told<T>* told, int rank) {
    Told<T> heard;
    heard.whole = cluster_read(&told->whole, rank);
    return heard.value;
}

// What every thread of a row's blocks learns from all, through places, [33], that nothing else uses; in any order, and one
// thread's more than once.
template <class T, class Join>
EDDY_DEVICE T join_row(T value, Told<T>* places, Join join) {
    int lane = threadIdx.x & 31;
    value = join_warp(value, join);
    if (lane == 0) {
        places[threadIdx.x / 32].value = value;
    }
    __syncthreads();
    value = join_warp(places[lane < (int)blockDim.x / 32 ? lane : 0].value, join);
    if (gridDim.z > 1) {
        if (threadIdx.x == 0) {
            places[32].value = value;
        }
        cluster_sync();
        value = join_warp(hear(places + 32, lane & (gridDim.z - 1)), join);
    }
    return value;
}

// A block is there as long as others read its memory.
EDDY_DEVICE void stay() {
    if (gridDim.z > 1) {
        cluster_arrive();
        cluster_wait();
    }
}

struct LargerRank {
    EDDY_DEVICE Rank operator()(Rank a, Rank b) const { return a > b ? a : b; }
};

struct LargerFloat {
    EDDY_DEVICE float operator()(float a, float b) const { return eddy_max(a, b); }
};

// Shared memory of a sum in lanes, which a kernel makes once.
struct Sums {
    float* terms;  // [EXPONENTS], at a multiple of sixteen bytes
    float* lanes;  // [FLOATS_OF_LANES], so too
    float* sum;
};

// The sum in lanes of term(i, x[i]), i below width: of each 128 terms a block has those of its lanes, and they are added by
// a thread a lane. All blocks learn it.
template <class Term>
EDDY_DEVICE float lanes_of_row(const float* x, int width, const Sums& shared, Term term) {
    int own = own_lanes();
    int tile = EXPONENTS >> lane_bits();  // of 128 elements each
    int groups = (width + FLOATS_OF_LANES - 1) / FLOATS_OF_LANES;
    float sum = 0.0f;
#pragma unroll 1
    for (int group = 0; group < groups; group += tile) {
        int from = group * FLOATS_OF_LANES;
        int held = min(tile, (groups - group + CHAIN - 1) & ~(CHAIN - 1));
        each_quad<1>(x, width, from, from + held * FLOATS_OF_LANES, [&](int i, float4 v) {
            float4 terms = no_lanes();  // adding 0 changes no bit of a lane
            if (i < width) {
                terms = make_float4(term(i, v.x), term(i + 1, v.y), term(i + 2, v.z), term(i + 3, v.w));
                terms.y = i + 1 < width ? terms.y : 0.0f;
                terms.z = i + 2 < width ? terms.z : 0.0f;
                terms.w = i + 3 < width ? terms.w : 0.0f;
            }
            int at = (i / FLOATS_OF_LANES - group) * own + (i & (own - 1));
            *(float4*)(shared.terms + at) = terms;
        });
        __syncthreads();
        if ((int)threadIdx.x < own) {
            const float* at = shared.terms + threadIdx.x;
#pragma unroll 1
            for (int k = 0; k < held; k += CHAIN, at += CHAIN * own) {
#pragma unroll
                for (int u = 0; u < CHAIN; u++) {
                    sum += at[u * own];
                }
            }
        }
        __syncthreads();
    }
    if ((int)threadIdx.x < own) {
        shared.lanes[threadIdx.x] = sum;
    }
    team_sync();
    if (threadIdx.x < 32) {
        int lane = 4 * threadIdx.x;
        sum = lane_tree(cluster_read((const float4*)(shared.lanes + (lane & (own - 1))), lane >> lane_bits()));
        if (threadIdx.x == 0) {
            *shared.sum = sum;
        }
    }
    __syncthreads();
    return *shared.sum;
}

struct ScoreParams {
    Batch batch;
    Rows logits;
    float* totals;  // [selected]
    float* scores;  // [selected]
};

// ln of the sum of exponentials of the rows that need it, and the scores of their targets. Grid: x selected rows, z blocks
// of a cluster. Block: 128 threads at least.
EDDY_KERNEL_BOUNDS(score, ScoreParams, SAMPLE_THREADS) {
    EDDY_SHARED(float4, terms, EXPONENTS / 4);
    EDDY_SHARED(float4, lanes, FLOATS_OF_LANES / 4);
    EDDY_SHARED(float, sum, 1);
    EDDY_SHARED(Told<float>, told, 33);
    int s = blockIdx.x;
    int count = p.batch.counts->selected;  // both are on their way at the same time
    const Selected selected = p.batch.selected[s];
    if (s >= count || (selected.target < 0 && !selected.sampled)) {
        return;
    }
    const float* x = row_of(p.logits, s);
    int width = p.logits.width;
    float largest = negative_infinity();
    each_quad<2>(x, width, 0, width, [&](int, float4 v) {
        largest = eddy_max(v.w, eddy_max(v.z, eddy_max(v.y, eddy_max(v.x, largest))));
    });
    largest = join_row(largest, told, LargerFloat());
    Sums shared = {(float*)terms, (float*)lanes, sum};
    float all = lanes_of_row(x, width, shared, [=](int, float v) { return eddy_exp(v - largest); });
    if (threadIdx.x == 0 && blockIdx.z == 0) {
        float total = largest + eddy_log(all);
        p.totals[s] = total;
        p.scores[s] = selected.target < 0 ? 0.0f : x[selected.target] - total;
    }
    stay();
}

struct SampleParams {
    Batch batch;
    Rows logits;
    const float* totals;
    EntryResult* results;
    int* top_ids;  // [entries, MAX_TOP]
    float* top_log_probs;
    float* originals;  // [entries, WINDOW + vocabulary]: what bias and penalties overwrote
    long long sampler;  // bytes from the start of a slot
};

// The block's shared memory.
struct Scratch {
    Rank* sorted;  // [SORTED]
    Rank* found;  // [SORTED], at a multiple of sixteen bytes
    Told<int>* founds;  // how many
    Told<Rank>* best;  // [33]
    Told<Rank>* winner;  // [33]
    Sums sums;
    int* digits;  // [2 DIGITS], at a multiple of sixteen bytes
    int* chosen;  // [2]
    Rank* last;
    int* recent;  // [WINDOW]
};

// A row as the draw sees it: logits after bias and penalties, over the temperature.
struct Draw {
    const float* x;
    int width;
    float temperature;  // 0: as it is
    bool ranks_nan;  // true: NaN is last of all, not minus infinity

    EDDY_DEVICE float of_logit(float y) const {
        y = y != y && !ranks_nan ? negative_infinity() : y;
        return temperature == 0.0f ? y : y / temperature;
    }

    EDDY_DEVICE float value(int i) const { return of_logit(x[i]); }

    EDDY_DEVICE Rank rank(int i) const { return rank_of(value(i), i); }
};

// A thread's ids rise, so that of equal values the first one stays; none is NaN.
EDDY_DEVICE Rank best_of(const Draw& draw, const Scratch& shared) {
    int id = own_element(4 * threadIdx.x);
    bool any = id < draw.width;
    float best = negative_infinity();
    each_quad<2>(draw.x, draw.width, 0, draw.width, [&](int i, float4 v) {
        const float four[] = {v.x, v.y, v.z, v.w};
#pragma unroll
        for (int u = 0; u < 4; u++) {
            float value = draw.of_logit(four[u]);
            id = value > best ? i + u : id;
            best = value > best ? value : best;
        }
    });
    return join_row(any ? rank_of(best, id) : 0, shared.best, LargerRank());
}

// Of the digits that the row's blocks counted, by the first warp: which one the wanted-th largest has, and the how many-th
// of those with it it is. The last one there is where there are fewer, and of none (255, 0).
EDDY_DEVICE void choose_digit(const int* digits, int wanted, int* chosen) {
    const int each = DIGITS / 32;
    int highest = DIGITS - 1 - each * threadIdx.x;
    int counts[each] = {};  // of falling digits
#pragma unroll 1
    for (int rank = 0; rank < (int)gridDim.z; rank++) {
#pragma unroll
        for (int u = 0; u < each; u += 4) {
            float4 four = cluster_read((const float4*)(digits + highest - u - 3), rank);
            counts[u] += float_to_bits(four.w);
            counts[u + 1] += float_to_bits(four.z);
            counts[u + 2] += float_to_bits(four.y);
            counts[u + 3] += float_to_bits(four.x);
        }
    }
    int own = 0;
#pragma unroll
    for (int u = 0; u < each; u++) {
        own += counts[u];
    }
    int upto = own;
    for (int distance = 1; distance < 32; distance <<= 1) {
        int above = __shfl_up_sync(ALL_LANES, upto, distance);
        upto += (int)threadIdx.x >= distance ? above : 0;
    }
    wanted = min(wanted, __shfl_sync(ALL_LANES, upto, 31));
    int left = wanted - (upto - own);
    if (wanted == 0 ? threadIdx.x == 0 : left > 0 && left <= own) {
        int digit = highest;
        bool passed = true;
#pragma unroll
        for (int u = 0; u < each; u++) {
            passed = passed && left > counts[u];
            left -= passed ? counts[u] : 0;
            digit -= passed;
        }
        chosen[0] = digit;
        chosen[1] = left;
    }
}

// The wanted-th largest rank below `below`, or the smallest there is: counts by digits of eight bits, from the top.
EDDY_DEVICE Rank nth_below(const Draw& draw, const Scratch& shared, Rank below, int wanted) {
    Rank prefix = 0;
#pragma unroll 1
    for (int shift = 56; shift >= 0; shift -= 8) {
        int* digits = shared.digits + (shift & 8) / 8 * DIGITS;  // others may read those of the turn before
        for (int i = threadIdx.x; i < DIGITS; i += blockDim.x) {
            digits[i] = 0;
        }
        __syncthreads();
        for (int i = own_element(threadIdx.x); i < draw.width; i += next_own()) {
            Rank rank = draw.rank(i);
            if (rank < below && (shift == 56 || rank >> (shift + 8) == prefix)) {
                atomicAdd(digits + (int)(rank >> shift & 255), 1);
            }
        }
        team_sync();
        if (threadIdx.x < 32) {
            choose_digit(digits, wanted, shared.chosen);
        }
        __syncthreads();
        prefix = prefix << 8 | (Rank)shared.chosen[0];
        wanted = shared.chosen[1];
    }
    return prefix;
}

// All that the row's blocks found, into each one's sorted; how many.
EDDY_DEVICE int gather(const Scratch& shared) {
    int count = 0;
#pragma unroll 1
    for (int rank = 0; rank < (int)gridDim.z; rank++) {
        int more = hear(shared.founds, rank);
        for (int i = threadIdx.x; i < more; i += blockDim.x) {
            union {
                float4 whole;
                Rank ranks[2];
            } two;
            two.whole = cluster_read((const float4*)(shared.found + (i & ~1)), rank);
            shared.sorted[count + i] = (i & 1) ? two.ranks[1] : two.ranks[0];
        }
        count += more;
    }
    for (int i = count + threadIdx.x; i < SORTED; i += blockDim.x) {
        shared.sorted[i] = 0;
    }
    __syncthreads();
    return count;
}

// Sorts the ranks from `least`, which nth_below found, up to below `below`, at most SORTED of them, larger first; how many
// there are.
EDDY_DEVICE int sort_range(const Draw& draw, const Scratch& shared, Rank least, Rank below) {
    if (threadIdx.x == 0) {
        shared.founds->value = 0;
    }
    __syncthreads();
    for (int i = own_element(threadIdx.x); i < draw.width; i += next_own()) {
        Rank rank = draw.rank(i);
        if (rank >= least && rank < below) {
            shared.found[atomicAdd(&shared.founds->value, 1)] = rank;
        }
    }
    team_sync();
    int count = gather(shared);
#pragma unroll 1
    for (int size = 2; size <= SORTED; size <<= 1) {
#pragma unroll 1
        for (int step = size >> 1; step > 0; step >>= 1) {
            for (int i = threadIdx.x; i < SORTED; i += blockDim.x) {
                int other = i ^ step;
                bool falling = (i & size) == 0;
                Rank a = shared.sorted[i];
                Rank b = shared.sorted[other & (SORTED - 1)];
                if (other > i && (falling ? a < b : a > b)) {
                    shared.sorted[i] = b;
                    shared.sorted[other] = a;
                }
            }
            __syncthreads();
        }
    }
    return count;
}

// The rank of the last id that top-p keeps among those from `least` on: masses are added in order until they suffice.
EDDY_DEVICE Rank top_p_rank(const Draw& draw, const Scratch& shared, float top_p, Rank best, Rank least) {
    float largest = value_of(best);
    float wanted = top_p * lanes_of_row(draw.x, draw.width, shared.sums, [&](int i, float v) {
        float value = draw.of_logit(v);
        return rank_of(value, i) < least ? 0.0f : eddy_exp(value - largest);
    });
    Rank below = ~0ull;
    Rank last = best;
    float sum = 0.0f;
    while (sum < wanted && below > least) {
        Rank from = nth_below(draw, shared, below, SORTED);
        int count = sort_range(draw, shared, from > least ? from : least, below);
        if (threadIdx.x == 0) {
            for (int i = 0; i < count && sum < wanted; i++) {
                last = shared.sorted[i];
                sum += eddy_exp(value_of(last) - largest);
            }
            *shared.last = last;
            *shared.sums.sum = sum;
        }
        __syncthreads();
        last = *shared.last;
        sum = *shared.sums.sum;
        below = count < SORTED ? least : from;
    }
    return last;
}

EDDY_DEVICE int draw_id(const Entry& entry, const Draw& draw, const Scratch& shared, long long position) {
    Rank best = best_of(draw, shared);
    if (entry.temperature == 0.0f) {
        return id_of(best);
    }
    Rank least = 0;
    if (entry.top_k > 0 && entry.top_k < draw.width) {
        least = nth_below(draw, shared, ~0ull, entry.top_k);
    }
    if (entry.top_p < 1.0f) {
        least = top_p_rank(draw, shared, entry.top_p, best, least);
    }
    float floor = negative_infinity();
    if (entry.min_p > 0.0f) {
        floor = value_of(best) + eddy_log(entry.min_p);
    }
    Rank winner = 0;
#pragma unroll 1
    for (int i = own_element(threadIdx.x); i < draw.width; i += next_own()) {
        float value = draw.value(i);
        Rank rank = rank_of(value, i);
        if (rank >= least && (rank == best || entry.min_p <= 0.0f || value >= floor)) {
            Rank noisy = rank_of(value + gumbel(entry.seed, position, entry.branch, i), i);
            winner = noisy > winner ? noisy : winner;
        }
    }
    return id_of(join_row(winner, shared.winner, LargerRank()));
}

// How often the id at place j of the recent ids occurs among the first count, or 0 where an earlier place has it.
EDDY_DEVICE int occurrences(const int* recent, int count, int j) {
    int times = 0;
    for (int i = 0; i < count; i++) {
        if (recent[i] == recent[j]) {
            if (i < j) {
                return 0;
            }
            times++;
        }
    }
    return times;
}

EDDY_DEVICE float penalise(const Entry& entry, float x, int times) {
    float y = x > 0.0f ? x / entry.repetition : x * entry.repetition;
    return y - entry.presence - entry.frequency * times;
}

EDDY_DEVICE int load_recent(const SampleParams& p, const Entry& entry, const Scratch& shared, long long position) {
    bool penalises = entry.penalty_window > 0
            && (entry.repetition != 1.0f || entry.presence != 0.0f || entry.frequency != 0.0f);
    if (!penalises) {
        return 0;
    }
    const int* sampler = (const int*)state_of(p.batch, entry.slot, p.sampler);
    int count = position < entry.penalty_window ? (int)position : entry.penalty_window;
    for (int back = threadIdx.x; back < count; back += blockDim.x) {
        shared.recent[back] = sampler[RECENT + ((position - 1 - back) & RECENT_MASK)];
    }
    __syncthreads();
    return count;
}

EDDY_DEVICE float without_nan(float x) { return x != x ? negative_infinity() : x; }

// Whether a block changes the logit of an id.
EDDY_DEVICE bool adjusts(const SampleParams& p, int id) { return id < p.logits.width && owns(id); }

// Bias, then penalties, in place and of a block's own ids; what was there goes to originals.
EDDY_DEVICE void adjust(const SampleParams& p, const Entry& entry, float* x, float* originals, const int* recent, int count) {
    const int* ids = p.batch.counts->pool + entry.bias;
    for (int i = threadIdx.x; i < entry.bias_count; i += blockDim.x) {
        if (adjusts(p, ids[i])) {
            originals[WINDOW + i] = x[ids[i]];
            x[ids[i]] = without_nan(x[ids[i]]) + bits_to_float(ids[entry.bias_count + i]);
        }
    }
    __syncthreads();
    for (int j = threadIdx.x; j < count; j += blockDim.x) {
        int times = adjusts(p, recent[j]) ? occurrences(recent, count, j) : 0;
        if (times > 0) {
            originals[j] = x[recent[j]];
            x[recent[j]] = penalise(entry, without_nan(x[recent[j]]), times);
        }
    }
    __syncthreads();
}

EDDY_DEVICE void restore(const SampleParams& p, const Entry& entry, float* x, const float* originals, const int* recent, int count) {
    __syncthreads();
    for (int j = threadIdx.x; j < count; j += blockDim.x) {
        if (adjusts(p, recent[j]) && occurrences(recent, count, j) > 0) {
            x[recent[j]] = originals[j];
        }
    }
    __syncthreads();
    const int* ids = p.batch.counts->pool + entry.bias;
    for (int i = threadIdx.x; i < entry.bias_count; i += blockDim.x) {
        if (adjusts(p, ids[i])) {
            x[ids[i]] = originals[WINDOW + i];
        }
    }
    __syncthreads();
}

EDDY_DEVICE bool stops(const Batch& batch, const Entry& entry, int id) {
    const int* stops = batch.counts->pool + entry.stops;
    for (int i = 0; i < entry.stop_count; i++) {
        if (stops[i] == id) {
            return true;
        }
    }
    return false;
}

EDDY_DEVICE void likeliest(const SampleParams& p, const Entry& entry, int e, const Draw& raw, float total, const Scratch& shared) {
    int wanted = entry.top_log_probs < raw.width ? entry.top_log_probs : raw.width;
    if (wanted == 0) {
        return;
    }
    Rank least = nth_below(raw, shared, ~0ull, wanted);
    sort_range(raw, shared, least, ~0ull);
    for (int i = threadIdx.x; i < wanted; i += blockDim.x) {
        int id = id_of(shared.sorted[i]);
        if (owns(id)) {  // others may be changed by now
            p.top_ids[e * MAX_TOP + i] = id;
            p.top_log_probs[e * MAX_TOP + i] = raw.x[id] - total;
        }
    }
    __syncthreads();
}

// Grid: x entries, z blocks of a cluster. Block: 128 threads at least, SAMPLE_THREADS at most.
EDDY_KERNEL_BOUNDS(sample, SampleParams, SAMPLE_THREADS) {
    EDDY_SHARED(Rank, sorted, SORTED);
    EDDY_SHARED(float4, found, SORTED / 2);
    EDDY_SHARED(Told<int>, founds, 1);
    EDDY_SHARED(Told<Rank>, best, 33);
    EDDY_SHARED(Told<Rank>, winner, 33);
    EDDY_SHARED(float4, terms, EXPONENTS / 4);
    EDDY_SHARED(float4, lanes, FLOATS_OF_LANES / 4);
    EDDY_SHARED(float, sum, 1);
    EDDY_SHARED(float4, digits, 2 * DIGITS / 4);
    EDDY_SHARED(int, chosen, 2);
    EDDY_SHARED(Rank, last, 1);
    EDDY_SHARED(int, recent, WINDOW);
    int e = blockIdx.x;
    const Entry& entry = p.batch.entries[e];
    bool wants = (entry.flags & WANTS_SAMPLE) != 0;  // no && here, so that all are on their way at the same time
    if (!(wants & (e < p.batch.counts->entries) & (p.results[e].status == ENTRY_DONE))) {
        return;
    }
    Sums sums = {(float*)terms, (float*)lanes, sum};
    Scratch shared = {sorted, (Rank*)found, founds, best, winner, sums, (int*)digits, chosen, last, recent};
    float* x = row_of(p.logits, entry.sampling_row);
    float total = p.totals[entry.sampling_row];
    Draw raw = {x, p.logits.width, 0.0f, true};
    likeliest(p, entry, e, raw, total, shared);
    long long position = entry.start + entry.length;
    int count = load_recent(p, entry, shared, position);
    float* originals = p.originals + (long long)e * (WINDOW + p.logits.width);
    if (count > 0 || entry.bias_count > 0) {
        adjust(p, entry, x, originals, recent, count);
    }
    Draw draw = {x, p.logits.width, entry.temperature, false};
    int id = draw_id(entry, draw, shared, position);
    if (count > 0 || entry.bias_count > 0) {
        restore(p, entry, x, originals, recent, count);
    }
    if (threadIdx.x == 0 && owns(id)) {
        int* sampler = (int*)state_of(p.batch, entry.slot, p.sampler);
        sampler[PENDING] = id;
        sampler[HALTED] = stops(p.batch, entry, id) ? 1 : 0;
        p.results[e].id = id;
        p.results[e].log_prob = x[id] - total;
    }
    stay();
}
