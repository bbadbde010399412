/*
 * A stand-in for NVIDIA's libcublasLt on the emulated driver: the functions that Eddy binds, with the signatures and
 * values of cublasLt.h, refusing whatever is not as Eddy's benchmark wants it. Products run on the driver's streams.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum { SUCCESS = 0, NOT_INITIALIZED = 1, INVALID_VALUE = 7, EXECUTION_FAILED = 13, NOT_SUPPORTED = 15 };
enum { COMPUTE_32F = 68, R_32F = 0, R_16BF = 14, OP_T = 1 };
enum { DESC_TRANSA = 3, PREF_MAX_WORKSPACE_BYTES = 1 };
enum { HANDLE = 'h', DESCRIPTOR = 'd', LAYOUT = 'l', PREFERENCE = 'p' };

struct object {
    int kind;
    int type; /* of a layout, or of a descriptor's sums */
    int transposed;
    uint64_t rows, columns, workspace;
    int64_t stride;
    void *module, *function; /* of a handle */
};

struct algorithm {
    uint64_t data[8];
};

struct result {
    struct algorithm algorithm;
    size_t workspace;
    int state;
    float waves;
    int reserved[4];
};
_Static_assert(sizeof(struct result) == 96, "cublasLtMatmulHeuristicResult_t");

static char calls[64 * 1024];
static long living;

/* Notes a call; the last ones win where the room ends. */
static void note(const char *format, ...) {
    size_t used = strlen(calls);
    if (used > sizeof calls - 512) used = 0;
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(calls + used, 512, format, arguments);
    va_end(arguments);
}

EXPORT const char *fakeCalls(void) { return calls; }
EXPORT long fakeLiving(void) { return living; }
EXPORT void fakeForget(void) { calls[0] = 0; }

/* Whether no product has an algorithm. */
static int refuses;

EXPORT void fakeRefuse(int all) { refuses = all; }

static int make(struct object **made, struct object like) {
    if (made == NULL) return INVALID_VALUE;
    *made = malloc(sizeof **made);
    **made = like;
    living++;
    return SUCCESS;
}

static int destroy(struct object *object, int kind) {
    if (object == NULL || object->kind != kind) return INVALID_VALUE;
    object->kind = 0;
    free(object);
    living--;
    return SUCCESS;
}

/* The driver that the process has loaded. */
static void *driver(const char *name) {
    void *library = dlopen("libcuda.so.1", RTLD_NOW | RTLD_NOLOAD);
    void *function = library == NULL ? NULL : dlsym(library, name);
    if (function == NULL) {
        fprintf(stderr, "no %s in the process: %s\n", name, dlerror());
        abort();
    }
    return function;
}

EXPORT size_t cublasLtGetVersion(void) { return 130204; }

EXPORT int cublasLtCreate(struct object **handle) {
    note("create\n");
    struct object made = {.kind = HANDLE};
    int (*load)(void **, const char *) = driver("cuModuleLoadData");
    int (*find)(void **, void *, const char *) = driver("cuModuleGetFunction");
    if (load(&made.module, "eddy-emulated:product") != 0 || find(&made.function, made.module, "transposed_product") != 0)
        return NOT_INITIALIZED;
    return make(handle, made);
}

EXPORT int cublasLtDestroy(struct object *handle) {
    note("destroy\n");
    int (*unload)(void *) = driver("cuModuleUnload");
    if (handle->kind != HANDLE || unload(handle->module) != 0) return INVALID_VALUE;
    return destroy(handle, HANDLE);
}

EXPORT int cublasLtMatmulDescCreate(struct object **made, int compute, int scale) {
    if (compute != COMPUTE_32F || scale != R_32F) return INVALID_VALUE;
    return make(made, (struct object){.kind = DESCRIPTOR, .type = compute});
}

EXPORT int cublasLtMatmulDescDestroy(struct object *o) { return destroy(o, DESCRIPTOR); }

EXPORT int cublasLtMatmulDescSetAttribute(struct object *o, int attribute, const void *value, size_t bytes) {
    if (o->kind != DESCRIPTOR || attribute != DESC_TRANSA || bytes != 4) return INVALID_VALUE;
    o->transposed = *(const int *)value == OP_T;
    return SUCCESS;
}

