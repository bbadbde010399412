/** The server's composition root: settings, wiring, readiness, drain. */
@NullMarked
package dev.eddy.runtime.app;

import org.jspecify.annotations.NullMarked;
