/* What a kernel compiled for the host needs of the emulator: who it is, its block's memory, and meetings of threads. */
#ifndef EDDY_KERNELS_H
#define EDDY_KERNELS_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct eddy_index {
    unsigned x, y, z;
};

/* The part of a thread that kernels see; run.c keeps the rest behind it. */
struct eddy_thread {
    struct eddy_index index;
    unsigned lane;
};

extern struct eddy_thread *eddy_self;
extern struct eddy_index eddy_block_index, eddy_block_dim, eddy_grid_dim;

/* Waits for all threads of the block. */
void eddy_barrier(void);

/* Waits until `count` of them are here. */
void eddy_named_barrier(int count);

/* Is counted, and later waits until all threads of the cluster's blocks are. */
void eddy_cluster_arrive(void);
void eddy_cluster_wait(void);

/* What lies at the place of something in the calling block's shared memory in that of the cluster's block `rank`. */
void *eddy_cluster_address(const void *mine, int rank);

/*
 * Waits for the lanes of the mask, all of which call it. The last one calls `meet` with every lane's `in` and `out`
 * (null for lanes that are not in the mask), then all go on. `in` and `out` may lie on the callers' stacks.
 */
typedef void eddy_meeting(unsigned mask, const void *const in[32], void *const out[32]);
void eddy_collective(unsigned mask, eddy_meeting *meet, const void *in, void *out);

/* Waits until `open` says so of `what`, which may lie on the caller's stack; other threads run meanwhile. */
void eddy_wait(int (*open)(const void *what), const void *what);

/*
 * Copies into the calling block's shared memory at a random later moment, after or before other copies; `from` is read
 * and `done` called then. Until then nobody may read what lies at `to`, which is poisoned.
 */
typedef void eddy_copied(void *barrier, size_t bytes);
void eddy_copy_later(void *to, const void *from, size_t bytes, eddy_copied *done, void *barrier);

/* Ends the launch because of what the calling thread did; does not return. */
void eddy_fail(const char *what);

/* A static shared array: `site` is static at its place in the source, where the cluster's first thread notes the offset. */
struct eddy_shared_site {
    uint64_t cluster;
    size_t from;
};
void *eddy_static_shared(struct eddy_shared_site *site, size_t bytes);
void *eddy_dynamic_shared(void);

/* A kernel, registered when the library is loaded. */
struct eddy_kernel {
    const char *name;
    const char *file;
    size_t parameter_bytes;
    void (*entry)(const void *parameters);
    struct eddy_kernel *next;
    /* As cuFuncSetAttribute allowed; before, 48 KB less what the kernel's arrays take: a kilobyte, as it is not known here. */
    int most_dynamic_shared;
};
void eddy_register(struct eddy_kernel *kernel);

#ifdef __cplusplus
}
#endif
#endif
