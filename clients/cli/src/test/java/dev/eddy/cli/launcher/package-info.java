/**
 * Tests of the shell launchers, which run them as processes with a Java and a Maven of the tests'
 * own making.
 */
@NullMarked
package dev.eddy.cli.launcher;

import org.jspecify.annotations.NullMarked;
