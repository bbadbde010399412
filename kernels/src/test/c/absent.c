/*
 * Every name that JCuda's library wants of the driver (names.h): a name that is missing would end the JVM when it is
 * called. The entry points that exist replace these.
 */
#include "emulator.h"

#define ABSENT(name)                                                                                                 \
    EXPORT __attribute__((weak)) int name(void) { return violation(NOT_SUPPORTED, "%s is not emulated", #name); }
#include "names.h"
