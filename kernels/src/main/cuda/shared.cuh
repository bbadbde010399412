// Shared memory by its address, which stays in a register: from a pointer a compiler makes it anew at every use. Reads keep their
// order among other such reads, copies and barriers.
#pragma once
#include "device.cuh"

struct SharedFloats {
#ifdef EDDY_EMULATED
    float* at;

    EDDY_DEVICE explicit SharedFloats(void* array) : at((float*)array) {}

    EDDY_DEVICE SharedFloats operator+(int floats) const { return SharedFloats(at + floats); }

    EDDY_DEVICE float one(int i) const { return at[i]; }

    EDDY_DEVICE void some(int i, float (&v)[1]) const { v[0] = at[i]; }

    EDDY_DEVICE void some(int i, float (&v)[2]) const {
        v[0] = at[i];
        v[1] = at[i + 1];
    }

    EDDY_DEVICE float4 four(int i) const { return *(const float4*)(at + i); }

    EDDY_DEVICE void copy_later(const float* from, bool wide) const { ::copy_later(at, from, wide); }
#else
    uint32_t at;

    EDDY_DEVICE explicit SharedFloats(void* array) : at((uint32_t)__cvta_generic_to_shared(array)) {
        asm volatile("" : "+r"(at));
    }

    EDDY_DEVICE explicit SharedFloats(uint32_t at) : at(at) {}

    EDDY_DEVICE SharedFloats operator+(int floats) const { return SharedFloats(at + 4 * floats); }

    EDDY_DEVICE float one(int i) const {
        float v;
        asm volatile("ld.shared.f32 %0, [%1];" : "=f"(v) : "r"(at + 4 * i));
        return v;
    }

    EDDY_DEVICE void some(int i, float (&v)[1]) const { v[0] = one(i); }

    EDDY_DEVICE void some(int i, float (&v)[2]) const {
        asm volatile("ld.shared.v2.f32 {%0, %1}, [%2];" : "=f"(v[0]), "=f"(v[1]) : "r"(at + 4 * i));
    }

    EDDY_DEVICE float4 four(int i) const {
        float4 v;
        asm volatile("ld.shared.v4.f32 {%0,%1,%2,%3}, [%4];" : "=f"(v.x), "=f"(v.y), "=f"(v.z), "=f"(v.w) : "r"(at + 4 * i));
        return v;
    }

    EDDY_DEVICE void copy_later(const float* from, bool wide) const { ::copy_later(at, from, wide); }
#endif
};