EXPORT int cublasLtMatrixLayoutCreate(struct object **made, int type, uint64_t rows, uint64_t columns, int64_t stride) {
    if (type != R_32F && type != R_16BF) return INVALID_VALUE;
    note("layout %s %lux%lu by %ld\n", type == R_32F ? "f32" : "bf16", rows, columns, stride);
    struct object o = {.kind = LAYOUT, .type = type, .rows = rows, .columns = columns, .stride = stride};
    return make(made, o);
}

EXPORT int cublasLtMatrixLayoutDestroy(struct object *o) { return destroy(o, LAYOUT); }

EXPORT int cublasLtMatmulPreferenceCreate(struct object **made) {
    return make(made, (struct object){.kind = PREFERENCE});
}

EXPORT int cublasLtMatmulPreferenceDestroy(struct object *o) { return destroy(o, PREFERENCE); }

EXPORT int cublasLtMatmulPreferenceSetAttribute(struct object *o, int attribute, const void *value, size_t bytes) {
    if (o->kind != PREFERENCE || attribute != PREF_MAX_WORKSPACE_BYTES || bytes != 8) return INVALID_VALUE;
    o->workspace = *(const uint64_t *)value;
    return SUCCESS;
}

/* Whether the operands are d[m, n] = a[k, m]' b[k, n], without gaps between columns. */
static int fits(const struct object *o, const struct object *a, const struct object *b, const struct object *c,
                const struct object *d) {
    return o->kind == DESCRIPTOR && o->transposed && a->kind == LAYOUT && b->kind == LAYOUT && c->kind == LAYOUT
        && d->kind == LAYOUT && a->type == R_16BF && b->type == R_16BF && c->type == R_32F && d->type == R_32F
        && a->rows == b->rows && d->rows == a->columns && d->columns == b->columns && c->rows == d->rows
        && c->columns == d->columns && a->stride == (int64_t)a->rows && b->stride == (int64_t)b->rows
        && d->stride == (int64_t)d->rows;
}

EXPORT int cublasLtMatmulAlgoGetHeuristic(struct object *handle, struct object *o, struct object *a, struct object *b,
                                          struct object *c, struct object *d, struct object *preference, int wanted,
                                          struct result *results, int *found) {
    note("heuristic %d, workspace %lu\n", wanted, preference->workspace);
    if (handle->kind != HANDLE || preference->kind != PREFERENCE || wanted < 1 || !fits(o, a, b, c, d))
        return INVALID_VALUE;
    *found = 0;
    if (refuses) return NOT_SUPPORTED;
    results[0] = (struct result){.algorithm = {{d->rows, d->columns}}, .state = SUCCESS, .waves = 1};
    *found = 1;
    return SUCCESS;
}

EXPORT int cublasLtMatmul(struct object *handle, struct object *o, const float *alpha, const void *a, struct object *al,
                          const void *b, struct object *bl, const float *beta, const void *c, struct object *cl, void *d,
                          struct object *dl, const struct algorithm *algorithm, void *workspace, size_t bytes,
                          void *stream) {
    note("multiply\n");
    if (handle->kind != HANDLE || !fits(o, al, bl, cl, dl) || *alpha != 1 || *beta != 0 || c != d || workspace == NULL
        || bytes == 0 || algorithm->data[0] != dl->rows || algorithm->data[1] != dl->columns || (uintptr_t)a % 256 != 0
        || (uintptr_t)b % 256 != 0 || (uintptr_t)d % 256 != 0)
        return INVALID_VALUE;
    struct {
        const void *a, *b;
        void *d;
        int m, n, k, unused;
    } params = {a, b, d, (int)dl->rows, (int)dl->columns, (int)al->rows, 0};
    void *arguments[] = {&params};
    unsigned blocks = (unsigned)((dl->rows * dl->columns + 63) / 64);
    int (*launch)(void *, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, unsigned, void *, void **, void **) =
        driver("cuLaunchKernel");
    return launch(handle->function, blocks, 1, 1, 64, 1, 1, 0, stream, arguments, NULL) == 0 ? SUCCESS : EXECUTION_FAILED;
}
