/** Tests of sessions: real actors, a real engine, tiny models of random weights. */
package dev.eddy.runtime.session;
