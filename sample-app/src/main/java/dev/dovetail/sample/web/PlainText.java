package dev.dovetail.sample.web;

import jakarta.validation.Constraint;
import jakarta.validation.OverridesAttribute;
import jakarta.validation.Payload;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Text of limited length that any database keeps as it is: no control characters but line breaks and tabs, and no half
 * characters. PostgreSQL refuses these, SQLite does not.
 */
@Documented
@Constraint(validatedBy = {})
@Size
@Pattern(regexp = "[[^\\p{Cc}\\p{Cs}]\\n\\r\\t]*", message = "must not contain control characters")
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.PARAMETER, ElementType.METHOD})
@interface PlainText {

    /** Longest that it may be. */
    @OverridesAttribute(constraint = Size.class, name = "max")
    int max();

    /** Unused: the parts have messages of their own. */
    String message() default "";

    Class<?>[] groups() default {};

    Class<? extends Payload>[] payload() default {};
}
