/* Entry points: memory, copies, streams, events, launches, graphs. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>

#include "api.h"

/* ---- memory */

EXPORT int cuMemGetInfo_v2(size_t *free_bytes, size_t *total) {
    ENTER_CONTEXT("cuMemGetInfo_v2");
    *total = memory_total();
    *free_bytes = *total - memory_used(current_context->device);
    return leave(SUCCESS);
}

EXPORT int cuMemAlloc_v2(uintptr_t *address, size_t bytes) {
    ENTER_CONTEXT("cuMemAlloc_v2");
    return leave(allocate(current_context->device, bytes, address));
}

EXPORT int cuMemFree_v2(uintptr_t address) {
    ENTER_CONTEXT("cuMemFree_v2");
    code = drain_context(current_context);
    if (code == SUCCESS) code = release(current_context->device, address);
    if (code != SUCCESS && is_sticky(code)) current_context->lost = code;
    return leave(code);
}

EXPORT int cuMemHostAlloc(void **address, size_t bytes, unsigned flags) {
    (void)flags;
    ENTER_CONTEXT("cuMemHostAlloc");
    uintptr_t at = 0;
    code = allocate(-1, bytes, &at);
    *address = (void *)at;
    return leave(code);
}

/* Whether a copy from or to pinned memory that is given back is to come, which loses the context. */
static bool is_wanted(void *address) {
    struct allocation *pinned = find_pinned((uintptr_t)address, 0);
    if (pinned == NULL || !in_use(pinned->from, pinned->until - pinned->from, NULL)) return false;
    current_context->lost = violation(ILLEGAL_ADDRESS, "pinned memory was freed while a copy from or to it was to come");
    return true;
}

EXPORT int cuMemFreeHost(void *address) {
    ENTER_CONTEXT("cuMemFreeHost");
    return leave(is_wanted(address) ? current_context->lost : release(-1, (uintptr_t)address));
}

EXPORT int cuMemHostRegister_v2(void *address, size_t bytes, unsigned flags) {
    (void)flags;
    ENTER_CONTEXT("cuMemHostRegister_v2");
    return leave(register_host((uintptr_t)address, bytes));
}

EXPORT int cuMemHostUnregister(void *address) {
    ENTER_CONTEXT("cuMemHostUnregister");
    return leave(is_wanted(address) ? current_context->lost : unregister_host((uintptr_t)address));
}

/* ---- copies */

static int copy(const char *function, uintptr_t to, bool to_device, uintptr_t from, bool from_device, size_t bytes,
                void *stream) {
    struct stream *s;
    int code = find_stream(stream, &s, function);
    if (code != SUCCESS || bytes == 0) return code;
    int device = current_context->device;
    if (to_device) code = check_range(device, to, bytes, function);
    if (code == SUCCESS && from_device) code = check_range(device, from, bytes, function);
    if (code != SUCCESS) return INVALID_VALUE;
    struct operation operation = {.work = COPY, .context = current_context, .to = to, .from = from, .bytes = bytes,
                                  .to_device = to_device, .from_device = from_device};
    uintptr_t host = to_device ? from : to;
    bool pageable = to_device != from_device && find_pinned(host, bytes) == NULL;
    if (pageable && is_device_address(host)) return violation(INVALID_VALUE, "%s takes a device address for the host's", function);
    if (pageable && to_device && s->capture == NULL) { /* the driver copies it away before it returns */
        operation.staged = malloc(bytes);
        memcpy(operation.staged, (void *)from, bytes);
    }
    code = enqueue(s, &operation);
    /* To pageable memory the driver copies before it returns. */
    return code == SUCCESS && pageable && from_device && s->capture == NULL ? drain_stream(s) : code;
}

EXPORT int cuMemcpyHtoDAsync_v2(uintptr_t to, const void *from, size_t bytes, void *stream) {
    ENTER_CONTEXT("cuMemcpyHtoDAsync_v2");
    return leave(copy("cuMemcpyHtoDAsync", to, true, (uintptr_t)from, false, bytes, stream));
}

EXPORT int cuMemcpyDtoHAsync_v2(void *to, uintptr_t from, size_t bytes, void *stream) {
    ENTER_CONTEXT("cuMemcpyDtoHAsync_v2");
    return leave(copy("cuMemcpyDtoHAsync", (uintptr_t)to, false, from, true, bytes, stream));
}

EXPORT int cuMemcpyDtoDAsync_v2(uintptr_t to, uintptr_t from, size_t bytes, void *stream) {
    ENTER_CONTEXT("cuMemcpyDtoDAsync_v2");
    return leave(copy("cuMemcpyDtoDAsync", to, true, from, true, bytes, stream));
}

