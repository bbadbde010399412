// Launches of operators on rows of well-known models, each as a kernel of its own.
#include "fused_rows.cuh"

#define FUSED_KERNEL(rows, few)                                                                                      \
    typedef rows::Params rows##_params;                                                                              \
    EDDY_KERNEL_AHEAD(rows##_one, rows##_params, few) {                                                              \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        run_fused<rows, true>(p, shared, Team::block());                                                             \
    }

#define FUSED_KERNELS(rows, few, many)                                                                               \
    FUSED_KERNEL(rows, few)                                                                                          \
    EDDY_KERNEL_AHEAD(rows##_all, rows##_params, many) {                                                             \
        EDDY_DYNAMIC_SHARED(float, shared);                                                                          \
        run_fused<rows, false>(p, shared, Team::block());                                                            \
    }

// Grid: x rows, y blocks of 512 columns, 128 threads: a row is always split.
#define FUSED_COLUMNS(rows) FUSED_KERNEL(rows, __launch_bounds__(320, 2))

// Grid: x rows, y blocks of `span` columns. _one: a thread has at most four of the block's columns, or a column in four;
// _all: a block may have a row. Dynamic shared memory: what phases leave there.
#define FUSED_ROWS(rows) FUSED_KERNELS(rows, __launch_bounds__(320, 2), __launch_bounds__(320, 2))

// With a recurrence by column, 128 threads. _all: where so many blocks come that more of them at a time, with fewer registers
// each, bring more states than early reads do.
#define FUSED_SCANS(rows) FUSED_KERNELS(rows, __launch_bounds__(128, 2), __launch_bounds__(128, 7))

// Grid: x rows, y heads of 64 columns, each with as many threads. _all: as above.
#define FUSED_HEADS(rows) FUSED_KERNELS(rows, __launch_bounds__(64), __launch_bounds__(64, 8))

#include "fused_list.cuh"
