package dev.dovetail.repository.table;

import dev.dovetail.engine.ColumnType;
import dev.dovetail.engine.ColumnValues;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.SqlDialect;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataRetrievalFailureException;

/** Columns and aggregates of one source, as SQL, and how they are read. */
final class Expressions {

    private static final int MORE_DIGITS_OF_MEAN = 10;
    private static final ColumnType ANY_DECIMAL = ColumnType.of(ColumnType.Kind.DECIMAL, "");

    private final Source source;
    private final SqlDialect dialect;
    private final Values values;

    Expressions(Source source, DatabaseEngine engine) {
        this.source = source;
        this.dialect = engine.sql();
        this.values = new Values(engine);
    }

    Source source() {
        return source;
    }

    SqlDialect dialect() {
        return dialect;
    }

    Values values() {
        return values;
    }

    Output column(ColumnRef column) {
        return new Output(column.label(), source.sql(column), 1, (result, index) -> values.read(column, result, index));
    }

    /** The column as it is sorted and compared for which comes first. */
    String ordered(ColumnRef column, boolean ignoreCase) {
        requireOrder(column);
        String sql = source.sql(column);
        if (ignoreCase && column.isText()) {
            return dialect.lowerCase(sql);
        }
        return column.isText() ? dialect.byCodePoint(sql) : sql;
    }

    void requireOrder(ColumnRef column) {
        if (!dialect.ordersInSql(column.type())) {
            throw Misuse.of(
                    "%s holds %s, stored as %s, which this database cannot compare, sort or add up in SQL."
                            + " Read the values and do it in Java, or store them otherwise.",
                    column.description(), column.type().kind(), column.type().name());
        }
    }

    Output aggregate(Aggregate aggregate) {
        String label = aggregate.label();
        return switch (aggregate.function()) {
            case COUNT, COUNT_DISTINCT -> new Output(label, comparable(aggregate), 1, ResultSet::getLong);
            case SUM -> sum(label, number(aggregate));
            case AVG -> mean(label, number(aggregate));
            case MIN, MAX -> {
                ColumnRef column = columnOf(aggregate);
                yield new Output(
                        label, comparable(aggregate), 1, (result, index) -> values.read(column, result, index));
            }
        };
    }

    /** The aggregate as it is compared and sorted. */
    String comparable(Aggregate aggregate) {
        return switch (aggregate.function()) {
            case COUNT -> aggregate.column() == null ? "count(*)" : "count(" + source.sql(columnOf(aggregate)) + ")";
            case COUNT_DISTINCT -> "count(DISTINCT " + source.sql(columnOf(aggregate)) + ")";
            case SUM ->
                dialect.comparableSum(
                        source.sql(number(aggregate)), number(aggregate).type());
            case AVG ->
                dialect.comparableAverage(
                        source.sql(number(aggregate)), number(aggregate).type());
            case MIN ->
                dialect.min(source.sql(ordered(aggregate)), ordered(aggregate).type());
            case MAX ->
                dialect.max(source.sql(ordered(aggregate)), ordered(aggregate).type());
        };
    }

    /** The value as it is bound to be compared with {@link #comparable}. */
    Object operand(Aggregate aggregate, Object value) {
        if (aggregate.function() == Aggregate.Function.MIN || aggregate.function() == Aggregate.Function.MAX) {
            return values.encode(columnOf(aggregate), value);
        }
        if (!(value instanceof Number)) {
            throw Misuse.of(
                    "%s cannot be compared with a value of type %s: give a number",
                    aggregate, value.getClass().getTypeName());
        }
        try {
            return switch (aggregate.function()) {
                case COUNT, COUNT_DISTINCT -> ColumnValues.whole(value);
                case AVG -> ColumnValues.floating(value);
                default ->
                    dialect.sumOperand(
                            ColumnValues.decimal(value, ANY_DECIMAL),
                            number(aggregate).type());
            };
        } catch (IllegalArgumentException e) {
            throw Misuse.of("%s cannot be compared with the value: %s", aggregate, e.getMessage());
        }
    }

    private Output sum(String label, ColumnRef column) {
        return new Output(
                label,
                dialect.sum(source.sql(column), column.type()),
                1,
                (result, index) -> exact(column, result.getObject(index)));
    }

    private Output mean(String label, ColumnRef column) {
        String sql = dialect.sum(source.sql(column), column.type()) + ", count(" + source.sql(column) + ")";
        return new Output(label, sql, 2, (result, index) -> mean(column, result, index));
    }

    private @Nullable BigDecimal mean(ColumnRef column, ResultSet result, int index) throws SQLException {
        BigDecimal sum = exact(column, result.getObject(index));
        long count = result.getLong(index + 1);
        return count == 0
                ? null
                : sum.divide(
                        BigDecimal.valueOf(count),
                        Math.max(0, sum.scale()) + MORE_DIGITS_OF_MEAN,
                        RoundingMode.HALF_UP);
    }

    private BigDecimal exact(ColumnRef column, @Nullable Object stored) {
        if (stored == null) {
            return BigDecimal.ZERO.setScale(
                    column.type().kind() == ColumnType.Kind.DECIMAL
                            ? column.type().scale()
                            : 0);
        }
        try {
            return dialect.readSum(stored, column.type());
        } catch (NumberFormatException e) {
            throw new DataRetrievalFailureException(column.description() + " has values whose sum is no number", e);
        }
    }

    private ColumnRef number(Aggregate aggregate) {
        ColumnRef column = ordered(aggregate);
        return switch (column.type().kind()) {
            case INTEGER, DECIMAL, DOUBLE -> column;
            default ->
                throw Misuse.of(
                        "%s holds %s, of which there is no %s",
                        column.description(), column.type().kind(), aggregate);
        };
    }

    private ColumnRef ordered(Aggregate aggregate) {
        ColumnRef column = columnOf(aggregate);
        requireOrder(column);
        return column;
    }

    private ColumnRef columnOf(Aggregate aggregate) {
        String name = aggregate.column();
        if (name == null) {
            throw new IllegalStateException("count() has no column");
        }
        return source.column(name);
    }
}
