@org.jspecify.annotations.NullMarked
package dev.eddy.runtime.distill;
