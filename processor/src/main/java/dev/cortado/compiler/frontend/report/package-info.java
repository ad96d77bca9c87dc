/**
 * Errors: the catalogue of messages, near misses, and printing each once at the user's own tree.
 */
@NullMarked
package dev.cortado.compiler.frontend.report;

import org.jspecify.annotations.NullMarked;
