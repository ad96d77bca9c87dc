/** Single kernels under JMH, beside OpenBLAS, oneDNN and PyTorch. */
@NullMarked
package dev.cortado.benchmarks.kernel;

import org.jspecify.annotations.NullMarked;
