/** The graph of primitive operations, and what an operation has to say of itself. */
@NullMarked
package dev.cortado.compiler.graph;

import org.jspecify.annotations.NullMarked;
