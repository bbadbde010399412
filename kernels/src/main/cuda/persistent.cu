// Written by FusedKernelsTest: runs of launches of the models named here, each with the operators on rows that it has.
#include "persistent.cuh"

#define FUSED_COLUMNS(rows)
#define FUSED_ROWS(rows)
#define FUSED_SCANS(rows)
#define FUSED_HEADS(rows)
#include "fused_list.cuh"

// rwkv7-2.9b, rwkv7-7.2b
PERSISTENT(persistent_0cbd136cca50, rows_03679b546d9a, rows_503e18007a9a, rows_505e915a387e, rows_66adf2558312, rows_9b360660684e, rows_ff61ebb36808)

// stripedhyena-7b
PERSISTENT(persistent_3eccc8b617a5, rows_066990e88537, rows_4ea2b27c6add, rows_f382ce0be3ad)

// mamba-2.8b
PERSISTENT(persistent_4302068231f4, rows_1c01a5fe43c6, rows_79d16c94ddf7, rows_954a17b6862f, rows_b1d2c1735c26, rows_e8a8e0c5649a)

// stripedhyena-7b
PERSISTENT(persistent_6c94bdf5b0d7, rows_066990e88537, rows_526132f0785b, rows_97147673f90f, rows_f382ce0be3ad, rows_f49e4e08e4e2)
