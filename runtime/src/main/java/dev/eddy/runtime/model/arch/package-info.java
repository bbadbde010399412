/** The architectures, one file each, and their registry. */
@NullMarked
package dev.eddy.runtime.model.arch;

import org.jspecify.annotations.NullMarked;
