/** Cortado and its peers, side by side. */
@NullMarked
package dev.cortado.benchmarks;

import org.jspecify.annotations.NullMarked;
