/**
 * Files: weights as safetensors with PyTorch's names and layouts, arrays as {@code .npz}.
 * Everything is written atomically, and checked on reading before it is used.
 */
@NullMarked
package dev.cortado.io;

import org.jspecify.annotations.NullMarked;
