/* Entry points: start, devices, contexts, modules. */
#define _GNU_SOURCE
#include "api.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

pthread_mutex_t driver_lock = PTHREAD_MUTEX_INITIALIZER;
_Thread_local struct context *current_context;

static bool started;
static struct context primary[MOST_DEVICES];

/* By this name Eddy tells the emulated driver from the real one. */
EXPORT const int eddyEmulatedDriver = 1;

static int devices(void) {
    long wanted = setting("EDDY_EMULATED_DEVICES", 2);
    return wanted < 0 ? 0 : wanted > MOST_DEVICES ? MOST_DEVICES : (int)wanted;
}

int leave(int code) {
    pthread_mutex_unlock(&driver_lock);
    return code;
}

void let_others_in(void) {
    pthread_mutex_unlock(&driver_lock);
    usleep(100);
    pthread_mutex_lock(&driver_lock);
}

/* The device answers again, its memory as it was and its work forgotten, which no real one does. */
EXPORT void eddyEmulatedRevive(int device) {
    pthread_mutex_lock(&driver_lock);
    drop_work(&primary[device]);
    primary[device].lost = SUCCESS;
    pthread_mutex_unlock(&driver_lock);
}

int enter(const char *function) {
    int code = count(function, current_context == NULL ? -1 : current_context->device);
    if (code != SUCCESS && is_sticky(code) && current_context != NULL) current_context->lost = code;
    return code == SUCCESS && !started && strcmp(function, "cuInit") != 0 ? NOT_INITIALIZED : code;
}

int enter_context(const char *function) {
    if (current_context == NULL || current_context->kind != CONTEXT || current_context->retained == 0)
        return violation(INVALID_CONTEXT, "%s without a current context", function);
    return current_context->lost;
}

struct context *current(void) { return current_context; }

int check_handle(const void *handle, enum kind kind, const char *function) {
    const struct object *object = handle;
    if (object == NULL) return INVALID_HANDLE;
    if (object->kind == DEAD) return violation(INVALID_HANDLE, "%s uses what was destroyed", function);
    if (object->kind != kind) return violation(INVALID_HANDLE, "%s got a handle of another kind", function);
    if (object->context != current_context)
        return violation(INVALID_CONTEXT, "%s uses an object of device %d, current is device %d", function,
                         object->context->device, current_context->device);
    return SUCCESS;
}

EXPORT int cuInit(unsigned flags) {
    ENTER("cuInit");
    if (flags != 0) return leave(INVALID_VALUE);
    started = true;
    return leave(SUCCESS);
}

EXPORT int cuDriverGetVersion(int *version) {
    ENTER("cuDriverGetVersion");
    *version = (int)setting("EDDY_EMULATED_VERSION", 13000);
    return leave(SUCCESS);
}

EXPORT int cuDeviceGetCount(int *number) {
    ENTER("cuDeviceGetCount");
    *number = devices();
    return leave(SUCCESS);
}

EXPORT int cuDeviceGet(int *device, int ordinal) {
    ENTER("cuDeviceGet");
    if (ordinal < 0 || ordinal >= devices()) return leave(INVALID_DEVICE);
    *device = ordinal;
    return leave(SUCCESS);
}

EXPORT int cuDeviceGetName(char *name, int length, int device) {
    ENTER("cuDeviceGetName");
    if (device < 0 || device >= devices()) return leave(INVALID_DEVICE);
    snprintf(name, (size_t)length, "Emulated device %d", device);
    return leave(SUCCESS);
}

EXPORT int cuDeviceGetPCIBusId(char *id, int length, int device) {
    ENTER("cuDeviceGetPCIBusId");
    if (device < 0 || device >= devices()) return leave(INVALID_DEVICE);
    snprintf(id, (size_t)length, "0000:%02x:00.0", 0xe0 + device);
    return leave(SUCCESS);
}

EXPORT int cuDeviceTotalMem_v2(size_t *bytes, int device) {
    ENTER("cuDeviceTotalMem_v2");
    if (device < 0 || device >= devices()) return leave(INVALID_DEVICE);
    *bytes = memory_total();
    return leave(SUCCESS);
}

/* Of the cards' compute capability, from the next question on. */
static int generation = 9;

EXPORT void eddyEmulatedGeneration(int major) { generation = major; }

