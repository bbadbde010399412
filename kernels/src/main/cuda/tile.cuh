// The columns of a head's matrix state that one block has, in its dynamic shared memory from an entry's first element to
// its last: [K][columns] in the state's type, behind TILE_VECTORS vectors [K] that all columns read. A thread reads and
// writes its own column alone. ScanTile.java chooses the columns.
#pragma once
#include "device.cuh"

enum { TILE_VECTORS = 5 };

// The calling thread's column; the vectors begin at vectors.
template <class Stored>
EDDY_DEVICE Stored* tile_column(float* vectors, int keys) {
    return (Stored*)(vectors + TILE_VECTORS * keys) + threadIdx.x;
}

// Brings a column into the tile. Copies go on together; tile_wait waits for the calling thread's.
EDDY_DEVICE void tile_load(float* tile, int columns, const float* s, int stride, int keys) {
#pragma unroll 8
    for (int i = 0; i < keys; i++) {
        copy_later(tile + i * columns, s + (long long)i * stride, false);
    }
}

// There are no such copies of two bytes.
EDDY_DEVICE void tile_load(unsigned short* tile, int columns, const unsigned short* s, int stride, int keys) {
#pragma unroll 8
    for (int i = 0; i < keys; i++) {
        tile[i * columns] = s[(long long)i * stride];
    }
}

EDDY_DEVICE void tile_wait() { copies_wait(); }

template <class Stored>
EDDY_DEVICE void tile_store(const Stored* tile, int columns, Stored* s, int stride, int keys) {
#pragma unroll 8
    for (int i = 0; i < keys; i++) {
        s[(long long)i * stride] = tile[i * columns];
    }
}
