/** Tests of the reference backend. */
@NullMarked
package dev.eddy.kernels.reference;

import org.jspecify.annotations.NullMarked;
