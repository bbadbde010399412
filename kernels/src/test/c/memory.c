/* Device and pinned memory. Addresses are not used again before the range has been gone through once. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "emulator.h"

enum { ALIGNMENT = 256, SLACK = 0xc5 };

/* Each device's addresses, and those of pinned memory behind them. */
static const size_t RANGE = (size_t)1 << 36;
static char *base;
static uintptr_t cursors[MOST_DEVICES + 1];
static struct allocation *allocations, *freed;
static size_t used[MOST_DEVICES + 1];
static unsigned long numbers;

static int slot(int device) { return device < 0 ? MOST_DEVICES : device; }
static uintptr_t range_start(int device) { return (uintptr_t)base + (size_t)slot(device) * RANGE; }

size_t memory_total(void) { return (size_t)setting("EDDY_EMULATED_MEMORY", 4L << 30); }
size_t memory_used(int device) { return used[slot(device)]; }

static int reserve_ranges(void) {
    if (base != NULL) return SUCCESS;
    void *at = mmap(NULL, (MOST_DEVICES + 1) * RANGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) return OUT_OF_MEMORY;
    base = at;
    for (int i = 0; i <= MOST_DEVICES; i++) cursors[i] = (uintptr_t)base + (size_t)i * RANGE;
    return SUCCESS;
}

void fill_poison(void *to, size_t bytes) {
    uint32_t *words = to;
    for (size_t i = 0; i < bytes / 4; i++) words[i] = POISON;
    memset((char *)to + bytes / 4 * 4, 0xd1, bytes % 4);
}

static struct allocation *overlapping(uintptr_t from, uintptr_t until) {
    for (struct allocation *a = allocations; a != NULL; a = a->next)
        if (a->first_page < until && from < a->end_page) return a;
    return NULL;
}

/* The next free run of pages with a guard page on both sides; 0 where the range is full. */
static uintptr_t find_pages(int device, size_t bytes) {
    uintptr_t start = range_start(device), *cursor = &cursors[slot(device)];
    for (int wraps = 0; wraps < 2;) {
        uintptr_t from = *cursor + PAGE;
        if (from + bytes + PAGE > start + RANGE) {
            *cursor = start;
            wraps++;
            continue;
        }
        struct allocation *other = overlapping(from - PAGE, from + bytes + PAGE);
        if (other == NULL) {
            *cursor = from + bytes;
            return from;
        }
        *cursor = other->end_page;
    }
    return 0;
}

