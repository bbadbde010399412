/**
 * Weights on disk: config.json and named tensors over memory-mapped files, checked before anything
 * trusts them.
 */
@NullMarked
package dev.eddy.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
