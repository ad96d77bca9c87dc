/** The contestants: Cortado's generated networks, PyTorch, ONNX Runtime. */
@NullMarked
package dev.cortado.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
