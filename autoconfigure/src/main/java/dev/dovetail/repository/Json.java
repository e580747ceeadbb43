package dev.dovetail.repository;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Stores a property as one JSON document in one column, instead of as an aggregate's child in a table of its own.
 *
 * <p>On a property, or on a class for every property of that class. The column is of type {@code json} ({@code jsonb} on
 * PostgreSQL, text on SQLite). Collections and arrays of simple values and properties of type {@code JsonNode} are stored in
 * such a column also without this annotation. Documents are written and read by the application's {@code JsonMapper}, if it
 * has one, and need Jackson 3 on the class path.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE})
public @interface Json {}
