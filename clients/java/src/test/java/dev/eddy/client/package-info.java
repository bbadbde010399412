@NullMarked
package dev.eddy.client;

import org.jspecify.annotations.NullMarked;
