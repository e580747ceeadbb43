package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnType;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.TypeMismatchDataAccessException;

/** Writes conditions as SQL. */
final class ConditionWriter {

    /**
     * What stands left of the operator.
     *
     * @param text whether it is text
     * @param encode how what it is compared with is bound
     */
    private record Left(String sql, boolean text, UnaryOperator<Object> encode) {}

    private final Expressions expressions;

    ConditionWriter(Expressions expressions) {
        this.expressions = expressions;
    }

    /** Writes the condition behind this word, if there is one. */
    void write(SqlText sql, String word, @Nullable Condition condition) {
        if (condition != null) {
            sql.add(word);
            write(sql, condition.criterion());
        }
    }

    private void write(SqlText sql, Criterion criterion) {
        Boolean constant = criterion.constant();
        if (constant != null) {
            sql.add(constant ? "1 = 1" : "1 = 0");
        } else if (criterion instanceof Criterion.Not not) {
            sql.add("NOT (");
            write(sql, not.negated());
            sql.add(")");
        } else if (criterion instanceof Criterion.Group group) {
            write(sql, group);
        } else if (criterion instanceof Criterion.Test test) {
            write(sql, test);
        }
    }

    private void write(SqlText sql, Criterion.Group group) {
        String word = "";
        for (Criterion member : group.members()) {
            sql.add(word);
            boolean nested = member instanceof Criterion.Group;
            sql.add(nested ? "(" : "");
            write(sql, member);
            sql.add(nested ? ")" : "");
            word = group.all() ? " AND " : " OR ";
        }
    }

    private void write(SqlText sql, Criterion.Test test) {
        Left left = left(test.operand(), test.operator(), test.values());
        List<Object> values = test.values();
        switch (test.operator()) {
            case IS_NULL, IS_NOT_NULL ->
                sql.add(left.sql()).add(" ").add(test.operator().sql());
            case LIKE -> like(sql, test.operand(), left, values.get(0));
            case BETWEEN ->
                sql.add(left.sql())
                        .add(" BETWEEN ? AND ?")
                        .bind(left.encode().apply(values.get(0)))
                        .bind(left.encode().apply(values.get(1)));
            case IN, NOT_IN -> {
                sql.add(left.sql()).add(" ").add(test.operator().sql()).add(" (");
                sql.add("?, ".repeat(values.size() - 1)).add("?)");
                values.forEach(value -> sql.bind(left.encode().apply(value)));
            }
            default ->
                sql.add(left.sql())
                        .add(" ")
                        .add(test.operator().sql())
                        .add(" ?")
                        .bind(left.encode().apply(values.get(0)));
        }
    }

    private Left left(Operand operand, Operator operator, List<Object> values) {
        Aggregate aggregate = operand.aggregate();
        if (aggregate != null) {
            return new Left(expressions.comparable(aggregate), false, value -> expressions.operand(aggregate, value));
        }
        ColumnRef column = expressions.source().column(String.valueOf(operand.column()));
        return operand.path() != null ? json(column, operand, operator, values) : column(column, operand, operator);
    }

    private Left column(ColumnRef column, Operand operand, Operator operator) {
        if (operator.needsValue() && column.type().kind() == ColumnType.Kind.JSON) {
            throw Misuse.of(
                    "%s holds JSON documents, which are not compared as a whole. Compare a value in them: json(path).",
                    column.description());
        }
        if (operand.ignoreCase() && !column.isText()) {
            throw Misuse.of(
                    "%s holds %s; only text has a case to ignore",
                    column.description(), column.type().kind());
        }
        String sql = operator.needsOrder()
                ? expressions.ordered(column, operand.ignoreCase())
                : casedSql(expressions.source().sql(column), operand);
        return new Left(
                sql, column.isText(), value -> casedValue(expressions.values().encode(column, value), operand));
    }

    private Left json(ColumnRef column, Operand operand, Operator operator, List<Object> values) {
        if (column.type().kind() != ColumnType.Kind.JSON) {
            throw Misuse.of(
                    "%s holds %s, not JSON documents",
                    column.description(), column.type().kind());
        }
        if (operator.needsOrder() && values.stream().anyMatch(Number.class::isInstance)) {
            throw Misuse.of(
                    "Values in %s are compared as text, in which 10 comes before 9. Give text that sorts as meant,"
                            + " or a column of its own to the number.",
                    column.description());
        }
        String sql = casedSql(jsonText(column, operand), operand);
        boolean collate = operator.needsOrder() && !operand.ignoreCase();
        return new Left(
                collate ? expressions.dialect().byCodePoint(sql) : sql,
                true,
                value -> casedValue(jsonOperand(column, value), operand));
    }

    private String jsonText(ColumnRef column, Operand operand) {
        return expressions
                .dialect()
                .jsonText(expressions.source().sql(column), java.util.Objects.requireNonNull(operand.path()));
    }

    private String casedSql(String sql, Operand operand) {
        return operand.ignoreCase() ? expressions.dialect().lowerCase(sql) : sql;
    }

    private static Object casedValue(Object value, Operand operand) {
        return operand.ignoreCase() && value instanceof String text ? Names.lowerAscii(text) : value;
    }

    private void like(SqlText sql, Operand operand, Left left, Object given) {
        if (!left.text()) {
            throw Misuse.of("%s does not hold text, which alone matches patterns", operand.description());
        }
        String pattern = String.valueOf(left.encode().apply(given));
        refuseOpenEscape(pattern, operand);
        try {
            sql.add(expressions.dialect().like(left.sql()))
                    .bind(expressions.dialect().likeOperand(pattern));
        } catch (IllegalArgumentException e) {
            throw Misuse.of("The pattern for %s is not possible: %s", operand.description(), e.getMessage());
        }
    }

    private static void refuseOpenEscape(String pattern, Operand operand) {
        int backslashes = 0;
        while (backslashes < pattern.length() && pattern.charAt(pattern.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        if (backslashes % 2 == 1) {
            throw Misuse.of(
                    "The pattern for %s ends with a backslash that takes no character's meaning; write two for itself",
                    operand.description());
        }
    }

    private static String jsonOperand(ColumnRef column, Object given) {
        Object value = Values.unwrapped(given);
        if (value instanceof BigDecimal decimal) {
            return decimal.toPlainString();
        }
        boolean plain = value instanceof CharSequence
                || value instanceof Boolean
                || value instanceof UUID
                || value instanceof Character
                || (value instanceof Number && !(value instanceof Double || value instanceof Float));
        if (!plain) {
            throw new TypeMismatchDataAccessException(
                    "A value of type %s cannot be compared with one in the JSON of column \"%s\" of table \"%s\": give text, a whole number, a BigDecimal or a boolean"
                            .formatted(
                                    given.getClass().getName(),
                                    column.column().name(),
                                    column.table().name()));
        }
        String text = value.toString();
        if (text.indexOf('\0') >= 0) {
            throw new TypeMismatchDataAccessException(
                    "Text with the character U+0000 cannot be compared with a value in the JSON of column \"%s\" of table \"%s\""
                            .formatted(column.column().name(), column.table().name()));
        }
        return text;
    }
}