static int fill(const char *function, uintptr_t to, uint32_t value, int value_bytes, size_t elements, void *stream) {
    struct stream *s;
    int code = find_stream(stream, &s, function);
    if (code != SUCCESS || elements == 0) return code;
    size_t bytes = elements * (size_t)value_bytes;
    if (check_range(current_context->device, to, bytes, function) != SUCCESS) return INVALID_VALUE;
    struct operation operation = {.work = FILL, .context = current_context, .to = to, .bytes = bytes, .value = value,
                                  .value_bytes = value_bytes};
    return enqueue(s, &operation);
}

EXPORT int cuMemsetD8Async(uintptr_t to, unsigned char value, size_t bytes, void *stream) {
    ENTER_CONTEXT("cuMemsetD8Async");
    return leave(fill("cuMemsetD8Async", to, value, 1, bytes, stream));
}

EXPORT int cuMemsetD32Async(uintptr_t to, unsigned value, size_t words, void *stream) {
    ENTER_CONTEXT("cuMemsetD32Async");
    return leave(fill("cuMemsetD32Async", to, value, 4, words, stream));
}

/* ---- streams */

struct stream *new_stream(struct context *context, bool blocking) {
    struct stream *stream = calloc(1, sizeof *stream);
    stream->object = (struct object){STREAM, context};
    stream->blocking = blocking;
    stream->next = context->streams;
    context->streams = stream;
    return stream;
}

int find_stream(void *handle, struct stream **stream, const char *function) {
    if (handle != NULL && (uintptr_t)handle > 2) {
        *stream = handle;
        return check_handle(handle, STREAM, function);
    }
    *stream = current_context->legacy;
    for (struct stream *s = current_context->streams; s != NULL; s = s->next)
        if (s->blocking && s != *stream) {
            int code = drain_stream(s);
            if (code != SUCCESS) return code;
        }
    return SUCCESS;
}

EXPORT int cuStreamCreate(struct stream **stream, unsigned flags) {
    static long created;
    ENTER_CONTEXT("cuStreamCreate");
    *stream = new_stream(current_context, flags == 0);
    (*stream)->number = ++created;
    return leave(SUCCESS);
}

EXPORT int cuStreamDestroy_v2(struct stream *stream) {
    ENTER_CONTEXT("cuStreamDestroy_v2");
    code = check_handle(stream, STREAM, "cuStreamDestroy");
    if (code == SUCCESS) code = drain_stream(stream);
    if (code != SUCCESS) return leave(code);
    struct stream **at = &current_context->streams;
    while (*at != stream) at = &(*at)->next;
    *at = stream->next;
    stream->object.kind = DEAD;
    return leave(SUCCESS);
}

static int capturing(const struct stream *stream, const char *function) {
    return stream->capture == NULL ? SUCCESS : violation(CAPTURE_UNSUPPORTED, "%s on a stream that is recorded", function);
}

EXPORT int cuStreamQuery(void *handle) {
    ENTER_CONTEXT("cuStreamQuery");
    struct stream *stream;
    code = find_stream(handle, &stream, "cuStreamQuery");
    if (code == SUCCESS) code = capturing(stream, "cuStreamQuery");
    if (code != SUCCESS) return leave(code);
    make_some_progress();
    return leave(current_context->lost != SUCCESS ? current_context->lost : stream->first == NULL ? SUCCESS : NOT_READY);
}

EXPORT int cuStreamSynchronize(void *handle) {
    ENTER_CONTEXT("cuStreamSynchronize");
    struct stream *stream;
    code = find_stream(handle, &stream, "cuStreamSynchronize");
    if (code == SUCCESS) code = capturing(stream, "cuStreamSynchronize");
    return leave(code == SUCCESS ? drain_stream(stream) : code);
}

EXPORT int cuStreamWaitEvent(void *handle, struct event *event, unsigned flags) {
    (void)flags;
    ENTER_CONTEXT("cuStreamWaitEvent");
    struct stream *stream;
    code = find_stream(handle, &stream, "cuStreamWaitEvent");
    if (code == SUCCESS) code = check_handle(event, EVENT, "cuStreamWaitEvent");
    if (code != SUCCESS) return leave(code);
    if (event->graph != NULL) return leave(graph_wait(stream, event));
    if (event->ticket == NULL) return leave(SUCCESS);
    if (stream->capture != NULL) return leave(violation(CAPTURE_UNSUPPORTED, "a recorded stream waits for an event outside"));
    struct operation operation = {.work = WAIT, .context = current_context, .ticket = event->ticket};
    return leave(enqueue(stream, &operation));
}

