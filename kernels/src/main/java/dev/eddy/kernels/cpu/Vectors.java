package dev.eddy.kernels.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * How wide vectors are, and how loops over them are written.
 *
 * <p>C2 inlines methods of our own only until a compiled method has some 18,000 nodes, which forty
 * vector operations make; the Vector API's own are inlined beyond. A vector that is passed to or
 * from a method that was not inlined is put on the heap. So no method of a kernel takes or returns
 * a vector: each loop is written in the API's own calls, and what several share, such as an
 * exponential, is a pass of its own over a tile of memory in the first cache. What a loop carries
 * is an argument of the operation that makes its next value, never that operation's receiver: of a
 * receiver C2 would have to know the class before it has seen the loop.
 */
final class Vectors {
    /** Floats as wide as this machine's registers; every lane count divides 16. */
    static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;

    /** Ints in vectors of the same shape. */
    static final VectorSpecies<Integer> INTS = VectorSpecies.of(int.class, FLOATS.vectorShape());

    /** Floats of a vector. */
    static final int L = FLOATS.length();

    /** Floats of the widest vectors there are; every width divides them. */
    static final int WIDEST = 16;

    /** Bytes from a vector of columns to its twin, {@link #WIDEST} columns on. */
    static final long TWIN = 4L * WIDEST;

    private Vectors() {}
}
