/*
 * The emulated CUDA driver, a test's libcuda.so.1: what its files share. Every entry point takes one lock (enter),
 * so that everything here runs on one thread at a time.
 */
#ifndef EDDY_EMULATOR_H
#define EDDY_EMULATOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "kernels.h"

#define EXPORT __attribute__((visibility("default")))

enum {
    SUCCESS = 0,
    INVALID_VALUE = 1,
    OUT_OF_MEMORY = 2,
    NOT_INITIALIZED = 3,
    INVALID_DEVICE = 101,
    INVALID_IMAGE = 200,
    INVALID_CONTEXT = 201,
    NO_BINARY_FOR_GPU = 209,
    INVALID_HANDLE = 400,
    ASSERT = 710,
    NOT_FOUND = 500,
    NOT_READY = 600,
    ILLEGAL_ADDRESS = 700,
    LAUNCH_OUT_OF_RESOURCES = 701,
    LAUNCH_TIMEOUT = 702,
    ALREADY_REGISTERED = 712,
    LAUNCH_FAILED = 719,
    NOT_SUPPORTED = 801,
    CAPTURE_UNSUPPORTED = 900,
    /* 710 is also what the emulator says of reads of unwritten memory. */
    CAPTURE_UNJOINED = 904,
};

enum { MOST_DEVICES = 4, MOST_CLUSTER = 8, PAGE = 4096, MOST_STATIC_SHARED = 48 * 1024, MOST_DYNAMIC_SHARED = 227 * 1024 };

/*
 * What memory holds before anybody writes it: a NaN whether read as f32 or as two bf16, and one whose payload survives
 * arithmetic, so that what was computed from it is recognised as well.
 */
#define POISON 0xffd1ffd1u

/* ---- faults.c: injected failures, counts, and the text of what was found wrong */

/* Counts a call on a device, or with -1 a kernel's execution, and returns the failure that is due, or SUCCESS. */
int count(const char *name, int device);
/* Takes note of a violation, for the text of the next errors and the tests, and returns `code`. */
int violation(int code, const char *format, ...) __attribute__((format(printf, 2, 3)));
const char *last_violation(void);
unsigned next_random(unsigned below);
bool is_sticky(int code);
long setting(const char *name, long otherwise);

/* ---- memory.c: device and pinned host memory, each piece between guards in a range of its own */

struct allocation {
    uintptr_t from, until;          /* what was asked for */
    uintptr_t first_page, end_page; /* what is mapped for it */
    int device;                     /* -1: pinned host memory */
    bool registered;                /* host memory that somebody else gave and takes back */
    unsigned long number;
    struct allocation *next;
};

int allocate(int device, size_t bytes, uintptr_t *address);
int release(int device, uintptr_t address);
void release_all(int device);
int register_host(uintptr_t address, size_t bytes);
int unregister_host(uintptr_t address);
size_t memory_total(void);
size_t memory_used(int device);
/* Whether [address, address + bytes) is live memory of the device (-1: pinned); tells what it is where it is not. */
int check_range(int device, uintptr_t address, size_t bytes, const char *what);
bool is_device_address(uintptr_t address);
struct allocation *find_pinned(uintptr_t address, size_t bytes);
/* Whether writes went past the end of any allocation into the rest of its last page. */
int check_guards(const char *after);
int check_written(int device, uintptr_t address, size_t bytes);
void fill_poison(void *to, size_t bytes);
/* What a fault at the address means, in words. */
const char *describe_address(uintptr_t address, char *text, size_t size);

/* A line an allocation of device memory: address and bytes. */
void record_memory(FILE *out);

/* ---- run.c: kernels on fibers */

struct eddy_kernel *first_kernel(void);
int run_kernel(const struct eddy_kernel *kernel, int device, struct eddy_index grid, struct eddy_index block,
               unsigned cluster, unsigned dynamic_shared, const void *parameters);

/* ---- objects; a destroyed one keeps its memory, so that its use is recognised */

enum kind { CONTEXT = 0x43545821, STREAM, EVENT, MODULE, FUNCTION, GRAPH, GRAPH_EXEC, DEAD };

struct context {
    enum kind kind;
    int device;
    int retained;
    int lost; /* the sticky error that every call returns */
    struct stream *streams;
    struct stream *legacy;
};

struct object {
    enum kind kind;
    struct context *context;
};

struct module {
    struct object object;
    char file[64];
    struct function *functions;
};

struct function {
    struct object object;
    struct eddy_kernel *kernel;
    struct module *module;
    struct function *next;
};

/* One recording of an event: waits hold on to it while the event is recorded anew. */
struct ticket {
    bool done;
    int64_t nanoseconds;
};

struct event {
    struct object object;
    struct ticket *ticket; /* null: never recorded */
    struct graph *graph;   /* recorded within this capture, after these nodes */
    struct nodes *nodes;
};

enum work { COPY, FILL, KERNEL, RECORD, WAIT, RUN_GRAPH };

struct operation {
    enum work work;
    struct context *context;
    uintptr_t to, from; /* COPY, FILL */
    size_t bytes;
    bool to_device, from_device;
    void *staged;   /* a copy of pageable memory, made when the call was */
    uint32_t value; /* FILL, in elements of value_bytes */
    int value_bytes;
    struct function *function; /* KERNEL */
    struct eddy_index grid, block;
    unsigned cluster; /* blocks, along z */
    bool overlaps;    /* with the launch before */
    unsigned dynamic_shared;
    void *parameters;
    struct ticket *ticket; /* RECORD, WAIT */
    struct graph *graph;   /* RUN_GRAPH */
    struct operation *next;
};

struct stream {
    struct object object;
    bool blocking;
    long number; /* the nth that was created in this process; 0 for a context's own */
    struct operation *first, *last;
    struct graph *capture; /* what is recorded instead of done ... */
    struct nodes *tail;    /* ... after these of its nodes */
    struct stream *next;
};

/* ---- work.c: streams do their operations late and in a random order, as far as streams and events allow */

/* Adds to the stream, or to what it records; then does some of what is due on any stream. */
int enqueue(struct stream *stream, const struct operation *operation);
int perform(const struct operation *operation);
void make_some_progress(void);
/* Does what must come before the stream's present end (or the ticket); fails where it waits for what never comes. */
int drain_stream(struct stream *stream);
int drain_ticket(struct ticket *ticket);
int drain_context(struct context *context);
void drop_work(struct context *context);
/* Whether an operation that is still to be done launches the graph. */
bool is_awaited(const struct graph *graph);

/* ---- graph.c */

struct nodes {
    int index;
    struct nodes *next;
};

struct graph *graph_begin(struct stream *origin);
int graph_add(struct stream *stream, const struct operation *operation);
int graph_end(struct stream *stream, struct graph **graph);
int graph_instantiate(struct graph *graph, struct graph **executable);
/* A stream of the same capture waits for the event, or a stream outside joins it. */
int graph_wait(struct stream *stream, struct event *event);
void graph_record(struct stream *stream, struct event *event);
int graph_perform(const struct graph *graph);
void graph_poison_outputs(const struct graph *graph);
/* Frees what an executable graph does, unless it is still to be done. */
void graph_forget(struct graph *executable);

/* ---- api.c */

struct context *current(void);
/* Lets other threads call the driver for a moment. */
void let_others_in(void);
bool in_use(uintptr_t from, size_t bytes, const struct graph *except);

#endif
