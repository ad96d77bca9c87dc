package dev.cortado.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A reusable block of a network: a plain class with fields, a constructor and an {@code apply} or
 * {@code forward} method. Its parameters are its {@link Param} fields and those of the layers it
 * holds.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Layer {
  /**
   * Name of the one field, an array or a {@code List} of layers, whose elements stand directly
   * under this layer's own path: with {@code elements = "layers"}, the parameters of a field {@code
   * seq} are called {@code seq.0.weight} instead of {@code seq.layers.0.weight}. Empty: there is no
   * such field.
   */
  String elements() default "";
}
