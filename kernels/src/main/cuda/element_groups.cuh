// What an element's result does not wait for the one before it: blocks along z share an entry's elements, some
// neighbouring ones at a time.
#pragma once
#include "device.cuh"

enum { GROUP_ELEMENTS = 8 };  // Assembler.GROUP_ELEMENTS

// Calls f(the first of GROUP_ELEMENTS) for each of the block's groups.
template <class F>
EDDY_DEVICE void each_group(int elements, F f) {
    for (int from = blockIdx.z * GROUP_ELEMENTS; from < elements; from += gridDim.z * GROUP_ELEMENTS) {
        f(from);
    }
}
