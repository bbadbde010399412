/**
 * The engine: gathers the due entries of a device's sessions into steps, submits them, scatters the
 * results.
 */
@NullMarked
package dev.eddy.runtime.engine;

import org.jspecify.annotations.NullMarked;
