/* What the checks of the CPU library's functions share: made-up numbers, and a main function over its variants. */
#ifndef EDDY_VARIANTS_H
#define EDDY_VARIANTS_H

#include <dlfcn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* By the bits of eddy_variants(); the first has no integers and no recurrences. */
static const char *const VARIANTS[] = {NULL, "avx512vnni", "avx2", "neon"};

static uint64_t state;

static uint32_t random_bits(void) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 32);
}

/* A variant's function; the program ends where it is missing. */
static void *function(void *library, const char *variant, const char *name) {
    char all[64];
    snprintf(all, sizeof all, "eddy_%s_%s", variant, name);
    void *found = dlsym(library, all);
    if (found == NULL) {
        fprintf(stderr, "%s is missing\n", all);
        exit(2);
    }
    return found;
}

/* Checks each variant that can run; 1 where bits differ, 2 without a library, 3 where no variant can run. */
static int check_variants(int count, char **args, int (*check)(void *library, const char *variant)) {
    void *library = count == 2 ? dlopen(args[1], RTLD_NOW) : NULL;
    if (library == NULL) {
        fprintf(stderr, "%s: %s\n", args[0], count == 2 ? dlerror() : "usage: PROGRAM LIBRARY");
        return 2;
    }
    int (*variants)(void) = (int (*)(void))dlsym(library, "eddy_variants");
    int have = variants == NULL ? 0 : variants(), checked = 0;
    for (int v = 1; v < 4; v++) {
        if (have >> v & 1) {
            if (!check(library, VARIANTS[v])) {
                return 1;
            }
            checked++;
        }
    }
    if (checked == 0) {
        printf("no variant to check can run on this processor: eddy_variants() is %d\n", have);
        return 3;
    }
    return 0;
}

#endif
