@NullMarked
package dev.eddy.runtime.checkpoint;

import org.jspecify.annotations.NullMarked;
