/*
 * pipeline.cuh for the host: barriers that count arrivals and bytes (PTX ISA, mbarrier), and copies that are done late and
 * in any order, as on the device. Who waits is looked at again whenever another thread has run, and passes as there if the
 * barrier is in the use after the one it means, or in the use before: parities do not tell those apart.
 */
#ifndef EDDY_MBARRIER_H
#define EDDY_MBARRIER_H

#define EDDY_COPY_ENGINE 1

struct Barrier {
    short arrivals, pending;
    int phase;
    long long bytes; /* announced less arrived */
};

namespace eddy {

static void open_if_complete(Barrier *b) {
    if (b->pending == 0 && b->bytes == 0) {
        b->phase++;
        b->pending = b->arrivals;
    }
}

static void arrived(void *barrier, size_t bytes) {
    Barrier *b = static_cast<Barrier *>(barrier);
    b->bytes -= (long long)bytes;
    open_if_complete(b);
}

/* Beyond what a phase expects the count of pending arrivals would leave its range, which begins at 0 (PTX ISA, mbarrier). */
static void arrive(Barrier *b) {
    if (b->pending == 0) eddy_fail("arrives at an mbarrier more often than its phase expects, whose copies are still to come");
    b->pending--;
    open_if_complete(b);
}

struct Use {
    const volatile Barrier *barrier;
    unsigned parity;
};

static int is_open(const void *what) {
    const Use *use = static_cast<const Use *>(what);
    return (unsigned)(use->barrier->phase & 1) != use->parity;
}

}  // namespace eddy

static inline void barrier_init(Barrier *b, int arrivals) {
    *b = Barrier{(short)arrivals, (short)arrivals, 0, 0};
}
static inline void barrier_init_for_copies(Barrier *b, int warps) { barrier_init(b, warps); }
static inline void barriers_ready() {}
static inline void barrier_arrive(Barrier *b) {
    eddy::arrive(b);
}
static inline void barrier_wait(Barrier *b, unsigned parity) {
    eddy::Use use = {b, parity};
    eddy_wait(eddy::is_open, &use);
}
static inline bool copies_here() { return eddy_self->lane == 0; }
static inline void copy_begin(Barrier *b, unsigned bytes) {
    b->bytes += bytes;
    eddy::arrive(b);
}
static inline void copy_ahead(void *to, const void *from, unsigned bytes, Barrier *b) {
    eddy_copy_later(to, from, bytes, eddy::arrived, b);
}
static inline uint64_t copy_policy(bool) { return 0; }
static inline void copy_ahead(void *to, const void *from, unsigned bytes, Barrier *b, uint64_t) { copy_ahead(to, from, bytes, b); }
static inline void copies_arrive(Barrier *b) { eddy::arrive(b); }
static inline void copy_end(Barrier *) {}

#endif
