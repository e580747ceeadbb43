package dev.dovetail.engine;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An index that there could be.
 *
 * @param schema of the table; null on engines without schemas
 * @param table as the database spells it
 * @param columns in their order, at least one
 */
public record IndexCandidate(@Nullable String schema, String table, List<Column> columns) {

    /** A column of it, as the database spells it. */
    public record Column(String name, boolean descending) {

        /** One that is sorted upwards. */
        public static Column of(String name) {
            return new Column(name, false);
        }

        private String sql() {
            return SqlDialect.quoted(name) + (descending ? " DESC" : "");
        }
    }

    public IndexCandidate {
        columns = List.copyOf(columns);
    }

    /** One of the same table over these columns. */
    public IndexCandidate over(List<Column> others) {
        return new IndexCandidate(schema, table, others);
    }

    /** Whether it would be one of this table. */
    public boolean isOf(TableInfo other) {
        return table.equals(other.name()) && Objects.equals(schema, other.schema());
    }

    /** Whether the other one does for all that this one does. */
    public boolean isPrefixOf(IndexCandidate other) {
        return table.equals(other.table)
                && Objects.equals(schema, other.schema)
                && columns.size() <= other.columns.size()
                && other.columns.subList(0, columns.size()).equals(columns);
    }

    /** Its columns as CREATE INDEX has them, between the parentheses. */
    public String columnList() {
        return columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    }

    /** The table as SQL takes it. */
    public String qualifiedTable() {
        String name = SqlDialect.quoted(table);
        return schema == null ? name : SqlDialect.quoted(schema) + "." + name;
    }

    /** A name for it: what it is over, in small letters. */
    public String suggestedName() {
        String name = "idx_" + table + "_" + columns.stream().map(Column::name).collect(Collectors.joining("_"));
        String plain = name.toLowerCase(Locale.ROOT);
        return plain.length() <= 60 ? plain : plain.substring(0, 51) + "_" + Integer.toHexString(plain.hashCode());
    }

    @Override
    public String toString() {
        return table
                + columns.stream()
                        .map(column -> column.name() + (column.descending() ? " DESC" : ""))
                        .collect(Collectors.joining(", ", "(", ")"));
    }
}
