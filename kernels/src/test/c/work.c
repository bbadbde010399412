/* Streams: their operations are done late, in an order drawn at random among those that streams and events allow. */
#define _GNU_SOURCE
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "emulator.h"

static struct context *contexts[MOST_DEVICES];

/* A context's first stream registers it here, so that waits can make progress anywhere. */
static void know(struct context *context) { contexts[context->device] = context; }

static long held = -1; /* the number of the stream that does nothing; 0: no stream does anything; -1: all do */

/* Lets one stream, or with 0 every one, do nothing until eddyEmulatedGo: whoever waits for it waits. */
EXPORT void eddyEmulatedHold(long number) { held = number; }
EXPORT void eddyEmulatedGo(void) { held = -1; }

static bool is_ready(const struct stream *stream) {
    return held != 0 && stream->number != held && stream->first != NULL && (stream->first->work != WAIT || stream->first->ticket->done);
}

static void discard(struct operation *operation) {
    free(operation->staged);
    free(operation->parameters);
    free(operation);
}

static int64_t now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static int perform_copy(const struct operation *o) {
    int device = o->context->device, code = SUCCESS;
    if (o->to_device) code = check_range(device, o->to, o->bytes, "copy to device memory");
    if (code == SUCCESS && o->from_device) code = check_range(device, o->from, o->bytes, "copy from device memory");
    if (code != SUCCESS) return code;
    if (o->from_device && !o->to_device) code = check_written(device, o->from, o->bytes);
    memmove((void *)o->to, o->staged != NULL ? o->staged : (void *)o->from, o->bytes);
    return code;
}

static int perform_fill(const struct operation *o) {
    int code = check_range(o->context->device, o->to, o->bytes, "fill of device memory");
    if (code != SUCCESS) return code;
    for (size_t i = 0; i < o->bytes; i += (size_t)o->value_bytes) memcpy((void *)(o->to + i), &o->value, (size_t)o->value_bytes);
    return SUCCESS;
}

static int perform_kernel(const struct operation *o) {
    const struct eddy_kernel *kernel = o->function->kernel;
    int code = count(kernel->name, -1);
    if (code != SUCCESS) return code;
    /* A parameter that points into the device's range must point into, or right behind, live memory. */
    for (size_t at = 0; at + 8 <= kernel->parameter_bytes; at += 8) {
        uintptr_t word;
        memcpy(&word, (char *)o->parameters + at, sizeof word);
        if (is_device_address(word)) {
            code = check_range(o->context->device, word, 0, kernel->name);
            if (code != SUCCESS) return code;
        }
    }
    return run_kernel(kernel, o->context->device, o->grid, o->block, o->cluster, o->dynamic_shared,
                      o->parameters);
}

int perform(const struct operation *o) {
    switch (o->work) {
        case COPY: return perform_copy(o);
        case FILL: return perform_fill(o);
        case KERNEL: return perform_kernel(o);
        case RUN_GRAPH: return graph_perform(o->graph);
        case RECORD:
            o->ticket->nanoseconds = now();
            o->ticket->done = true;
            return SUCCESS;
        case WAIT: return SUCCESS;
    }
    return NOT_SUPPORTED;
}

static void advance(struct stream *stream) {
    struct operation *operation = stream->first;
    stream->first = operation->next;
    if (stream->first == NULL) stream->last = NULL;
    struct context *context = stream->object.context;
    if (context->lost == SUCCESS) {
        int code = perform(operation);
        if (code != SUCCESS) context->lost = code;
    } else if (operation->work == RECORD) {
        operation->ticket->done = true;
    }
    discard(operation);
}

static struct stream *random_ready(void) {
    unsigned ready = 0;
    struct stream *chosen = NULL;
    for (int i = 0; i < MOST_DEVICES; i++)
        if (contexts[i] != NULL)
            for (struct stream *s = contexts[i]->streams; s != NULL; s = s->next)
                if (is_ready(s) && next_random(++ready) == 0) chosen = s;
    return chosen;
}

void make_some_progress(void) {
    for (unsigned steps = next_random(2); steps > 0; steps--) {
        struct stream *stream = random_ready();
        if (stream == NULL) return;
        advance(stream);
    }
}

static int stuck(void) {
    return violation(LAUNCH_TIMEOUT, "a stream waits for an event that no work is left to bring about");
}

/* Does something somewhere; fails where nothing can be done any more. */
static int go_on(void) {
    struct stream *next = random_ready();
    if (next != NULL)
        advance(next);
    else if (held >= 0)
        let_others_in();
    else
        return stuck();
    return SUCCESS;
}

int drain_stream(struct stream *stream) {
    while (stream->first != NULL) {
        int code = go_on();
        if (code != SUCCESS) return code;
    }
    return stream->object.context->lost;
}

int drain_ticket(struct ticket *ticket) {
    while (!ticket->done) {
        int code = go_on();
        if (code != SUCCESS) return code;
    }
    return SUCCESS;
}

int drain_context(struct context *context) {
    for (struct stream *s = context->streams; s != NULL; s = s->next) {
        int code = drain_stream(s);
        if (code != SUCCESS) return code;
    }
    return context->lost;
}

void drop_work(struct context *context) {
    for (struct stream *s = context->streams; s != NULL; s = s->next) {
        while (s->first != NULL) {
            struct operation *operation = s->first;
            s->first = operation->next;
            if (operation->work == RECORD) operation->ticket->done = true;
            discard(operation);
        }
        s->last = NULL;
    }
    contexts[context->device] = NULL;
}

bool is_awaited(const struct graph *graph) {
    for (int i = 0; i < MOST_DEVICES; i++)
        if (contexts[i] != NULL)
            for (struct stream *s = contexts[i]->streams; s != NULL; s = s->next)
                for (struct operation *o = s->first; o != NULL; o = o->next)
                    if (o->work == RUN_GRAPH && o->graph == graph) return true;
    return false;
}

/* Whether work that is still to be done reads or writes the range of host memory. */
bool in_use(uintptr_t from, size_t bytes, const struct graph *except) {
    for (int i = 0; i < MOST_DEVICES; i++)
        if (contexts[i] != NULL)
            for (struct stream *s = contexts[i]->streams; s != NULL; s = s->next)
                for (struct operation *o = s->first; o != NULL; o = o->next) {
                    if (o->work == RUN_GRAPH && o->graph != except) return true;
                    if (o->work == COPY && ((o->to < from + bytes && from < o->to + o->bytes) ||
                                            (o->staged == NULL && o->from < from + bytes && from < o->from + o->bytes)))
                        return true;
                }
    return false;
}

int enqueue(struct stream *stream, const struct operation *operation) {
    if (stream->capture != NULL) return graph_add(stream, operation);
    if (operation->work == RUN_GRAPH) {
        graph_poison_outputs(operation->graph);
    } else if (operation->work == COPY && !operation->to_device && !in_use(operation->to, operation->bytes, NULL)) {
        fill_poison((void *)operation->to, operation->bytes); /* whoever reads it too early shall notice */
    }
    know(stream->object.context);
    struct operation *added = malloc(sizeof *added);
    *added = *operation;
    added->next = NULL;
    if (stream->last == NULL)
        stream->first = added;
    else
        stream->last->next = added;
    stream->last = added;
    make_some_progress();
    return SUCCESS;
}
