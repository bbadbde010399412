/** Sessions: the actor of each, its protocol, its log, and how they are found. */
@NullMarked
package dev.eddy.runtime.session;

import org.jspecify.annotations.NullMarked;
