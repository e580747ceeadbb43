package dev.dovetail.repository.table;

import dev.dovetail.engine.JsonPath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.InvalidDataAccessApiUsageException;

/**
 * What a column, or an aggregate, is compared with: the middle of a condition.
 *
 * <p>As in SQL, a row without a value fulfils none of these conditions but {@link #isNull()}, nor their negations. Text is
 * compared by its code points, letter case counting. Immutable.
 *
 * @param <R> what follows when the condition is complete
 */
public final class Comparison<R> {

    private final Operand operand;
    private final Function<Condition, R> next;

    Comparison(Operand operand, Function<Condition, R> next) {
        this.operand = operand;
        this.next = next;
    }

    /**
     * Compares the value at this path of a JSON column, for example {@code address.lines[0]}, as text: numbers and booleans as
     * they are written there. Nothing and the null of JSON are no value; what an object or an array is compared as is not
     * defined.
     */
    public Comparison<R> json(String path) {
        try {
            return new Comparison<>(operand.at(JsonPath.parse(path)), next);
        } catch (IllegalArgumentException e) {
            throw new InvalidDataAccessApiUsageException(
                    "The JSON path for %s is none: %s. A path is like address.lines[0].text."
                            .formatted(operand.description(), e.getMessage()),
                    e);
        }
    }

    /** Compares text without heeding the case of the letters A to Z; other letters differ by their case on every engine. */
    public Comparison<R> ignoreCase() {
        return new Comparison<>(operand.ignoringCase(), next);
    }

    /** Equal to the value, which is not null. */
    public R is(Object value) {
        return test(Operator.EQ, value);
    }

    /** Has a value, and another than this. */
    public R isNot(Object value) {
        return test(Operator.NE, value);
    }

    /** Less than the value. */
    public R lt(Object value) {
        return test(Operator.LT, value);
    }

    /** Less than the value or equal to it. */
    public R le(Object value) {
        return test(Operator.LE, value);
    }

    /** Greater than the value. */
    public R gt(Object value) {
        return test(Operator.GT, value);
    }

    /** Greater than the value or equal to it. */
    public R ge(Object value) {
        return test(Operator.GE, value);
    }

    /** From the one value to the other, both included. */
    public R between(Object from, Object to) {
        return test(Operator.BETWEEN, from, to);
    }

    /** One of the values; without any, no row. */
    public R in(Collection<?> values) {
        return test(Operator.IN, values.toArray());
    }

    /** One of the values; without any, no row. */
    public R in(Object... values) {
        return test(Operator.IN, values);
    }

    /** Has a value, and none of these; without any, every row. */
    public R notIn(Collection<?> values) {
        return test(Operator.NOT_IN, values.toArray());
    }

    /** Has a value, and none of these; without any, every row. */
    public R notIn(Object... values) {
        return test(Operator.NOT_IN, values);
    }

    /**
     * Text that matches the pattern: {@code %} stands for any characters, {@code _} for one, and a backslash takes their meaning
     * from them and from itself.
     */
    public R like(String pattern) {
        return test(Operator.LIKE, pattern);
    }

    /** Text in which this occurs as it is. */
    public R contains(String text) {
        return test(Operator.LIKE, "%" + escaped(text) + "%");
    }

    /** Text that starts with this as it is. */
    public R startsWith(String text) {
        return test(Operator.LIKE, escaped(text) + "%");
    }

    /** Text that ends with this as it is. */
    public R endsWith(String text) {
        return test(Operator.LIKE, "%" + escaped(text));
    }

    /** Has no value. */
    public R isNull() {
        return test(Operator.IS_NULL);
    }

    /** Has a value. */
    public R isNotNull() {
        return test(Operator.IS_NOT_NULL);
    }

    private String escaped(String text) {
        requireValue(text);
        return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_");
    }

    private R test(Operator operator, Object... values) {
        List<Object> given = new ArrayList<>(values.length);
        for (Object value : values) {
            given.add(requireValue(value));
        }
        return next.apply(new Condition(new Criterion.Test(operand, operator, given)));
    }

    private <V> V requireValue(@Nullable V value) {
        if (value == null) {
            throw new InvalidDataAccessApiUsageException(
                    "%s was compared with null, which no value is equal to. Use isNull() or isNotNull()."
                            .formatted(operand.description()));
        }
        return value;
    }
}
