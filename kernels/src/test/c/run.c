/*
 * Runs kernels: the threads of a block are fibers on one thread of the process, switched where they meet. A thread
 * that meets nobody runs to its end like a loop's turn, and the next one takes over its stack.
 */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#if !defined(__x86_64__)
#include <ucontext.h>
#endif

#include "emulator.h"

enum { MOST_THREADS = 1024 * MOST_CLUSTER, STACK = 128 * 1024, CANARY = 64 };

enum state { FRESH, READY, AT_BARRIER, AT_NAMED_BARRIER, AT_CLUSTER_BARRIER, IN_WARP, AT_GATE, DONE };

#if defined(__x86_64__)
typedef void *place; /* the stack pointer; the registers lie on the stack */
#else
typedef ucontext_t place;
#endif

/* The blocks of a cluster, which run at the same time. */
struct block {
    struct eddy_index index;
    int live, waiting_at_barrier, waiting_at_named_barrier;
    int coming; /* copies into its shared memory that are to be done */
    char *dynamic_base, *dynamic_end, *static_area;
    size_t static_used;
};

struct fiber {
    struct eddy_thread thread; /* first: eddy_self points here */
    struct block *block;
    enum state state;
    enum { ELSEWHERE, ARRIVED, OPENED } at_cluster;
    unsigned warp;
    char *stack;
    place place;
    unsigned mask; /* the meeting it waits in */
    eddy_meeting *meet;
    const void *in;
    void *out;
    int (*open)(const void *what); /* the gate it waits at */
    const void *what;
};

/* A copy into a block's shared memory that is to be done. */
struct copy {
    struct fiber *by;
    void *to;
    const void *from;
    size_t bytes;
    eddy_copied *done;
    void *barrier;
};

struct eddy_thread *eddy_self;
struct eddy_index eddy_block_index, eddy_block_dim, eddy_grid_dim;

static struct fiber fibers[MOST_THREADS];
static struct block blocks[MOST_CLUSTER];
static int threads, cluster; /* threads of a block, blocks of a cluster */
static place scheduler;
static char *stacks, *free_stacks[MOST_THREADS];
static int free_count;

static const struct eddy_kernel *running;
static const void *arguments;
static pthread_t runner;
static volatile bool in_kernel;
static sigjmp_buf escape;
static volatile uintptr_t fault_address;
static volatile int fault_signal;
static int failure; /* what eddy_fail was told of */

static uint64_t cluster_number;

static struct copy *copies;
static unsigned copy_count, copy_room;

static struct eddy_kernel *kernels;

void eddy_register(struct eddy_kernel *kernel) {
    kernel->next = kernels;
    kernels = kernel;
}

struct eddy_kernel *first_kernel(void) { return kernels; }

/* ---- switching */

#if defined(__x86_64__)
void eddy_switch(place *from, place to);
__asm__(
    ".text\n"
    ".hidden eddy_switch\n"
    ".globl eddy_switch\n"
    ".type eddy_switch, @function\n"
    "eddy_switch:\n"
    "    pushq %rbp\n    pushq %rbx\n    pushq %r12\n    pushq %r13\n    pushq %r14\n    pushq %r15\n"
    "    movq %rsp, (%rdi)\n"
    "    movq %rsi, %rsp\n"
    "    popq %r15\n    popq %r14\n    popq %r13\n    popq %r12\n    popq %rbx\n    popq %rbp\n"
    "    ret\n"
    ".size eddy_switch, .-eddy_switch\n");

static void switch_places(place *from, place *to) { eddy_switch(from, *to); }

static void start_place(struct fiber *fiber, void (*function)(void)) {
    uintptr_t *top = (uintptr_t *)(fiber->stack + STACK);
    /* Popped by eddy_switch: six registers, then the function, entered with the stack as after a call. */
    top[-2] = (uintptr_t)function;
    memset(top - 8, 0, 6 * sizeof *top);
    fiber->place = top - 8;
}
#else
static void switch_places(place *from, place *to) { swapcontext(from, to); }

