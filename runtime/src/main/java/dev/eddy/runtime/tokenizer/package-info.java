/**
 * Text to ids and back, incrementally: what a session absorbs depends on its text alone, never on
 * how it was cut.
 */
@NullMarked
package dev.eddy.runtime.tokenizer;

import org.jspecify.annotations.NullMarked;