EXPORT int cuDeviceGetAttribute(int *value, int attribute, int device) {
    ENTER("cuDeviceGetAttribute");
    if (device < 0 || device >= devices()) return leave(INVALID_DEVICE);
    switch (attribute) {
        case 1: *value = 1024; break;                     /* threads per block */
        case 2: case 3: *value = 1024; break;             /* block x, y */
        case 4: *value = 64; break;                       /* block z */
        case 5: *value = 0x7fffffff; break;               /* grid x */
        case 6: case 7: *value = 65535; break;            /* grid y, z */
        case 8: *value = MOST_STATIC_SHARED; break;       /* shared memory per block */
        case 10: *value = 32; break;                      /* warp */
        case 13: *value = 1000 * 1000; break;             /* clock of the multiprocessors, kHz */
        case 16: *value = 4; break;                       /* multiprocessors: few, so that loops over the grid turn */
        case 36: *value = 2000 * 1000; break;             /* clock of the memory, kHz */
        case 39: *value = 2048; break;                    /* threads per multiprocessor */
        case 75: *value = generation; break;              /* compute capability, major and minor */
        case 76: *value = 0; break;
        case 81: *value = 228 * 1024; break;              /* shared memory per multiprocessor */
        case 97: *value = MOST_DYNAMIC_SHARED; break;     /* shared memory per block, on request */
        default: return leave(INVALID_VALUE);
    }
    return leave(SUCCESS);
}

EXPORT int cuDevicePrimaryCtxSetFlags_v2(int device, unsigned flags) {
    (void)flags;
    ENTER("cuDevicePrimaryCtxSetFlags_v2");
    return leave(device < 0 || device >= devices() ? INVALID_DEVICE : SUCCESS);
}

EXPORT int cuDevicePrimaryCtxRetain(struct context **context, int device) {
    ENTER("cuDevicePrimaryCtxRetain");
    if (device < 0 || device >= devices()) return leave(INVALID_DEVICE);
    struct context *c = &primary[device];
    if (c->retained == 0) {
        *c = (struct context){.kind = CONTEXT, .device = device};
        c->legacy = new_stream(c, true);
    }
    c->retained++;
    *context = c;
    return leave(SUCCESS);
}

/* The last release destroys the context, its lost state with it; its memory must have been freed before. */
EXPORT int cuDevicePrimaryCtxRelease_v2(int device) {
    ENTER("cuDevicePrimaryCtxRelease_v2");
    if (device < 0 || device >= devices()) return leave(INVALID_DEVICE);
    struct context *c = &primary[device];
    if (c->retained == 0) return leave(INVALID_CONTEXT);
    if (c->retained == 1) {
        if (c->lost == SUCCESS) drain_context(c);
        drop_work(c);
        release_all(device);
    }
    c->retained--;
    return leave(SUCCESS);
}

EXPORT int cuCtxSetCurrent(struct context *context) {
    ENTER("cuCtxSetCurrent");
    if (context != NULL && (context->kind != CONTEXT || context->retained == 0)) return leave(INVALID_CONTEXT);
    current_context = context;
    return leave(SUCCESS);
}

EXPORT int cuCtxGetCurrent(struct context **context) {
    ENTER("cuCtxGetCurrent");
    *context = current_context;
    return leave(SUCCESS);
}

EXPORT int cuCtxGetDevice(int *device) {
    ENTER_CONTEXT("cuCtxGetDevice");
    *device = current_context->device;
    return leave(SUCCESS);
}

EXPORT int cuCtxSynchronize(void) {
    ENTER_CONTEXT("cuCtxSynchronize");
    return leave(drain_context(current_context));
}

/* ---- modules: an image is "eddy-emulated:" and the name of a .cu file, whose kernels are linked into this library */

EXPORT int cuModuleLoadData(struct module **module, const char *image) {
    ENTER_CONTEXT("cuModuleLoadData");
    static const char prefix[] = "eddy-emulated:";
    if (image == NULL) return leave(INVALID_VALUE);
    if (strncmp(image, prefix, sizeof prefix - 1) != 0) return leave(NO_BINARY_FOR_GPU);
    struct module *m = calloc(1, sizeof *m);
    m->object = (struct object){MODULE, current_context};
    snprintf(m->file, sizeof m->file, "%s.cu", image + sizeof prefix - 1);
    for (const struct eddy_kernel *k = first_kernel(); k != NULL; k = k->next) {
        const char *slash = strrchr(k->file, '/');
        if (strcmp(slash == NULL ? k->file : slash + 1, m->file) == 0) {
            *module = m;
            return leave(SUCCESS);
        }
    }
    return leave(violation(INVALID_IMAGE, "the emulated driver was built without %s", m->file));
}

EXPORT int cuModuleUnload(struct module *module) {
    ENTER_CONTEXT("cuModuleUnload");
    code = check_handle(module, MODULE, "cuModuleUnload");
    if (code != SUCCESS) return leave(code);
    drain_context(current_context);
    module->object.kind = DEAD;
    for (struct function *f = module->functions; f != NULL; f = f->next) f->object.kind = DEAD;
    return leave(SUCCESS);
}

