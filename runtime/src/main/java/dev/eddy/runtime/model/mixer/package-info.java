/** Mixers that two or more architectures use. */
@NullMarked
package dev.eddy.runtime.model.mixer;

import org.jspecify.annotations.NullMarked;
