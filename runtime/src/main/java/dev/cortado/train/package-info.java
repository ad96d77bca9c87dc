/**
 * Training: {@link dev.cortado.train.Trainer} runs the loop, an {@link dev.cortado.train.Optimizer}
 * changes the weights, a {@link dev.cortado.train.Schedule} its learning rate, and a {@link
 * dev.cortado.train.Metric} says how good the answers are.
 */
@NullMarked
package dev.cortado.train;

import org.jspecify.annotations.NullMarked;
