/*
 * flags.cuh for the host: threads are only switched where they meet, so that plain operations are atomic and ordered. Who
 * waits is looked at again whenever other threads have run, of other blocks, too; a loop over flag_read would let none run.
 */
#ifndef EDDY_FLAGS_H
#define EDDY_FLAGS_H

namespace eddy {

struct Flag {
    const volatile unsigned *at;
    unsigned until;
};

static int is_raised(const void *what) {
    const Flag *flag = static_cast<const Flag *>(what);
    return (int)(*flag->at - flag->until) >= 0;
}

}  // namespace eddy

static inline void flag_add(unsigned *flag, unsigned by) { *flag += by; }
static inline unsigned flag_read(const unsigned *flag) { return *static_cast<const volatile unsigned *>(flag); }
static inline void flag_wait(const unsigned *flag, unsigned until) {
    eddy::Flag what = {flag, until};
    eddy_wait(eddy::is_raised, &what);
}

#endif
