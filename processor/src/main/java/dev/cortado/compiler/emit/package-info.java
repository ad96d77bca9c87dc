/** Prints planned programs as Java source. */
@NullMarked
package dev.cortado.compiler.emit;

import org.jspecify.annotations.NullMarked;
