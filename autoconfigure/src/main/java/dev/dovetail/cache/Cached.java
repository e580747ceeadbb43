package dev.dovetail.cache;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps what a repository reads, until a table changes that it was read from. On the repository's interface it concerns what is
 * inherited from Spring Data and what is a query; on a method that method only. What it keeps must be immutable: otherwise the
 * application does not start, and says which part is not.
 */
@Documented
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface Cached {

    /** The longest that anything is kept, such as {@code 10m}; without it {@code dovetail.cache.ttl}. */
    String ttl() default "";

    /** How many results are kept; without it {@code dovetail.cache.maximum-size}. */
    long maximumSize() default -1;

    /**
     * The cache's name; without it that of the repository's interface, with a small first letter. A method that says how long or
     * how many has a cache of its own, whose name ends with that of the method.
     */
    String name() default "";

    /** With false, a method of a repository whose results are kept is left out. */
    boolean enabled() default true;
}
