/**
 * The CUDA driver as Java: devices, contexts, memory, streams, events, modules and graphs. The only
 * package that imports JCuda.
 *
 * <p>The library is the machine's {@code libcuda.so.1}, or the file that the system property {@code
 * eddy.cuda.driver} names: tests name the emulated driver there (kernels/src/test/c), whose soname
 * is the same, so that what is linked against the real one is content with it.
 */
@NullMarked
package dev.eddy.kernels.cuda.driver;

import org.jspecify.annotations.NullMarked;
