// From rows of logits to ids: log-probabilities and scores, then one id for each entry that wants one, without a sort of
// the vocabulary: thresholds are found by counting digits of the order's number, and only the few ids that top-p must add
// up in order are sorted. A block has a row. Reference: ReferenceSampler, Lanes.logSumExp.
//
// Versions, µs a launch of score and sample at one session of a model of 2.7 to 2.9B parameters (kernels/docs/cuda.md):
//   512 threads, which make exponentials and then let sixteen add them      105 and 60                (H100)
//   1,024 threads, lanes added while the next exponentials are made         33 to 40 and 21 to 24    (H200)
//   128 lanes instead of sixteen, added by a warp                           30 and 23                (H200)
#include "batch.cuh"
#include "lanes.cuh"
#include "philox.cuh"
#include "ranking.cuh"

typedef unsigned long long Rank;

enum { SAMPLE_THREADS = 1024, SORTED = 512, EXPONENTS = 4096, MAX_TOP = 20, WINDOW = 256, AT_ONCE = 8 };

// What every thread of a block learns from all.
template <class T, class Join>
EDDY_DEVICE T join_block(T value, T* parts, Join join) {
    for (int half = 16; half > 0; half >>= 1) {
        value = join(value, __shfl_xor_sync(ALL_LANES, value, half));
    }
    __syncthreads();
    if ((threadIdx.x & 31) == 0) {
        parts[threadIdx.x / 32] = value;
    }
    __syncthreads();
    value = parts[0];
    for (int i = 1; i < (int)blockDim.x / 32; i++) {
        value = join(value, parts[i]);
    }
    __syncthreads();
    return value;
}

struct LargerRank {
    EDDY_DEVICE Rank operator()(Rank a, Rank b) const { return a > b ? a : b; }
};

struct LargerFloat {
    EDDY_DEVICE float operator()(float a, float b) const { return eddy_max(a, b); }
};

// Calls f(i) once for every i below count, by all threads from `first` on, and take with what it gave; f's loads of
// several turns are on their way together.
template <class T, class F, class Take>
EDDY_DEVICE void each(int count, int first, F f, Take take) {
    int threads = blockDim.x - first;
    for (int from = threadIdx.x - first; from < count; from += AT_ONCE * threads) {
        T held[AT_ONCE];
#pragma unroll
        for (int u = 0; u < AT_ONCE; u++) {
            int i = from + u * threads;
            held[u] = f(i < count ? i : from);
        }
#pragma unroll
        for (int u = 0; u < AT_ONCE; u++) {
            if (from + u * threads < count) {
                take(from + u * threads, held[u]);
            }
        }
    }
}

template <class Term>
struct TermFrom {
    Term term;
    int from;
    EDDY_DEVICE float operator()(int i) const { return term(from + i); }
};

struct KeepTerm {
    float* terms;
    EDDY_DEVICE void operator()(int i, float value) const { terms[i] = value; }
};

// The sum in lanes of f(i), i below count: all warps but the first make terms, [2 EXPONENTS], while the first adds those
// made before.
template <class Term>
EDDY_DEVICE float lanes_of_block(int count, float* terms, float* result, Term term) {
    float4 lanes = no_lanes();
    int first = blockDim.x > 32 ? 32 : 0;
    int tiles = (count + EXPONENTS - 1) / EXPONENTS;
    __syncthreads();
    for (int t = 0; t <= tiles; t++) {
        if (t < tiles && (int)threadIdx.x >= first) {
            int from = t * EXPONENTS;
            TermFrom<Term> made = {term, from};
            KeepTerm keep = {terms + (t & 1) * EXPONENTS};
            each<float>(count - from < EXPONENTS ? count - from : EXPONENTS, first, made, keep);
        }
        if (t > 0 && threadIdx.x < 32) {
            int from = (t - 1) * EXPONENTS;
            int held = count - from < EXPONENTS ? count - from : EXPONENTS;
            lanes = lane_add(lanes, terms + ((t - 1) & 1) * EXPONENTS, held);
        }
        __syncthreads();
    }
    if (threadIdx.x < 32) {
        float sum = lane_tree(lanes);
        if (threadIdx.x == 0) {
            *result = sum;
        }
    }
    __syncthreads();
    return *result;
}

struct ScoreParams {
    Batch batch;
    Rows logits;
    float* totals;  // [selected]
    float* scores;  // [selected]
};

struct Exponent {
    const float* x;
    float largest;
    EDDY_DEVICE float operator()(int i) const { return eddy_exp(x[i] - largest); }
};

