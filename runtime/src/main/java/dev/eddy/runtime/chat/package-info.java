/** Chat templates: a person's turn in the words that a model was trained on. */
@NullMarked
package dev.eddy.runtime.chat;

import org.jspecify.annotations.NullMarked;