static void start_place(struct fiber *fiber, void (*function)(void)) {
    getcontext(&fiber->place);
    fiber->place.uc_stack.ss_sp = fiber->stack;
    fiber->place.uc_stack.ss_size = STACK;
    fiber->place.uc_link = NULL;
    makecontext(&fiber->place, function, 0);
}
#endif

static struct fiber *self(void) { return (struct fiber *)eddy_self; }

static void leave(struct fiber *fiber) { switch_places(&fiber->place, &scheduler); }

static void live_and_die(void) {
    running->entry(arguments);
    self()->state = DONE;
    leave(self());
}

static struct fiber *fibers_of(const struct block *block) { return fibers + (block - blocks) * threads; }

static void make_ready(struct fiber *from, int count, enum state state) {
    for (int i = 0; i < count; i++)
        if (from[i].state == state) from[i].state = READY;
}

/* The barrier opens when all of the block's threads that have not ended wait at it. */
static bool open_barrier(struct block *block) {
    if (block->waiting_at_barrier == 0 || block->waiting_at_barrier < block->live) return false;
    block->waiting_at_barrier = 0;
    make_ready(fibers_of(block), threads, AT_BARRIER);
    return true;
}

/* The cluster's opens when all threads of all blocks that have not ended have arrived at it. */
static void open_cluster_barrier(void) {
    for (int i = 0; i < cluster * threads; i++)
        if (fibers[i].state != DONE && fibers[i].at_cluster != ARRIVED) return;
    for (int i = 0; i < cluster * threads; i++) fibers[i].at_cluster = OPENED;
    make_ready(fibers, cluster * threads, AT_CLUSTER_BARRIER);
}

/* Goes on with the thread until it waits or ends. */
static void resume(struct fiber *fiber) {
    if (fiber->state == FRESH) {
        fiber->stack = free_stacks[--free_count];
        start_place(fiber, live_and_die);
        fiber->state = READY;
    }
    eddy_self = &fiber->thread;
    eddy_block_index = fiber->block->index;
    switch_places(&scheduler, &fiber->place);
    if (fiber->state == DONE) {
        free_stacks[free_count++] = fiber->stack;
        fiber->block->live--;
        open_barrier(fiber->block);
        open_cluster_barrier();
    }
}

/* ---- meeting */

void eddy_barrier(void) {
    self()->block->waiting_at_barrier++;
    self()->state = AT_BARRIER;
    if (!open_barrier(self()->block)) leave(self());
}

void eddy_named_barrier(int count) {
    struct block *block = self()->block;
    self()->state = AT_NAMED_BARRIER;
    if (++block->waiting_at_named_barrier < count) {
        leave(self());
        return;
    }
    block->waiting_at_named_barrier = 0;
    make_ready(fibers_of(block), threads, AT_NAMED_BARRIER);
}

void eddy_cluster_arrive(void) {
    if (self()->at_cluster != ELSEWHERE) eddy_fail("arrives at the cluster's barrier again without having waited");
    self()->at_cluster = ARRIVED;
    open_cluster_barrier();
}

void eddy_cluster_wait(void) {
    if (self()->at_cluster == ELSEWHERE) eddy_fail("waits at the cluster's barrier without having arrived");
    if (self()->at_cluster == ARRIVED) {
        self()->state = AT_CLUSTER_BARRIER;
        leave(self());
    }
    self()->at_cluster = ELSEWHERE;
}

void *eddy_cluster_address(const void *mine, int rank) {
    struct block *block = self()->block, *other = blocks + rank;
    const char *at = mine;
    if (rank < 0 || rank >= cluster) return NULL; /* faults where it is read */
    if (at >= block->dynamic_base && at < block->dynamic_end) return other->dynamic_base + (at - block->dynamic_base);
    return other->static_area + (at - block->static_area);
}

static struct fiber *of_lane(const struct fiber *fiber, int lane) {
    int index = (int)fiber->warp * 32 + lane;
    return index < threads ? fibers_of(fiber->block) + index : NULL;
}

