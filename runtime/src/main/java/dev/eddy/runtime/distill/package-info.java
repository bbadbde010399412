/** Distillation: long filters to recurrences of constant state. */
@NullMarked
package dev.eddy.runtime.distill;

import org.jspecify.annotations.NullMarked;
