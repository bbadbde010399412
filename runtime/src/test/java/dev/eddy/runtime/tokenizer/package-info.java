@NullMarked
package dev.eddy.runtime.tokenizer;

import org.jspecify.annotations.NullMarked;
