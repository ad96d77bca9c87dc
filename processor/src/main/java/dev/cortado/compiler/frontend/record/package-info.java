/** Keeps the source of layers with their class files, so that they work from a jar. */
@NullMarked
package dev.cortado.compiler.frontend.record;

import org.jspecify.annotations.NullMarked;
