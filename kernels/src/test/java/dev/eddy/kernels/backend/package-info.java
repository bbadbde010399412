/** Tests of the bookkeeping that backends share. */
@NullMarked
package dev.eddy.kernels.backend;

import org.jspecify.annotations.NullMarked;
