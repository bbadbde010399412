/* Captured work: nodes and what each waits for. A launch does them in a random order that respects it. */
#include <stdio.h>
#include <stdlib.h>

#include "emulator.h"

struct node {
    struct operation operation;
    struct nodes *after;
    bool followed;
};

struct graph {
    struct object object; /* as a CUgraph or a CUgraphExec */
    struct stream *origin;
    bool broken; /* what was asked of it meanwhile cannot be recorded */
    int count, room;
    struct node *nodes;
};

static struct nodes *also(struct nodes *list, int index) {
    for (struct nodes *n = list; n != NULL; n = n->next)
        if (n->index == index) return list;
    struct nodes *added = malloc(sizeof *added);
    *added = (struct nodes){index, list};
    return added;
}

static struct nodes *join(struct nodes *list, const struct nodes *others) {
    for (; others != NULL; others = others->next) list = also(list, others->index);
    return list;
}

struct graph *graph_begin(struct stream *origin) {
    struct graph *graph = calloc(1, sizeof *graph);
    graph->object = (struct object){GRAPH, origin->object.context};
    graph->origin = origin;
    origin->capture = graph;
    origin->tail = NULL;
    return graph;
}

int graph_add(struct stream *stream, const struct operation *operation) {
    struct graph *graph = stream->capture;
    if (operation->work == RUN_GRAPH) return NOT_SUPPORTED;
    if (graph->count == graph->room) {
        graph->room = graph->room == 0 ? 64 : 2 * graph->room;
        graph->nodes = realloc(graph->nodes, (size_t)graph->room * sizeof *graph->nodes);
    }
    struct node *node = &graph->nodes[graph->count];
    node->operation = *operation;
    node->after = stream->tail;
    node->followed = false;
    for (struct nodes *n = stream->tail; n != NULL; n = n->next) graph->nodes[n->index].followed = true;
    stream->tail = also(NULL, graph->count++);
    return SUCCESS;
}

void graph_record(struct stream *stream, struct event *event) {
    event->graph = stream->capture;
    event->nodes = stream->tail;
}

int graph_wait(struct stream *stream, struct event *event) {
    if (stream->capture == NULL) stream->capture = event->graph;
    if (stream->capture != event->graph) return CAPTURE_UNSUPPORTED;
    stream->tail = join(stream->tail, event->nodes);
    return SUCCESS;
}

/* Appends the kernels of a graph, and what memory there is, to the file that EDDY_EMULATED_RECORD names (src/test/gpu/replay.cpp). */
static void write_record(const struct graph *graph) {
    const char *path = getenv("EDDY_EMULATED_RECORD");
    if (path == NULL) return;
    FILE *out = fopen(path, "a");
    if (out == NULL) {
        perror(path);
        return;
    }
    fprintf(out, "graph\n");
    record_memory(out);
    for (int i = 0; i < graph->count; i++) {
        const struct operation *o = &graph->nodes[i].operation;
        if (o->work != KERNEL) continue;
        const struct eddy_kernel *kernel = o->function->kernel;
        fprintf(out, "kernel %s %s %u %u %u %u %u %u %d ", o->function->module->file, kernel->name, o->grid.x, o->grid.y, o->grid.z,
                o->block.x, o->cluster, o->dynamic_shared, o->overlaps);
        for (int b = 0; b < kernel->parameter_bytes; b++) fprintf(out, "%02x", ((const unsigned char *)o->parameters)[b]);
        fprintf(out, "\n");
    }
    fclose(out);
}

int graph_end(struct stream *stream, struct graph **graph) {
    struct graph *ended = stream->capture;
    if (ended->origin != stream) return INVALID_VALUE;
    struct nodes *last = stream->tail;
    for (struct stream *s = stream->object.context->streams; s != NULL; s = s->next)
        if (s->capture == ended) {
            s->capture = NULL;
            s->tail = NULL;
        }
    for (struct nodes *n = last; n != NULL; n = n->next) ended->nodes[n->index].followed = true;
    for (int i = 0; i < ended->count; i++)
        if (!ended->nodes[i].followed) return CAPTURE_UNJOINED;
    write_record(ended);
    *graph = ended;
    return SUCCESS;
}

static bool may_begin(const struct graph *graph, const bool *done, int index) {
    for (const struct nodes *n = graph->nodes[index].after; n != NULL; n = n->next)
        if (!done[n->index]) return false;
    return true;
}

int graph_perform(const struct graph *graph) {
    bool *done = calloc((size_t)graph->count + 1, sizeof *done);
    int first = 0, code = SUCCESS;
    for (int left = graph->count; left > 0 && code == SUCCESS; left--) {
        while (done[first]) first++;
        int chosen = -1;
        unsigned ready = 0;
        /* Nodes come after what they wait for, and few are open at a time: a window is enough. */
        for (int i = first; i < graph->count && i < first + 32; i++)
            if (!done[i] && may_begin(graph, done, i) && next_random(++ready) == 0) chosen = i;
        code = perform(&graph->nodes[chosen].operation);
        done[chosen] = true;
    }
    free(done);
    return code;
}

void graph_poison_outputs(const struct graph *graph) {
    for (int i = 0; i < graph->count; i++) {
        const struct operation *o = &graph->nodes[i].operation;
        if (o->work != COPY || o->to_device || in_use(o->to, o->bytes, NULL)) continue;
        bool read = false;
        for (int j = 0; j < graph->count; j++) {
            const struct operation *other = &graph->nodes[j].operation;
            read |= other->work == COPY && !other->from_device && other->from < o->to + o->bytes &&
                    o->to < other->from + other->bytes;
        }
        if (!read) fill_poison((void *)o->to, o->bytes);
    }
}

int graph_instantiate(struct graph *graph, struct graph **executable) {
    struct graph *copy = malloc(sizeof *copy);
    *copy = *graph;
    copy->object.kind = GRAPH_EXEC;
    *executable = copy;
    return SUCCESS;
}

void graph_forget(struct graph *executable) {
    if (is_awaited(executable)) return;
    for (int i = 0; i < executable->count; i++) free(executable->nodes[i].operation.parameters);
    free(executable->nodes);
    executable->nodes = NULL;
    executable->count = 0;
}
