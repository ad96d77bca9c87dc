/**
 * What the compiler knows about each operation, one file an operation: shape rule, gradient rule,
 * lowering to emitter-neutral loops, and how calls of {@code Ops} methods become nodes.
 */
@NullMarked
package dev.cortado.compiler.op;

import org.jspecify.annotations.NullMarked;