// ln of the sum of exponentials of the rows that need it, and the scores of their targets. Grid: x selected rows.
EDDY_KERNEL_BOUNDS(score, ScoreParams, SAMPLE_THREADS) {
    EDDY_SHARED(float4, quads, EXPONENTS / 2);  // terms
    EDDY_SHARED(float, parts, 32);
    EDDY_SHARED(float, sum, 1);
    int s = blockIdx.x;
    if (s >= p.batch.counts->selected) {
        return;
    }
    const Selected& selected = p.batch.selected[s];
    if (selected.target < 0 && !selected.sampled) {
        return;
    }
    const float* x = row_of(p.logits, s);
    float largest = negative_infinity();
    each<float>(p.logits.width, 0, [&](int i) { return x[i]; },
                [&](int, float value) { largest = eddy_max(value, largest); });
    largest = join_block(largest, parts, LargerFloat());
    Exponent exponent = {x, largest};
    float total = largest + eddy_log(lanes_of_block(p.logits.width, (float*)quads, sum, exponent));
    if (threadIdx.x == 0) {
        p.totals[s] = total;
        p.scores[s] = selected.target < 0 ? 0.0f : x[selected.target] - total;
    }
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
    Rank* ranks;  // [32]
    float* terms;  // [2 EXPONENTS], at a multiple of sixteen bytes
    float* sum;
    int* digits;  // [256]
    int* chosen;  // [2]
    int* recent;  // [WINDOW]
};

// A row as the draw sees it: logits after bias and penalties, over the temperature.
struct Draw {
    const float* x;
    int width;
    float temperature;  // 0: as it is
    bool ranks_nan;  // true: NaN is last of all, not minus infinity

    EDDY_DEVICE float value(int i) const {
        float y = x[i];
        y = y != y && !ranks_nan ? negative_infinity() : y;
        return temperature == 0.0f ? y : y / temperature;
    }

    EDDY_DEVICE Rank rank(int i) const { return rank_of(value(i), i); }
};

EDDY_DEVICE Rank best_of(const Draw& draw, const Scratch& shared) {
    Rank best = 0;
    each<float>(draw.width, 0, [&](int i) { return draw.value(i); },
                [&](int i, float value) {
                    Rank rank = rank_of(value, i);
                    best = rank > best ? rank : best;
                });
    return join_block(best, shared.ranks, LargerRank());
}

// The wanted-th largest rank below `below`, or the smallest there is: counts by digits of eight bits, from the top.
EDDY_DEVICE Rank nth_below(const Draw& draw, const Scratch& shared, Rank below, int wanted) {
    Rank prefix = 0;
    for (int shift = 56; shift >= 0; shift -= 8) {
        for (int i = threadIdx.x; i < 256; i += blockDim.x) {
            shared.digits[i] = 0;
        }
        __syncthreads();
        for (int i = threadIdx.x; i < draw.width; i += blockDim.x) {
            Rank rank = draw.rank(i);
            if (rank < below && (shift == 56 || rank >> (shift + 8) == prefix)) {
                atomicAdd(shared.digits + (int)(rank >> shift & 255), 1);
            }
        }
        __syncthreads();
        if (threadIdx.x == 0) {
            int digit = 255;
            int left = wanted;
            int lowest = 255;
            for (; digit > 0 && shared.digits[digit] < left; digit--) {
                left -= shared.digits[digit];
                lowest = shared.digits[digit] > 0 ? digit : lowest;
            }
            bool enough = shared.digits[digit] >= left;
            shared.chosen[0] = enough ? digit : shared.digits[digit] > 0 ? digit : lowest;
            shared.chosen[1] = enough ? left : shared.digits[shared.chosen[0]];
        }
        __syncthreads();
        prefix = prefix << 8 | (Rank)shared.chosen[0];
        wanted = shared.chosen[1];
        __syncthreads();
    }
    return prefix;
}

