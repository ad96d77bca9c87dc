/** What a user writes on a model: nothing else is needed to be read by the compiler. */
@NullMarked
package dev.cortado.annotation;

import org.jspecify.annotations.NullMarked;
