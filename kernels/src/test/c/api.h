/* What the entry points have in common. */
#ifndef EDDY_API_H
#define EDDY_API_H

#include <pthread.h>

#include "emulator.h"

extern pthread_mutex_t driver_lock;
extern _Thread_local struct context *current_context;

/* Names the entry point, takes the lock, counts the call, and returns what is injected or was lost before. */
#define ENTER(function)                                                                                              \
    pthread_mutex_lock(&driver_lock);                                                                                \
    int code = enter(function);                                                                                      \
    if (code != SUCCESS) return leave(code)
/* The same for what needs a current context. */
#define ENTER_CONTEXT(function)                                                                                      \
    ENTER(function);                                                                                                 \
    code = enter_context(function);                                                                                  \
    if (code != SUCCESS) return leave(code)

int enter(const char *function);
int enter_context(const char *function);
int leave(int code);
/* Whether a handle is a live object of that kind and of the current context. */
int check_handle(const void *handle, enum kind kind, const char *function);
/* The stream that a handle means: null is the legacy default stream, for which the blocking ones wait. */
int find_stream(void *handle, struct stream **stream, const char *function);
struct stream *new_stream(struct context *context, bool blocking);

#endif
