/** The test of Eddy's architecture; it lives here because this module sees all others. */
@NullMarked
package dev.eddy.architecture;

import org.jspecify.annotations.NullMarked;
