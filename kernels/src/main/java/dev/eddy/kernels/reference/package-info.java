/** The normative backend: scalar, unhurried, the definition of every operator's bits. */
@NullMarked
package dev.eddy.kernels.reference;

import org.jspecify.annotations.NullMarked;
