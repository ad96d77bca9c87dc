/** What a model is written with and what a compiled one is used through. */
@NullMarked
package dev.cortado;

import org.jspecify.annotations.NullMarked;
