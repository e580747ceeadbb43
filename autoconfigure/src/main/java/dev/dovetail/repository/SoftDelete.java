package dev.dovetail.repository;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Keeps the rows of an aggregate when it is deleted: deleting notes the time in a property of the root, and what has a time
 * there is not found any more.
 *
 * <p>On an aggregate's root only. The time is that of the application's one {@code java.time.Clock} bean, else of the system,
 * in microseconds. A repository brings back or purges what was deleted if it extends {@link SoftDeleteRepository}.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface SoftDelete {

    /**
     * The property that says when the aggregate was deleted, null while it was not. Of type {@code Instant},
     * {@code OffsetDateTime} or {@code LocalDateTime}, the last one in the zone of the clock.
     */
    String property() default "deletedAt";
}