// Sorts the ranks from `least` up to below `below`, at most SORTED of them, larger first; how many there are.
EDDY_DEVICE int sort_range(const Draw& draw, const Scratch& shared, Rank least, Rank below) {
    if (threadIdx.x == 0) {
        shared.chosen[0] = 0;
    }
    for (int i = threadIdx.x; i < SORTED; i += blockDim.x) {
        shared.sorted[i] = 0;
    }
    __syncthreads();
    for (int i = threadIdx.x; i < draw.width; i += blockDim.x) {
        Rank rank = draw.rank(i);
        if (rank >= least && rank < below) {
            shared.sorted[atomicAdd(shared.chosen, 1)] = rank;
        }
    }
    __syncthreads();
    int count = shared.chosen[0];
    for (int size = 2; size <= SORTED; size <<= 1) {
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

// exp(x - largest) of the ids from a rank on.
struct Mass {
    Draw draw;
    float largest;
    Rank least;
    EDDY_DEVICE float operator()(int i) const {
        return draw.rank(i) < least ? 0.0f : eddy_exp(draw.value(i) - largest);
    }
};

// The rank of the last id that top-p keeps among those from `least` on: masses are added in order until they suffice.
EDDY_DEVICE Rank top_p_rank(const Draw& draw, const Scratch& shared, float top_p, Rank best, Rank least) {
    float largest = draw.value(id_of(best));
    Mass mass = {draw, largest, least};
    float wanted = top_p * lanes_of_block(draw.width, shared.terms, shared.sum, mass);
    Rank below = ~0ull;
    Rank last = best;
    float sum = 0.0f;
    while (sum < wanted && below > least) {
        Rank from = nth_below(draw, shared, below, SORTED);
        int count = sort_range(draw, shared, from > least ? from : least, below);
        if (threadIdx.x == 0) {
            for (int i = 0; i < count && sum < wanted; i++) {
                last = shared.sorted[i];
                sum += eddy_exp(draw.value(id_of(last)) - largest);
            }
            shared.ranks[0] = last;
            *shared.sum = sum;
        }
        __syncthreads();
        last = shared.ranks[0];
        sum = *shared.sum;
        __syncthreads();
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
        floor = draw.value(id_of(best)) + eddy_log(entry.min_p);
    }
    Rank winner = 0;
    for (int i = threadIdx.x; i < draw.width; i += blockDim.x) {
        Rank rank = draw.rank(i);
        if (rank >= least && (rank == best || entry.min_p <= 0.0f || draw.value(i) >= floor)) {
            Rank noisy = rank_of(draw.value(i) + gumbel(entry.seed, position, entry.branch, i), i);
            winner = noisy > winner ? noisy : winner;
        }
    }
    return id_of(join_block(winner, shared.ranks, LargerRank()));
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

// Bias, then penalties, in place; what was there goes to originals.
EDDY_DEVICE void adjust(const SampleParams& p, const Entry& entry, float* x, float* originals, const int* recent, int count) {
    const int* ids = p.batch.counts->pool + entry.bias;
    for (int i = threadIdx.x; i < entry.bias_count; i += blockDim.x) {
        if (ids[i] < p.logits.width) {
            originals[WINDOW + i] = x[ids[i]];
            x[ids[i]] = without_nan(x[ids[i]]) + bits_to_float(ids[entry.bias_count + i]);
        }
    }
    __syncthreads();
    for (int j = threadIdx.x; j < count; j += blockDim.x) {
        int times = occurrences(recent, count, j);
        if (times > 0 && recent[j] < p.logits.width) {
            originals[j] = x[recent[j]];
            x[recent[j]] = penalise(entry, without_nan(x[recent[j]]), times);
        }
    }
    __syncthreads();
}

EDDY_DEVICE void restore(const SampleParams& p, const Entry& entry, float* x, const float* originals, const int* recent, int count) {
    __syncthreads();
    for (int j = threadIdx.x; j < count; j += blockDim.x) {
        if (occurrences(recent, count, j) > 0 && recent[j] < p.logits.width) {
            x[recent[j]] = originals[j];
        }
    }
    __syncthreads();
    const int* ids = p.batch.counts->pool + entry.bias;
    for (int i = threadIdx.x; i < entry.bias_count; i += blockDim.x) {
        if (ids[i] < p.logits.width) {
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
        p.top_ids[e * MAX_TOP + i] = id;
        p.top_log_probs[e * MAX_TOP + i] = raw.x[id] - total;
    }
    __syncthreads();
}

// Grid: x entries. Block: SAMPLE_THREADS at most.
EDDY_KERNEL_BOUNDS(sample, SampleParams, SAMPLE_THREADS) {
    EDDY_SHARED(Rank, sorted, SORTED);
    EDDY_SHARED(Rank, ranks, 32);
    EDDY_SHARED(float4, quads, EXPONENTS / 2);  // terms
    EDDY_SHARED(float, sum, 1);
    EDDY_SHARED(int, digits, 256);
    EDDY_SHARED(int, chosen, 2);
    EDDY_SHARED(int, recent, WINDOW);
    int e = blockIdx.x;
    if (e >= p.batch.counts->entries) {
        return;
    }
    const Entry& entry = p.batch.entries[e];
    if (!(entry.flags & WANTS_SAMPLE) || p.results[e].status != ENTRY_DONE) {
        return;
    }
    Scratch shared = {sorted, ranks, (float*)quads, sum, digits, chosen, recent};
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
    if (threadIdx.x == 0) {
        int* sampler = (int*)state_of(p.batch, entry.slot, p.sampler);
        sampler[PENDING] = id;
        sampler[HALTED] = stops(p.batch, entry, id) ? 1 : 0;
        p.results[e].id = id;
        p.results[e].log_prob = x[id] - total;
    }
}
