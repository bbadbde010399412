/** Tests of the engine, most of them on the test's own thread and clock. */
package dev.eddy.runtime.engine;
