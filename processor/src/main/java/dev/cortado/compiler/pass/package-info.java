/** Rewritings of the graph, each from graph to graph, run in the order of one list. */
@NullMarked
package dev.cortado.compiler.pass;

import org.jspecify.annotations.NullMarked;
