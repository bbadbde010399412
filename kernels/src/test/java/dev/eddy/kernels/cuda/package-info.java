/** Tests of the cuda backend beyond those that all backends pass. */
@NullMarked
package dev.eddy.kernels.cuda;

import org.jspecify.annotations.NullMarked;
