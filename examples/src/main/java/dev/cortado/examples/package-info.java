/** The models people start from, and the program that trains one on handwritten digits. */
@NullMarked
package dev.cortado.examples;

import org.jspecify.annotations.NullMarked;
