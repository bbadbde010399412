/** What Eddy counts and measures, and the page Prometheus reads it from. */
@NullMarked
package dev.eddy.runtime.metrics;

import org.jspecify.annotations.NullMarked;