void eddy_collective(unsigned mask, eddy_meeting *meet, const void *in, void *out) {
    struct fiber *fiber = self();
    fiber->mask = mask;
    fiber->meet = meet;
    fiber->in = in;
    fiber->out = out;
    fiber->state = IN_WARP;
    const void *ins[32] = {0};
    void *outs[32] = {0};
    unsigned here = 0;
    for (int lane = 0; lane < 32; lane++) {
        struct fiber *other = of_lane(fiber, lane);
        if (mask >> lane & 1 && other != NULL && other->state == IN_WARP && other->mask == mask && other->meet == meet) {
            here |= 1u << lane;
            ins[lane] = other->in;
            outs[lane] = other->out;
        }
    }
    if (here != mask || !(mask >> fiber->thread.lane & 1)) {
        leave(fiber);
        return;
    }
    meet(mask, ins, outs);
    for (int lane = 0; lane < 32; lane++)
        if (mask >> lane & 1) of_lane(fiber, lane)->state = READY;
}

void eddy_wait(int (*open)(const void *what), const void *what) {
    if (open(what)) return;
    struct fiber *fiber = self();
    fiber->open = open;
    fiber->what = what;
    fiber->state = AT_GATE;
    leave(fiber);
}

static bool passes_gate(struct fiber *fiber) {
    if (fiber->state != AT_GATE || !fiber->open(fiber->what)) return false;
    fiber->state = READY;
    return true;
}

/* ---- shared memory */

/* Every block of a cluster has an array at the same place, as on the device. */
void *eddy_static_shared(struct eddy_shared_site *site, size_t bytes) {
    if (site->cluster != cluster_number) {
        site->from = (blocks[0].static_used + 15) & ~(size_t)15;
        site->cluster = cluster_number;
        size_t used = site->from + bytes + CANARY;
        if (used > MOST_STATIC_SHARED + 4096) abort(); /* nvcc refuses it; see check_shared */
        for (int i = 0; i < cluster; i++) {
            fill_poison(blocks[i].static_area + site->from, bytes);
            memset(blocks[i].static_area + site->from + bytes, 0xc5, CANARY);
            blocks[i].static_used = used;
        }
    }
    return self()->block->static_area + site->from;
}

void *eddy_dynamic_shared(void) { return self()->block->dynamic_base; }

/* ---- copies */

void eddy_copy_later(void *to, const void *from, size_t bytes, eddy_copied *done, void *barrier) {
    fill_poison(to, bytes);
    if (copy_count == copy_room) {
        copy_room = copy_room == 0 ? 256 : 2 * copy_room;
        copies = realloc(copies, copy_room * sizeof *copies);
        if (copies == NULL) abort();
    }
    copies[copy_count++] = (struct copy){self(), to, from, bytes, done, barrier};
    self()->block->coming++;
}

/* Does so many of the copies, whichever they are. What one of them may not read is a fault of the thread that asked for it. */
static void do_copies(unsigned count) {
    while (count-- > 0) {
        unsigned at = next_random(copy_count);
        struct copy copy = copies[at];
        copies[at] = copies[--copy_count];
        copy.by->block->coming--;
        eddy_self = &copy.by->thread;
        eddy_block_index = copy.by->block->index;
        memcpy(copy.to, copy.from, copy.bytes);
        copy.done(copy.barrier, copy.bytes);
    }
}

/* On the device the rest would be written to whatever block has the memory by then. */
static int left_behind(const struct block *block) {
    const struct copy *copy = copies;
    while (copy->by->block != block) copy++;
    struct eddy_index b = block->index, t = copy->by->thread.index;
    return violation(LAUNCH_FAILED,
                     "kernel %s: block (%u, %u, %u) has ended before %d of the copies into its shared memory, one of them "
                     "thread (%u, %u, %u)'s of %zu bytes",
                     running->name, b.x, b.y, b.z, block->coming, t.x, t.y, t.z, copy->bytes);
}

/* ---- faults */

static int by_thread(int code, const char *what) {
    struct eddy_index t = eddy_self->index, b = eddy_block_index;
    return violation(code, "kernel %s, block (%u, %u, %u), thread (%u, %u, %u): %s", running->name, b.x, b.y, b.z, t.x,
                     t.y, t.z, what);
}

void eddy_fail(const char *what) {
    failure = by_thread(LAUNCH_FAILED, what);
    leave(self());
}