EXPORT int cuModuleGetFunction(struct function **function, struct module *module, const char *name) {
    ENTER_CONTEXT("cuModuleGetFunction");
    code = check_handle(module, MODULE, "cuModuleGetFunction");
    if (code != SUCCESS) return leave(code);
    for (struct eddy_kernel *k = first_kernel(); k != NULL; k = k->next) {
        const char *slash = strrchr(k->file, '/');
        if (strcmp(k->name, name) != 0 || strcmp(slash == NULL ? k->file : slash + 1, module->file) != 0) continue;
        struct function *f = calloc(1, sizeof *f);
        *f = (struct function){{FUNCTION, current_context}, k, module, module->functions};
        module->functions = f;
        *function = f;
        return leave(SUCCESS);
    }
    return leave(NOT_FOUND);
}

EXPORT int cuFuncSetAttribute(struct function *function, int attribute, int value) {
    ENTER_CONTEXT("cuFuncSetAttribute");
    code = check_handle(function, FUNCTION, "cuFuncSetAttribute");
    if (code != SUCCESS) return leave(code);
    if (attribute != 8) return leave(NOT_SUPPORTED); /* the most dynamic shared memory */
    if (value < 0 || value > MOST_DYNAMIC_SHARED) return leave(INVALID_VALUE);
    function->kernel->most_dynamic_shared = value;
    return leave(SUCCESS);
}

EXPORT int cuFuncGetAttribute(int *value, int attribute, struct function *function) {
    ENTER_CONTEXT("cuFuncGetAttribute");
    code = check_handle(function, FUNCTION, "cuFuncGetAttribute");
    if (code != SUCCESS) return leave(code);
    if (attribute == 0) *value = 1024;
    else if (attribute == 8) *value = function->kernel->most_dynamic_shared;
    else return leave(NOT_SUPPORTED);
    return leave(SUCCESS);
}

/* ---- errors */

EXPORT int cuGetErrorName(int error, const char **name) {
    switch (error) {
        case SUCCESS: *name = "CUDA_SUCCESS"; return SUCCESS;
        case INVALID_VALUE: *name = "CUDA_ERROR_INVALID_VALUE"; return SUCCESS;
        case OUT_OF_MEMORY: *name = "CUDA_ERROR_OUT_OF_MEMORY"; return SUCCESS;
        case NOT_INITIALIZED: *name = "CUDA_ERROR_NOT_INITIALIZED"; return SUCCESS;
        case INVALID_DEVICE: *name = "CUDA_ERROR_INVALID_DEVICE"; return SUCCESS;
        case INVALID_IMAGE: *name = "CUDA_ERROR_INVALID_IMAGE"; return SUCCESS;
        case INVALID_CONTEXT: *name = "CUDA_ERROR_INVALID_CONTEXT"; return SUCCESS;
        case NO_BINARY_FOR_GPU: *name = "CUDA_ERROR_NO_BINARY_FOR_GPU"; return SUCCESS;
        case 214: *name = "CUDA_ERROR_ECC_UNCORRECTABLE"; return SUCCESS;
        case INVALID_HANDLE: *name = "CUDA_ERROR_INVALID_HANDLE"; return SUCCESS;
        case ASSERT: *name = "CUDA_ERROR_ASSERT"; return SUCCESS;
        case NOT_FOUND: *name = "CUDA_ERROR_NOT_FOUND"; return SUCCESS;
        case NOT_READY: *name = "CUDA_ERROR_NOT_READY"; return SUCCESS;
        case ILLEGAL_ADDRESS: *name = "CUDA_ERROR_ILLEGAL_ADDRESS"; return SUCCESS;
        case LAUNCH_OUT_OF_RESOURCES: *name = "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES"; return SUCCESS;
        case LAUNCH_TIMEOUT: *name = "CUDA_ERROR_LAUNCH_TIMEOUT"; return SUCCESS;
        case LAUNCH_FAILED: *name = "CUDA_ERROR_LAUNCH_FAILED"; return SUCCESS;
        case NOT_SUPPORTED: *name = "CUDA_ERROR_NOT_SUPPORTED"; return SUCCESS;
        case CAPTURE_UNSUPPORTED: *name = "CUDA_ERROR_STREAM_CAPTURE_UNSUPPORTED"; return SUCCESS;
        case CAPTURE_UNJOINED: *name = "CUDA_ERROR_STREAM_CAPTURE_UNJOINED"; return SUCCESS;
        default: *name = "CUDA_ERROR"; return SUCCESS;
    }
}

/* Says more than the real driver: what it was that went wrong last. */
EXPORT int cuGetErrorString(int error, const char **text) {
    *text = is_sticky(error) || error == INVALID_CONTEXT || error == INVALID_HANDLE || error == INVALID_VALUE
                ? last_violation()
                : "emulated";
    return SUCCESS;
}
