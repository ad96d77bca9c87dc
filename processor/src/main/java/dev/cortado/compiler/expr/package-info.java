/**
 * Scalar expressions and loop statements: what one element is computed by, and the algebra on them.
 */
@NullMarked
package dev.cortado.compiler.expr;

import org.jspecify.annotations.NullMarked;
