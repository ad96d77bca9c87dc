/** The private compilation that attributes bodies, and the class path it reads. */
@NullMarked
package dev.cortado.compiler.frontend.source;

import org.jspecify.annotations.NullMarked;
