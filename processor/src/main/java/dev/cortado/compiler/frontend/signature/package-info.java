/**
 * What a model's declarations say, without its bodies: the network's API and the rules it must
 * meet.
 */
@NullMarked
package dev.cortado.compiler.frontend.signature;

import org.jspecify.annotations.NullMarked;