static struct sigaction before_segv, before_bus, before_fpe;

static void pass_on(const struct sigaction *before, int signal, siginfo_t *info, void *context) {
    if (before->sa_flags & SA_SIGINFO) {
        before->sa_sigaction(signal, info, context);
    } else if (before->sa_handler != SIG_DFL && before->sa_handler != SIG_IGN) {
        before->sa_handler(signal);
    } else {
        sigaction(signal, before, NULL); /* the instruction faults again, and ends the process */
    }
}

/* A kernel's fault ends its launch; any other belongs to whoever handled it before, the JVM as a rule. */
static void on_fault(int signal, siginfo_t *info, void *context) {
    if (in_kernel && pthread_equal(pthread_self(), runner)) {
        fault_address = (uintptr_t)info->si_addr;
        fault_signal = signal;
        siglongjmp(escape, 1);
    }
    pass_on(signal == SIGSEGV ? &before_segv : signal == SIGBUS ? &before_bus : &before_fpe, signal, info, context);
}

static void *reserve(size_t bytes) {
    void *at = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) {
        perror("emulated CUDA driver: mmap");
        abort();
    }
    return at;
}

static void prepare(void) {
    if (stacks != NULL) return;
    size_t stride = STACK + PAGE;
    stacks = reserve(MOST_THREADS * stride);
    for (int i = 0; i < MOST_THREADS; i++) mprotect(stacks + i * stride, PAGE, PROT_NONE);
    size_t shared = (MOST_DYNAMIC_SHARED + PAGE - 1) / PAGE * PAGE;
    for (int i = 0; i < MOST_CLUSTER; i++) {
        char *dynamic = reserve(shared + PAGE);
        mprotect(dynamic + shared, PAGE, PROT_NONE);
        blocks[i].dynamic_end = dynamic + shared;
        blocks[i].static_area = reserve(MOST_STATIC_SHARED + 2 * PAGE);
    }

    struct sigaction action = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigaction(SIGSEGV, &action, &before_segv);
    sigaction(SIGBUS, &action, &before_bus);
    sigaction(SIGFPE, &action, &before_fpe);
}

/* ---- blocks */

static int stuck(void) {
    int at[DONE + 1] = {0}, example = -1, index = 0;
    for (int i = 0; i < cluster * threads; i++) {
        at[fibers[i].state]++;
        if (fibers[i].state == IN_WARP) example = i;
        if (fibers[i].state != DONE) index = i / threads;
    }
    char lanes[64] = "";
    if (example >= 0)
        snprintf(lanes, sizeof lanes, " (thread %d for lanes %08x)", example % threads, fibers[example].mask);
    return violation(LAUNCH_TIMEOUT,
                     "kernel %s hangs in block (%u, %u, %u): %d threads wait at __syncthreads, %d at another barrier, %d at "
                     "the cluster's, %d in a warp's meeting%s, %d at an mbarrier, %d have ended",
                     running->name, blocks[index].index.x, blocks[index].index.y, blocks[index].index.z, at[AT_BARRIER],
                     at[AT_NAMED_BARRIER], at[AT_CLUSTER_BARRIER], at[IN_WARP], lanes, at[AT_GATE], at[DONE]);
}

static int check_shared(const struct block *block) {
    if (block->static_used == 0) return SUCCESS;
    for (int i = 1; i <= CANARY; i++) /* the last array's; those between are other arrays' neighbours */
        if ((unsigned char)block->static_area[block->static_used - i] != 0xc5)
            return violation(ILLEGAL_ADDRESS, "kernel %s wrote past its static shared memory", running->name);
    return SUCCESS;
}

static void begin_block(struct block *block, unsigned dynamic_shared) {
    block->static_used = 0;
    block->dynamic_base = block->dynamic_end - (dynamic_shared + 15) / 16 * 16;
    fill_poison(block->dynamic_base, block->dynamic_end - block->dynamic_base);
    block->live = threads;
    block->waiting_at_barrier = block->waiting_at_named_barrier = 0;
    block->coming = 0;
    for (int i = 0; i < threads; i++) {
        fibers_of(block)[i].state = FRESH;
        fibers_of(block)[i].at_cluster = ELSEWHERE;
    }
}

