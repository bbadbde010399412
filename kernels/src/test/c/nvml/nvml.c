/*
 * A stand-in for NVIDIA's libnvidia-ml that knows the emulated driver's devices: the functions that Eddy binds, with the
 * signatures and values of nvml.h. It answers only while it is started, and refuses what it does not know.
 */
#include <stdio.h>
#include <string.h>

#define EXPORT __attribute__((visibility("default")))

enum { SUCCESS = 0, UNINITIALIZED = 1, INVALID_ARGUMENT = 2, NOT_FOUND = 6 };
enum { CLOCK_SM = 1 };
enum { REASON_POWER_CAP = 4, REASON_HARDWARE_HEAT = 0x40 };
enum { DEVICES = 8 };

static int started;
static struct device { unsigned index; } devices[DEVICES];

static int known(const struct device *device) { return device >= devices && device < devices + DEVICES; }

EXPORT int nvmlInit_v2(void) {
    started++;
    return SUCCESS;
}

EXPORT int nvmlShutdown(void) {
    if (started == 0) return UNINITIALIZED;
    started--;
    return SUCCESS;
}

/* How often it was started and not shut down. */
EXPORT int fakeStarted(void) { return started; }

EXPORT int nvmlDeviceGetHandleByPciBusId_v2(const char *id, struct device **device) {
    unsigned bus, unit;
    if (started == 0) return UNINITIALIZED;
    if (sscanf(id, "0000:%x:%x.0", &bus, &unit) != 2 || bus < 0xe0 || bus >= 0xe0 + DEVICES || unit != 0) return NOT_FOUND;
    *device = devices + (bus - 0xe0);
    (*device)->index = bus - 0xe0;
    return SUCCESS;
}

EXPORT int nvmlDeviceGetClockInfo(struct device *device, int type, unsigned *megahertz) {
    if (started == 0) return UNINITIALIZED;
    if (!known(device) || type != CLOCK_SM) return INVALID_ARGUMENT;
    *megahertz = 900 + device->index;
    return SUCCESS;
}

EXPORT int nvmlDeviceGetPowerUsage(struct device *device, unsigned *milliwatts) {
    if (started == 0) return UNINITIALIZED;
    if (!known(device)) return INVALID_ARGUMENT;
    *milliwatts = 512500;
    return SUCCESS;
}

EXPORT int nvmlDeviceGetCurrentClocksThrottleReasons(struct device *device, unsigned long long *reasons) {
    if (started == 0) return UNINITIALIZED;
    if (!known(device)) return INVALID_ARGUMENT;
    *reasons = REASON_POWER_CAP | REASON_HARDWARE_HEAT;
    return SUCCESS;
}
