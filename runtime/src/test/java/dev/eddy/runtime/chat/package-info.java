@NullMarked
package dev.eddy.runtime.chat;

import org.jspecify.annotations.NullMarked;
