/**
 * What generated networks extend: everything about a network that does not depend on its model.
 * Programs use {@link dev.cortado.Network} and the generated class; nothing here is for them to
 * call.
 */
@NullMarked
package dev.cortado.compiled;

import org.jspecify.annotations.NullMarked;
