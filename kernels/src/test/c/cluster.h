/*
 * cluster.cuh for the host: the blocks of a cluster run at the same time (run.c).
 */
#ifndef EDDY_CLUSTER_H
#define EDDY_CLUSTER_H

static inline void cluster_arrive() { eddy_cluster_arrive(); }
static inline void cluster_wait() { eddy_cluster_wait(); }
static inline void cluster_sync() {
    cluster_arrive();
    cluster_wait();
}
static inline float4 cluster_read(const float4 *at, int rank) {
    return *static_cast<const float4 *>(eddy_cluster_address(at, rank));
}

static inline void cluster_push(float4 *at, int rank, float4 v, Barrier *b) {
    *static_cast<float4 *>(eddy_cluster_address(at, rank)) = v;
    eddy::arrived(eddy_cluster_address(b, rank), sizeof v);
}
static inline void cluster_push(float *at, int rank, float v, Barrier *b) {
    *static_cast<float *>(eddy_cluster_address(at, rank)) = v;
    eddy::arrived(eddy_cluster_address(b, rank), sizeof v);
}
static inline void cluster_await(Barrier *b, unsigned parity) { barrier_wait(b, parity); }

#endif
