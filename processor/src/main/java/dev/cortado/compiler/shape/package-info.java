/** Symbolic sizes and shapes. */
@NullMarked
package dev.cortado.compiler.shape;

import org.jspecify.annotations.NullMarked;
