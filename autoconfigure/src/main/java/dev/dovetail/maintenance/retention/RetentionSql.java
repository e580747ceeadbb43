package dev.dovetail.maintenance.retention;

import dev.dovetail.engine.MomentColumn;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.StoredTerm;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The statements about one table.
 *
 * @param table as SQL names it
 * @param column the one that ages
 * @param key what tells its rows apart
 * @param moments how the column is compared
 * @param where which rows go; null for all
 * @param locking what a SELECT ends with that passes over rows others have locked
 */
record RetentionSql(
        String table,
        StoredTerm column,
        List<StoredTerm> key,
        MomentColumn moments,
        @Nullable String where,
        String locking) {

    /** What the rows are sorted by, so that each can be passed once. */
    private List<StoredTerm> order() {
        List<StoredTerm> order = new ArrayList<>(List.of(column));
        order.addAll(key);
        return order;
    }

    private String due() {
        return moments.before() + chosen();
    }

    private String chosen() {
        return where == null ? "" : " AND (" + where + ")";
    }

    /**
     * The oldest rows that are due. Binds the moment, then the row they come after, then how many.
     *
     * @param after whether they come after another row
     */
    String page(boolean after) {
        String position = after
                ? " AND " + row(order(), StoredTerm::expression) + " > " + row(order(), StoredTerm::parameter)
                : "";
        return "SELECT " + list(order(), StoredTerm::reading) + " FROM " + table + " WHERE " + due() + position
                + " ORDER BY " + list(order(), StoredTerm::expression) + " LIMIT ?";
    }

    /** Deletes those of so many rows that are still due. Binds their keys, then the moment. */
    String deletion(int rows) {
        String keys = row(key, StoredTerm::expression);
        String these = keys + " IN (" + keys(rows) + ") AND " + checked();
        String which = locking.isEmpty()
                ? these
                : keys + " IN (SELECT " + list(key, StoredTerm::expression) + " FROM " + table + " WHERE " + these
                        + locking + ")";
        return "DELETE FROM " + table + " WHERE " + which;
    }

    // Without statistics SQLite's planner takes an index of the condition for better than the keys, and would read all
    // old
    // rows while it holds the only writer: so it is not to see into the condition.
    private String checked() {
        return locking.isEmpty() ? "CASE WHEN " + due() + " THEN TRUE ELSE FALSE END" : due();
    }

    private String keys(int rows) {
        String one = row(key, StoredTerm::parameter);
        String all = String.join(", ", Collections.nCopies(rows, one));
        return key.size() == 1 ? all : "VALUES " + all;
    }

    /** How many rows are due. Binds the moment. */
    String count() {
        return "SELECT count(*) FROM " + table + " WHERE " + due();
    }

    /**
     * When the oldest row was.
     *
     * @param due whether rows that are due count; else binds the moment
     */
    String oldest(boolean due) {
        String name = column.expression();
        String young = due ? "" : " AND (" + moments.before() + ") IS NOT TRUE";
        String usable = moments.strange() == null ? "" : " AND NOT (" + moments.strange() + ")";
        return "SELECT " + name + " FROM " + table + " WHERE " + name + " IS NOT NULL" + usable + young + chosen()
                + " ORDER BY " + name + " LIMIT 1";
    }

    /** The largest number in the column; NULL without any. */
    String largest() {
        String strange = moments.strange();
        return "SELECT max(" + column.expression() + ") FROM " + table
                + (strange == null ? "" : " WHERE NOT (" + strange + ")");
    }

    /** The largest number that is before a moment, which it binds; NULL without any. */
    String largestDue() {
        return "SELECT max(" + column.expression() + ") FROM " + table + " WHERE " + moments.before();
    }

    /** How many values there are, and how many of them are no moments; null where there can be none. */
    @Nullable
    String strange() {
        String strange = moments.strange();
        return strange == null
                ? null
                : "SELECT count(*), coalesce(sum(CASE WHEN " + strange + " THEN 1 ELSE 0 END), 0) FROM " + table
                        + " WHERE " + column.expression() + " IS NOT NULL";
    }

    private static String row(List<StoredTerm> terms, Function<StoredTerm, String> part) {
        return terms.size() == 1 ? part.apply(terms.get(0)) : "(" + list(terms, part) + ")";
    }

    private static String list(List<StoredTerm> terms, Function<StoredTerm, String> part) {
        return terms.stream().map(part).collect(Collectors.joining(", "));
    }

    static String quoted(@Nullable String schema, String table) {
        return schema == null ? SqlDialect.quoted(table) : SqlDialect.quoted(schema) + "." + SqlDialect.quoted(table);
    }
}
