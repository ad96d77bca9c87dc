package dev.cortado.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The root class of a neural network. The processor generates {@code XNetwork} for a model {@code
 * X}.
 *
 * <p>A model is a plain class with a no-argument constructor and a method {@code forward} that
 * takes the inputs, each with its {@link Shape}, and returns a {@code Tensor} or a record of
 * tensors. A method {@code loss}, optional, takes {@code forward}'s result and then the targets,
 * and returns a scalar.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Model {}
