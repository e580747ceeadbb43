package dev.dovetail.engine.sqlite;

import dev.dovetail.engine.IndexInfo;
import dev.dovetail.engine.IndexPart;
import dev.dovetail.engine.IndexPart.Finds;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** An index as its rows in the pragmas' results come in. */
record SqliteIndex(boolean unique, SqliteIndexText text, List<Part> parts) {

    /**
     * What it is over.
     *
     * @param column its name, or the expression
     * @param collation in capital letters
     */
    record Part(String column, boolean expression, String collation, boolean descending) {

        private IndexPart describe(SqliteTableText table, Map<String, Set<String>> referred) {
            return new IndexPart(finds(table, referred), descending);
        }

        private Finds finds(SqliteTableText table, Map<String, Set<String>> referred) {
            if (expression) {
                return Finds.NONE;
            }
            if (collation.equals(table.collation(column))) {
                return Finds.ALL;
            }
            return referred.getOrDefault(column, Set.of()).contains(collation) ? Finds.REFERRING : Finds.NONE;
        }
    }

    static SqliteIndex of(ResultSet row) throws SQLException {
        String text = row.getString("sql");
        return new SqliteIndex(
                row.getBoolean("is_unique"),
                text == null ? SqliteIndexText.NONE : SqliteIndexText.of(text),
                new ArrayList<>());
    }

    void add(ResultSet row) throws SQLException {
        String column = row.getString("column_name");
        parts.add(new Part(
                column != null ? column : text.expression(parts.size()),
                column == null,
                String.valueOf(row.getString("coll")).toUpperCase(Locale.ROOT),
                row.getBoolean("is_descending")));
    }

    boolean isOver(String column) {
        return parts.stream()
                .anyMatch(part -> !part.expression() && part.column().equals(column));
    }

    /** @param referred by column: the collations of the columns that it refers to, by which rows that refer are looked for */
    IndexInfo describe(String name, SqliteTableText table, Map<String, Set<String>> referred) {
        return new IndexInfo(
                name,
                parts.stream().map(Part::column).toList(),
                unique,
                text.condition(),
                parts.stream().map(part -> part.describe(table, referred)).toList());
    }
}
