/** Tests of the driver binding, on the emulated driver, and of that driver itself. */
@NullMarked
package dev.eddy.kernels.cuda.driver;

import org.jspecify.annotations.NullMarked;
