/** Models: a checkpoint's program, layers, tokenizer and identity. */
@NullMarked
package dev.eddy.runtime.model;

import org.jspecify.annotations.NullMarked;
