package dev.eddy.kernels.cpu;

import static dev.eddy.kernels.cpu.OffHeap.ALL;
import static dev.eddy.kernels.cpu.OffHeap.FLOAT;
import static dev.eddy.kernels.cpu.OffHeap.ORDER;
import static dev.eddy.kernels.cpu.VectorFunctions.FLOATS;

import jdk.incubator.vector.FloatVector;

/** Vectors from and to addresses. */
final class Vectors {
    /** Floats of a vector. */
    static final int L = FLOATS.length();

    /** Bytes from a vector of columns to its twin, sixteen columns on. */
    static final long TWIN = 64;

    private Vectors() {}

    static FloatVector zero() {
        return FloatVector.zero(FLOATS);
    }

    static FloatVector load(long address) {
        return FloatVector.fromMemorySegment(FLOATS, ALL, address, ORDER);
    }

    /** One float in every lane. */
    static FloatVector all(long address) {
        return FloatVector.broadcast(FLOATS, ALL.get(FLOAT, address));
    }

    static void store(FloatVector x, long address) {
        x.intoMemorySegment(ALL, address, ORDER);
    }

    /** Stores the first {@code count} lanes: all of them, some or, from 0 down, none. */
    static void store(FloatVector x, long address, int count) {
        if (count >= L) {
            store(x, address);
        } else if (count > 0) {
            x.intoMemorySegment(ALL, address, ORDER, FLOATS.indexInRange(0, count));
        }
    }

    /** What an accumulator keeps of x: itself, or its round trip through bfloat16. */
    static FloatVector kept(FloatVector x, boolean halves) {
        return halves ? VectorHalves.round(x) : x;
    }
}
