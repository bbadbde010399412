/** Programs: a model's operators, recorded symbolically once at load. */
@NullMarked
package dev.eddy.kernels.program;

import org.jspecify.annotations.NullMarked;
