/** What a model knows and what its state holds: bits per byte or base, and synthetic tasks. */
@NullMarked
package dev.eddy.runtime.eval;

import org.jspecify.annotations.NullMarked;