EXPORT int cuStreamIsCapturing(void *handle, int *status) {
    ENTER_CONTEXT("cuStreamIsCapturing");
    struct stream *stream;
    code = find_stream(handle, &stream, "cuStreamIsCapturing");
    if (code == SUCCESS) *status = stream->capture != NULL;
    return leave(code);
}

EXPORT int cuStreamBeginCapture_v2(struct stream *stream, int mode) {
    (void)mode;
    ENTER_CONTEXT("cuStreamBeginCapture_v2");
    code = check_handle(stream, STREAM, "cuStreamBeginCapture");
    if (code == SUCCESS) code = capturing(stream, "cuStreamBeginCapture");
    if (code == SUCCESS) graph_begin(stream);
    return leave(code);
}

EXPORT int cuStreamEndCapture(struct stream *stream, struct graph **graph) {
    ENTER_CONTEXT("cuStreamEndCapture");
    code = check_handle(stream, STREAM, "cuStreamEndCapture");
    if (code != SUCCESS) return leave(code);
    if (stream->capture == NULL) return leave(INVALID_VALUE);
    return leave(graph_end(stream, graph));
}

/* ---- events */

EXPORT int cuEventCreate(struct event **event, unsigned flags) {
    (void)flags;
    ENTER_CONTEXT("cuEventCreate");
    struct event *e = calloc(1, sizeof *e);
    e->object = (struct object){EVENT, current_context};
    *event = e;
    return leave(SUCCESS);
}

EXPORT int cuEventDestroy_v2(struct event *event) {
    ENTER_CONTEXT("cuEventDestroy_v2");
    code = check_handle(event, EVENT, "cuEventDestroy");
    if (code == SUCCESS) event->object.kind = DEAD;
    return leave(code);
}

EXPORT int cuEventRecord(struct event *event, void *handle) {
    ENTER_CONTEXT("cuEventRecord");
    struct stream *stream;
    code = find_stream(handle, &stream, "cuEventRecord");
    if (code == SUCCESS) code = check_handle(event, EVENT, "cuEventRecord");
    if (code != SUCCESS) return leave(code);
    if (stream->capture != NULL) {
        graph_record(stream, event);
        return leave(SUCCESS);
    }
    event->graph = NULL;
    event->ticket = calloc(1, sizeof *event->ticket); /* earlier waits keep the earlier one */
    struct operation operation = {.work = RECORD, .context = current_context, .ticket = event->ticket};
    return leave(enqueue(stream, &operation));
}

EXPORT int cuEventQuery(struct event *event) {
    ENTER_CONTEXT("cuEventQuery");
    code = check_handle(event, EVENT, "cuEventQuery");
    if (code != SUCCESS) return leave(code);
    make_some_progress();
    if (current_context->lost != SUCCESS) return leave(current_context->lost);
    return leave(event->ticket == NULL || event->ticket->done ? SUCCESS : NOT_READY);
}

EXPORT int cuEventSynchronize(struct event *event) {
    ENTER_CONTEXT("cuEventSynchronize");
    code = check_handle(event, EVENT, "cuEventSynchronize");
    if (code == SUCCESS && event->ticket != NULL) code = drain_ticket(event->ticket);
    return leave(code == SUCCESS ? current_context->lost : code);
}

EXPORT int cuEventElapsedTime(float *milliseconds, struct event *from, struct event *until) {
    ENTER_CONTEXT("cuEventElapsedTime");
    code = check_handle(from, EVENT, "cuEventElapsedTime");
    if (code == SUCCESS) code = check_handle(until, EVENT, "cuEventElapsedTime");
    if (code != SUCCESS) return leave(code);
    if (from->ticket == NULL || until->ticket == NULL) return leave(INVALID_HANDLE);
    if (!from->ticket->done || !until->ticket->done) return leave(NOT_READY);
    *milliseconds = (float)(until->ticket->nanoseconds - from->ticket->nanoseconds) / 1e6f;
    return leave(SUCCESS);
}

/* ---- launches */

/* What we use of a CUlaunchConfig. */
struct launch_config {
    unsigned grid[3], block[3], shared;
    void *stream;
    const struct launch_attribute *attributes;
    unsigned count;
};

