package dev.cortado.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A field of type {@code Tensor} that is learned: {@code @Param final Tensor scale = ones(64, 1,
 * 1);}.
 *
 * <p>It starts from {@code ones}, {@code zeros}, {@code full}, {@code uniform} or {@code normal} of
 * {@code Ops}. A field that is null after construction and at the end of {@code forward} is no
 * parameter: a layer drops its bias that way. The parameter's name is the path of fields that leads
 * to it, {@code blocks.0.down.weight}.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.FIELD)
public @interface Param {}
