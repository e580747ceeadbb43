package dev.dovetail.engine;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How an engine says what the standard leaves open, or what another engine means otherwise, so that one query has one meaning.
 *
 * <p>Expressions that are handed in are SQL of the library's own making; values are bound where a {@code ?} stands. The
 * defaults are the standard's words. Implementations are immutable.
 */
public interface SqlDialect {

    /** The standard, for engines that say nothing else. */
    SqlDialect STANDARD = new SqlDialect() {};

    /**
     * The database's clock, in whole milliseconds since 1970; goes on within a transaction.
     *
     * @throws UnsupportedOperationException if the engine has none that can be asked
     */
    default String currentMillis() {
        throw new UnsupportedOperationException("This engine's clock cannot be asked");
    }

    /**
     * The moment that a column of dates and times without a zone means which the database filled by its own clock, in milliseconds
     * since 1970; NULL where nobody knows.
     */
    default String millisOfOwnClock(String column) {
        return "CAST(NULL AS bigint)";
    }

    /** How many values one statement can be given. */
    default int maxParameters() {
        return 32_766;
    }

    /** What skips rows, bound as one value, where there is no limit. */
    default String offsetWithoutLimit() {
        return "OFFSET ?";
    }

    /** Whether the order of such a column's values can be had in SQL: by comparing, sorting, and adding them. */
    default boolean ordersInSql(ColumnType type) {
        return type.kind() != ColumnType.Kind.JSON;
    }

    /** The text so that it is compared and sorted by its code points. */
    default String byCodePoint(String text) {
        return text;
    }

    /** The text with the letters A to Z in lower case, and no other changed. */
    default String lowerCase(String text) {
        return "lower(" + text + ")";
    }

    /** Whether the text matches a bound {@linkplain #likeOperand pattern}, letter case counting. */
    default String like(String text) {
        return text + " LIKE ? ESCAPE '\\'";
    }

    /**
     * The pattern as {@link #like} wants it bound.
     *
     * @param pattern {@code %} stands for any characters, {@code _} for one; a backslash takes their meaning from them
     * @throws IllegalArgumentException if the engine cannot take it; the message says why without quoting it
     */
    default String likeOperand(String pattern) {
        return pattern;
    }

    /**
     * The value at the path as text: strings as they are, numbers and booleans as they are written in JSON, NULL where there is
     * none or the null of JSON. What an object or an array gives is the engine's own.
     *
     * @throws UnsupportedOperationException if the engine cannot
     */
    default String jsonText(String column, JsonPath path) {
        throw new UnsupportedOperationException("This engine cannot look into JSON documents");
    }

    /** The sum of the column, in any form of which {@link #readSum} makes the exact one. */
    default String sum(String column, ColumnType type) {
        return "sum(" + column + ")";
    }

    /** The sum of which the driver returned this for {@link #sum}, of the column's scale where that is declared. */
    default BigDecimal readSum(Object stored, ColumnType type) {
        BigDecimal sum = stored instanceof Double || stored instanceof Float
                ? BigDecimal.valueOf(((Number) stored).doubleValue())
                : new BigDecimal(stored.toString());
        return sum;
    }

    /** The sum in a form that can be compared and sorted; 0 without values. */
    default String comparableSum(String column, ColumnType type) {
        return "coalesce(sum(" + column + "), 0)";
    }

    /** The value as it is bound to be compared with {@link #comparableSum}. */
    default Object sumOperand(BigDecimal value, ColumnType type) {
        return type.kind() == ColumnType.Kind.DOUBLE ? (Object) value.doubleValue() : value;
    }

    /** The mean in a form that can be compared with a bound {@link Double}, and sorted. */
    default String comparableAverage(String column, ColumnType type) {
        return "CAST(avg(" + column + ") AS double precision)";
    }

    /** The smallest value, in the form in which the column holds it. */
    default String min(String column, ColumnType type) {
        return "min(" + (type.kind() == ColumnType.Kind.TEXT ? byCodePoint(column) : column) + ")";
    }

    /** The largest value, in the form in which the column holds it. */
    default String max(String column, ColumnType type) {
        return "max(" + (type.kind() == ColumnType.Kind.TEXT ? byCodePoint(column) : column) + ")";
    }

    /**
     * Takes numbers for rows that are about to be inserted, which nobody else gets.
     *
     * @param column the one by which the database {@linkplain ColumnInfo#identity() numbers} the table's rows
     * @param count how many
     * @return as many numbers; empty if the engine can only number them while it inserts
     */
    default List<Long> allocateKeys(Connection connection, TableInfo table, ColumnInfo column, int count)
            throws SQLException {
        return List.of();
    }

    /** What stands before VALUES where {@linkplain #allocateKeys allocated} numbers are given; nothing by default. */
    default String givenKeys() {
        return "";
    }

    /**
     * How the query would be run.
     *
     * @throws UnsupportedOperationException if the engine cannot say
     */
    default QueryPlan explain(Connection connection, String query, List<? extends @Nullable Object> values)
            throws SQLException {
        throw new UnsupportedOperationException("This engine does not explain its plans");
    }

    /** A column whose values are bound again as they were read. */
    default StoredTerm stored(ColumnInfo column) {
        return StoredTerm.plain(quoted(column.name()));
    }

    /** What tells a row of the table from all others for as long as nobody changes it; empty if nothing does. */
    default List<StoredTerm> rowKey(Connection connection, TableInfo table) throws SQLException {
        return table.primaryKey().stream()
                .flatMap(name -> table.column(name).stream())
                .map(this::stored)
                .toList();
    }

    /**
     * An expression without comments, in which what stands in double quotes is a name and nothing else: so that a name that is not
     * there is an error, and not a text.
     */
    default String namesOnly(String expression) {
        return expression;
    }

    /** What a SELECT ends with that takes only rows that nobody else has locked, and locks them; empty without such locks. */
    default String skipLocked() {
        return "";
    }

    /** The statement by which a connection waits for locks no longer than this from now on; null if there is none. */
    default @Nullable String lockTimeout(Duration longest) {
        return null;
    }

    /**
     * A query of one truth: whether the transaction has got the lock whose number is bound, and keeps it until it ends. Waits for
     * nobody. Null if there are no such locks.
     */
    default @Nullable String tryLock() {
        return null;
    }

    /** A name as SQL takes it, whatever is in it. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
