/**
 * The Java client of Eddy: endless conversations as blocking iterators and as {@link
 * java.util.concurrent.Flow}. Start at {@link dev.eddy.client.EddyClient}.
 */
@NullMarked
package dev.eddy.client;

import org.jspecify.annotations.NullMarked;
