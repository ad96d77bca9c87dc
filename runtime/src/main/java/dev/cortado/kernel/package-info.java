/**
 * The CPU kernels that generated networks call: matrix products, convolutions, counter-based random
 * numbers, element-wise strips and the team of threads that shares their work.
 *
 * <p>Every kernel works on ranges of {@code float[]} given by offsets, row-major and dense,
 * allocates nothing once warm, and gives bitwise the same result for any number of threads. Each
 * exists twice: on the JDK's Vector API where the module {@code jdk.incubator.vector} is present,
 * and as plain loops.
 */
@NullMarked
package dev.cortado.kernel;

import org.jspecify.annotations.NullMarked;
