/** The contract between the engine and whatever computes: compile, submit, state arena. */
@NullMarked
package dev.eddy.kernels.backend;

import org.jspecify.annotations.NullMarked;
