package dev.cortado.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The shape of a tensor, outermost dimension first: {@code @Shape("N, 3, 32, 32")}.
 *
 * <p>Required on the inputs and targets of a model; anywhere else it is an assertion, checked when
 * the model is compiled (eager execution does not look at it).
 *
 * <p>A dimension is an integer, a symbol, or sums, differences and products of them with
 * parentheses: {@code "N, 2*T + 1"}. {@code ...}, once and first, stands for any number of leading
 * dimensions. A constant expression may build the text: {@code @Shape("N, " + FEATURES)}. The empty
 * text is a scalar.
 *
 * <p>What a symbol means:
 *
 * <ul>
 *   <li>In a class with an {@code int} field of that name, the field's value. While that value is 0
 *       the dimension is not yet known and anything fits: a layer whose in-features come from the
 *       first tensor it is applied to starts with 0 and then stores them in the field.
 *   <li>In a model's {@code forward}, it introduces a dimension: the same symbol is the same size.
 *       The first dimension's symbol is the batch; every other one gets its maximum when a network
 *       or trainer is created.
 *   <li>In a layer, a symbol that is no field names whatever size comes, for this one application.
 * </ul>
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({
  ElementType.PARAMETER,
  ElementType.LOCAL_VARIABLE,
  ElementType.METHOD,
  ElementType.FIELD,
  ElementType.RECORD_COMPONENT
})
public @interface Shape {
  /** The dimensions, separated by commas. */
  String value();
}
