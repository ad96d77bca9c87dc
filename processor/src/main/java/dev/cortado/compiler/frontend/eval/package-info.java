/**
 * The partial evaluator: runs a model's Java at compile time, and turns what touches tensors into
 * graph nodes.
 */
@NullMarked
package dev.cortado.compiler.frontend.eval;

import org.jspecify.annotations.NullMarked;
