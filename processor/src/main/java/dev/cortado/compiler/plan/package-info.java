/**
 * Turns a graph into a {@link dev.cortado.compiler.plan.Program}: decides what is kept in memory
 * and what is computed where it is read, builds loop nests, orders the steps and gives every buffer
 * its place in one arena. Knows no emitter.
 */
@NullMarked
package dev.cortado.compiler.plan;

import org.jspecify.annotations.NullMarked;
