/* What tests ask of the emulator: counts of calls, failures on order, the text of violations, the seed. */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "emulator.h"

struct counter {
    char name[64];
    long calls;
    long failing; /* at this call; 0: never */
    int code;
    struct counter *next;
};

static struct counter *counters;
static char text[1024];
static long violations;
static uint64_t state = 0x9e3779b97f4a7c15u;

static struct counter *counter(const char *name) {
    for (struct counter *c = counters; c != NULL; c = c->next)
        if (strcmp(c->name, name) == 0) return c;
    struct counter *c = calloc(1, sizeof *c);
    snprintf(c->name, sizeof c->name, "%s", name);
    c->next = counters;
    counters = c;
    return c;
}

/* Calls on a device until one of them fails; 0: none does. */
static struct {
    int device;
    long left;
    int code;
} any;

int count(const char *name, int device) {
    struct counter *c = counter(name);
    c->calls++;
    if (any.left > 0 && device == any.device && --any.left == 0) {
        snprintf(text, sizeof text, "injected into %s", name);
        return any.code;
    }
    if (c->failing != 0 && c->calls == c->failing) {
        c->failing = 0;
        snprintf(text, sizeof text, "injected into %s", name);
        return c->code;
    }
    return SUCCESS;
}

int violation(int code, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    violations++;
    fprintf(stderr, "emulated CUDA driver: %s\n", text);
    return code;
}

const char *last_violation(void) { return text; }

/* SplitMix64. */
unsigned next_random(unsigned below) {
    uint64_t z = state += 0x9e3779b97f4a7c15u;
    z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
    z = (z ^ z >> 27) * 0x94d049bb133111ebu;
    return (unsigned)((z ^ z >> 31) >> 32) % below;
}

bool is_sticky(int code) {
    switch (code) {
        case 46: case 214: case ASSERT: case ILLEGAL_ADDRESS: case LAUNCH_TIMEOUT: case 709: case 714:
        case 715: case 716: case 717: case 718: case LAUNCH_FAILED: case 999:
            return true;
        default:
            return false;
    }
}

long setting(const char *name, long otherwise) {
    const char *value = getenv(name);
    return value == NULL || *value == 0 ? otherwise : strtol(value, NULL, 0);
}

/* EDDY_EMULATED_FAIL=cuGraphLaunch:3:719,probe:1:700 does what eddyEmulatedFail does. */
__attribute__((constructor)) static void read_environment(void) {
    state ^= (uint64_t)setting("EDDY_EMULATED_SEED", 0);
    const char *orders = getenv("EDDY_EMULATED_FAIL");
    for (; orders != NULL && *orders != 0; orders = strchr(orders, ',') ? strchr(orders, ',') + 1 : NULL) {
        char name[64];
        long nth;
        int code;
        if (sscanf(orders, "%63[^:]:%ld:%d", name, &nth, &code) == 3) {
            counter(name)->failing = nth;
            counter(name)->code = code;
        }
    }
}

/* How often a function was called or a kernel executed. */
EXPORT long eddyEmulatedCalls(const char *name) { return counter(name)->calls; }

/* The nth call from now (1: the next) of a function, or execution of a kernel, fails with the code. */
EXPORT void eddyEmulatedFail(const char *name, long nth, int code) {
    counter(name)->failing = counter(name)->calls + nth;
    counter(name)->code = code;
}

/* The nth call from now that is made on the device, whichever function's, fails with the code. */
EXPORT void eddyEmulatedFailAny(int device, long nth, int code) {
    any.device = device;
    any.left = nth;
    any.code = code;
}

/* How many more calls are to be made before that failure; 0 once it has been injected. */
EXPORT long eddyEmulatedFailureIsIn(void) { return any.left; }

EXPORT void eddyEmulatedSeed(long seed) { state = 0x9e3779b97f4a7c15u ^ (uint64_t)seed; }

EXPORT long eddyEmulatedViolations(void) { return violations; }

EXPORT const char *eddyEmulatedLastViolation(void) { return text; }
