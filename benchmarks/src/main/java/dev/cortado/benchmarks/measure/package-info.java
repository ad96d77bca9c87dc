/** How it is measured: steady state, interleaved rounds, medians, results as JSON. */
@NullMarked
package dev.cortado.benchmarks.measure;

import org.jspecify.annotations.NullMarked;
