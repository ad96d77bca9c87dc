/** How the cost of a prediction grows with the batch and with the number of layers. */
@NullMarked
package dev.cortado.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
