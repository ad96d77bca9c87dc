/**
 * Layers: ordinary {@code @Layer} classes, written in the subset of Java that the compiler
 * evaluates, with PyTorch's parameter names, layouts and initial values. Options chain and are set
 * before a layer is first applied. A size that is left out comes from the first tensor the layer is
 * applied to.
 */
@NullMarked
package dev.cortado.nn;

import org.jspecify.annotations.NullMarked;
