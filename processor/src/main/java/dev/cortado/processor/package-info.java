/**
 * The annotation processor: rounds, the order of the stages with what gates each, and writing
 * files.
 */
@NullMarked
package dev.cortado.processor;

import org.jspecify.annotations.NullMarked;