static bool any_lives(void) {
    for (int i = 0; i < cluster; i++)
        if (blocks[i].live > 0) return true;
    return false;
}

static int run_cluster(unsigned dynamic_shared) {
    cluster_number++;
    for (int i = 0; i < cluster; i++) begin_block(blocks + i, dynamic_shared);
    int all = cluster * threads;
    copy_count = 0;
    /* Copies are done at any time, or all as late as can be, when nobody can go on without one. */
    bool late = next_random(2) == 0;
    while (any_lives()) {
        bool moved = false;
        if (copy_count > 0 && !late) do_copies(next_random(copy_count + 1));
        /* Which thread comes first is nobody's business: a missing __syncthreads shows when it is not thread 0. */
        int first = (int)next_random((unsigned)all), step = next_random(2) == 0 ? 1 : all - 1;
        for (int i = 0, at = first; i < all; i++, at = (at + step) % all) {
            if (fibers[at].state == FRESH || fibers[at].state == READY || passes_gate(&fibers[at])) {
                resume(&fibers[at]);
                moved = true;
                if (failure != SUCCESS) return failure;
                if (fibers[at].block->live == 0 && fibers[at].block->coming > 0) return left_behind(fibers[at].block);
            }
        }
        if (!moved && copy_count == 0) return stuck();
        if (!moved) do_copies(1 + next_random(copy_count));
    }
    for (int i = 0; i < cluster; i++) {
        int code = check_shared(blocks + i);
        if (code != SUCCESS) return code;
    }
    return SUCCESS;
}

/* Clusters lie along z. */
static int run_grid(struct eddy_index grid, unsigned dynamic_shared) {
    for (unsigned z = 0; z < grid.z; z += (unsigned)cluster)
        for (unsigned y = 0; y < grid.y; y++)
            for (unsigned x = 0; x < grid.x; x++) {
                for (int i = 0; i < cluster; i++) blocks[i].index = (struct eddy_index){x, y, z + (unsigned)i};
                int code = run_cluster(dynamic_shared);
                if (code != SUCCESS) return code;
            }
    return SUCCESS;
}

static void number_threads(struct eddy_index block) {
    threads = (int)(block.x * block.y * block.z);
    for (int i = 0; i < cluster * threads; i++) {
        unsigned t = (unsigned)(i % threads);
        fibers[i].thread = (struct eddy_thread){{t % block.x, t / block.x % block.y, t / block.x / block.y}, t % 32};
        fibers[i].warp = t / 32;
        fibers[i].block = blocks + i / threads;
    }
}

static int fault(void) {
    char text[256];
    if (fault_signal == SIGFPE)
        snprintf(text, sizeof text, "an integer division by zero");
    else
        describe_address(fault_address, text, sizeof text);
    return by_thread(ILLEGAL_ADDRESS, text);
}

int run_kernel(const struct eddy_kernel *kernel, int device, struct eddy_index grid, struct eddy_index block,
               unsigned blocks_of_cluster, unsigned dynamic_shared, const void *parameters) {
    (void)device;
    static char signal_stack[64 * 1024];
    prepare();
    running = kernel;
    arguments = parameters;
    eddy_grid_dim = grid;
    eddy_block_dim = block;
    cluster = (int)blocks_of_cluster;
    failure = SUCCESS;
    number_threads(block);
    free_count = 0;
    for (int i = MOST_THREADS - 1; i >= 0; i--) free_stacks[free_count++] = stacks + (size_t)i * (STACK + PAGE) + PAGE;

    stack_t ours = {.ss_sp = signal_stack, .ss_size = sizeof signal_stack}, before;
    sigaltstack(&ours, &before); /* for faults of a fiber's own stack */
    runner = pthread_self();
    int code;
    if (sigsetjmp(escape, 1) == 0) {
        in_kernel = true;
        code = run_grid(grid, dynamic_shared);
    } else {
        code = fault();
    }
    in_kernel = false;
    sigaltstack(&before, NULL);
    return code == SUCCESS ? check_guards(kernel->name) : code;
}