int allocate(int device, size_t bytes, uintptr_t *address) {
    if (bytes == 0) return INVALID_VALUE;
    int code = reserve_ranges();
    if (code != SUCCESS) return code;
    size_t pages = (bytes + PAGE - 1) / PAGE * PAGE;
    if (device >= 0 && used[device] + pages > memory_total()) return OUT_OF_MEMORY;
    uintptr_t from = find_pages(device, pages);
    if (from == 0 || mprotect((void *)from, pages, PROT_READ | PROT_WRITE) != 0) return OUT_OF_MEMORY;
    struct allocation *a = calloc(1, sizeof *a);
    /* Against the guard page behind it, as far as the alignment that the driver promises allows. */
    *a = (struct allocation){.first_page = from, .end_page = from + pages, .device = device, .number = ++numbers};
    a->from = a->end_page - (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    a->until = a->from + bytes;
    if (a->from < from) a->from = from;
    memset((void *)a->first_page, SLACK, a->from - a->first_page);
    fill_poison((void *)a->from, bytes);
    memset((void *)a->until, SLACK, a->end_page - a->until);
    a->next = allocations;
    allocations = a;
    used[slot(device)] += pages;
    *address = a->from;
    return SUCCESS;
}

int register_host(uintptr_t address, size_t bytes) {
    if (bytes == 0 || address % PAGE != 0 || bytes % PAGE != 0)
        return violation(INVALID_VALUE, "%zu bytes of host memory from %#lx are registered, which are no whole pages", bytes,
                         (unsigned long)address);
    if (overlapping(address, address + bytes) != NULL) return ALREADY_REGISTERED;
    struct allocation *a = calloc(1, sizeof *a);
    *a = (struct allocation){.from = address, .until = address + bytes, .first_page = address, .end_page = address + bytes,
                             .device = -1, .registered = true, .number = ++numbers, .next = allocations};
    allocations = a;
    return SUCCESS;
}

int unregister_host(uintptr_t address) {
    for (struct allocation **at = &allocations; *at != NULL; at = &(*at)->next) {
        struct allocation *a = *at;
        if (a->from != address || !a->registered) continue;
        *at = a->next;
        free(a);
        return SUCCESS;
    }
    return violation(INVALID_VALUE, "%#lx is not registered", (unsigned long)address);
}

static bool is_slack(uintptr_t from, uintptr_t until) {
    for (const unsigned char *p = (const unsigned char *)from; p < (const unsigned char *)until; p++)
        if (*p != SLACK) return false;
    return true;
}

int release(int device, uintptr_t address) {
    for (struct allocation **at = &allocations; *at != NULL; at = &(*at)->next) {
        struct allocation *a = *at;
        if (a->from != address || slot(a->device) != slot(device) || a->registered) continue;
        int code = SUCCESS;
        if (!is_slack(a->first_page, a->from) || !is_slack(a->until, a->end_page))
            code = violation(ILLEGAL_ADDRESS, "something wrote beside allocation %lu of %zu bytes", a->number,
                             (size_t)(a->until - a->from));
        *at = a->next;
        used[slot(device)] -= a->end_page - a->first_page;
        madvise((void *)a->first_page, a->end_page - a->first_page, MADV_DONTNEED);
        mprotect((void *)a->first_page, a->end_page - a->first_page, PROT_NONE);
        a->next = freed;
        freed = a;
        return code;
    }
    return violation(INVALID_VALUE, "free of %#lx, which is no live allocation", (unsigned long)address);
}

static struct allocation *holding(struct allocation *list, uintptr_t address) {
    for (struct allocation *a = list; a != NULL; a = a->next)
        if (address >= a->first_page - PAGE && address < a->end_page + PAGE) return a;
    return NULL;
}

const char *describe_address(uintptr_t address, char *text, size_t size) {
    struct allocation *a = NULL;
    for (struct allocation *b = allocations; b != NULL && a == NULL; b = b->next)
        if (address >= b->from && address < b->until) a = b;
    if (a == NULL) a = holding(allocations, address);
    const char *state = a != NULL ? "live" : "freed";
    if (a == NULL) a = holding(freed, address);
    if (a == NULL)
        snprintf(text, size, "access to %#lx, which is no device memory", (unsigned long)address);
    else
        snprintf(text, size, "access to byte %ld of %s allocation %lu, which has %zu bytes",
                 (long)(address - a->from), state, a->number, (size_t)(a->until - a->from));
    return text;
}

bool is_device_address(uintptr_t address) {
    return base != NULL && address >= (uintptr_t)base && address < (uintptr_t)base + MOST_DEVICES * RANGE;
}

int check_range(int device, uintptr_t address, size_t bytes, const char *what) {
    for (struct allocation *a = allocations; a != NULL; a = a->next) {
        if (address < a->from || address > a->until) continue;
        if (bytes > a->until - address)
            return violation(ILLEGAL_ADDRESS, "%s of %zu bytes from byte %zu of allocation %lu, which has %zu bytes", what,
                             bytes, (size_t)(address - a->from), a->number, (size_t)(a->until - a->from));
        if (a->device == device) return SUCCESS;
        return violation(ILLEGAL_ADDRESS, "%s: memory of device %d used on device %d", what, a->device, device);
    }
    char text[256];
    describe_address(bytes == 0 ? address : address + bytes - 1, text, sizeof text);
    return violation(ILLEGAL_ADDRESS, "%s of %zu bytes at %#lx: %s", what, bytes, (unsigned long)address, text);
}

struct allocation *find_pinned(uintptr_t address, size_t bytes) {
    for (struct allocation *a = allocations; a != NULL; a = a->next)
        if (a->device < 0 && address >= a->from && address + bytes <= a->until) return a;
    return NULL;
}

int check_guards(const char *after) {
    for (struct allocation *a = allocations; a != NULL; a = a->next)
        if (!is_slack(a->until, a->end_page))
            return violation(ILLEGAL_ADDRESS, "kernel %s wrote past the end of allocation %lu of %zu bytes", after,
                             a->number, (size_t)(a->until - a->from));
    return SUCCESS;
}

int check_written(int device, uintptr_t address, size_t bytes) {
    (void)device;
    uintptr_t end = address + bytes;
    for (uintptr_t at = (address + 3) & ~(uintptr_t)3; at + 4 <= end; at += 4)
        if (*(const uint32_t *)at == POISON) {
            struct allocation *a = holding(allocations, at);
            return violation(ASSERT,
                             "copy out of memory that nobody wrote, or computed from such: byte %ld of allocation %lu, "
                             "which has %zu bytes",
                             a == NULL ? 0L : (long)(at - a->from), a == NULL ? 0 : a->number,
                             a == NULL ? 0 : (size_t)(a->until - a->from));
        }
    return SUCCESS;
}

void record_memory(FILE *out) {
    for (const struct allocation *a = allocations; a != NULL; a = a->next)
        if (a->device >= 0) fprintf(out, "memory %lx %lx\n", (unsigned long)a->from, (unsigned long)(a->until - a->from));
}

void release_all(int device) {
    for (struct allocation *a = allocations, *next; a != NULL; a = next) {
        next = a->next;
        if (a->device == device) release(device, a->from);
    }
}