static int launch(const struct launch_config *c, unsigned cluster, bool overlaps, struct function *function, void **parameters, void **extra) {
    ENTER_CONTEXT("cuLaunchKernel");
    struct stream *stream;
    code = check_handle(function, FUNCTION, "cuLaunchKernel");
    if (code == SUCCESS) code = find_stream(c->stream, &stream, "cuLaunchKernel");
    if (code != SUCCESS) return leave(code);
    unsigned long threads = (unsigned long)c->block[0] * c->block[1] * c->block[2];
    if (c->grid[0] == 0 || c->grid[1] == 0 || c->grid[2] == 0 || threads == 0 || extra != NULL || parameters == NULL ||
        c->grid[1] > 65535 || c->grid[2] > 65535 || c->block[2] > 64 || threads > 1024 || cluster > MOST_CLUSTER ||
        c->grid[2] % cluster != 0)
        return leave(INVALID_VALUE);
    if (c->shared > (unsigned)function->kernel->most_dynamic_shared)
        return leave(violation(INVALID_VALUE, "kernel %s asks for %u bytes of shared memory and may have %d",
                               function->kernel->name, c->shared, function->kernel->most_dynamic_shared));
    struct operation operation = {.work = KERNEL, .context = current_context, .function = function,
                                  .grid = {c->grid[0], c->grid[1], c->grid[2]},
                                  .block = {c->block[0], c->block[1], c->block[2]},
                                  .cluster = cluster, .overlaps = overlaps, .dynamic_shared = c->shared};
    operation.parameters = malloc(function->kernel->parameter_bytes);
    memcpy(operation.parameters, parameters[0], function->kernel->parameter_bytes);
    return leave(enqueue(stream, &operation));
}

EXPORT int cuLaunchKernel(struct function *function, unsigned grid_x, unsigned grid_y, unsigned grid_z, unsigned block_x,
                          unsigned block_y, unsigned block_z, unsigned shared, void *stream, void **parameters, void **extra) {
    struct launch_config config = {{grid_x, grid_y, grid_z}, {block_x, block_y, block_z}, shared, stream, NULL, 0};
    return launch(&config, 1, false, function, parameters, extra);
}

/* What we use of a CUlaunchAttribute. */
struct launch_attribute {
    int id;
    int unused;
    unsigned value[16];
};

enum { CLUSTER_DIMENSION = 4, PROGRAMMATIC_STREAM_SERIALIZATION = 6 };

/* Launches never overlap here: kernels whose blocks come early wait, and see the same memory. */
EXPORT int cuLaunchKernelEx(const struct launch_config *config, struct function *function, void **parameters,
                            void **extra) {
    unsigned cluster = 1;
    bool overlaps = false;
    for (unsigned i = 0; i < config->count; i++) {
        const struct launch_attribute *a = config->attributes + i;
        if (a->id == CLUSTER_DIMENSION && a->value[0] == 1 && a->value[1] == 1 && a->value[2] > 0)
            cluster = a->value[2];
        else if (a->id == PROGRAMMATIC_STREAM_SERIALIZATION)
            overlaps = a->value[0] != 0;
        else
            return violation(NOT_SUPPORTED, "cuLaunchKernelEx with attribute %d", a->id);
    }
    return launch(config, cluster, overlaps, function, parameters, extra);
}

EXPORT int cuGraphInstantiateWithFlags(struct graph **executable, struct graph *graph, unsigned long long flags) {
    (void)flags;
    ENTER_CONTEXT("cuGraphInstantiateWithFlags");
    code = check_handle(graph, GRAPH, "cuGraphInstantiate");
    if (code == SUCCESS) code = graph_instantiate(graph, executable);
    return leave(code);
}

EXPORT int cuGraphUpload(struct graph *executable, void *handle) {
    ENTER_CONTEXT("cuGraphUpload");
    struct stream *stream;
    code = check_handle(executable, GRAPH_EXEC, "cuGraphUpload");
    return leave(code == SUCCESS ? find_stream(handle, &stream, "cuGraphUpload") : code);
}

EXPORT int cuGraphLaunch(struct graph *executable, void *handle) {
    ENTER_CONTEXT("cuGraphLaunch");
    struct stream *stream;
    code = check_handle(executable, GRAPH_EXEC, "cuGraphLaunch");
    if (code == SUCCESS) code = find_stream(handle, &stream, "cuGraphLaunch");
    if (code != SUCCESS) return leave(code);
    struct operation operation = {.work = RUN_GRAPH, .context = current_context, .graph = executable};
    return leave(enqueue(stream, &operation));
}

EXPORT int cuGraphExecDestroy(struct graph *executable) {
    ENTER_CONTEXT("cuGraphExecDestroy");
    code = check_handle(executable, GRAPH_EXEC, "cuGraphExecDestroy");
    if (code == SUCCESS) {
        graph_forget(executable);
        ((struct object *)executable)->kind = DEAD;
    }
    return leave(code);
}

EXPORT int cuGraphDestroy(struct graph *graph) {
    ENTER_CONTEXT("cuGraphDestroy");
    code = check_handle(graph, GRAPH, "cuGraphDestroy");
    if (code == SUCCESS) ((struct object *)graph)->kind = DEAD;
    return leave(code);
}
