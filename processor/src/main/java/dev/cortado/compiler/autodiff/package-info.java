/**
 * Reverse-mode differentiation of whole graphs; the rule of each operation is that operation's own.
 */
@NullMarked
package dev.cortado.compiler.autodiff;

import org.jspecify.annotations.NullMarked;
