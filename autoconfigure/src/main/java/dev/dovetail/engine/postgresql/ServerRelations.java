package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.IndexCandidate;
import dev.dovetail.engine.SqlDialect;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The size of some tables, as the server's catalogue has it. */
final class ServerRelations {

    // A copy would have neither the policies of a table nor the tables that inherit from it, and be planned otherwise.
    // Sizes as the planner does: by the file's size, and how many rows a page had when they were last counted.
    private static final String QUERY = """
            SELECT CASE WHEN relkind = 'r' AND (pg_catalog.row_security_active(c.oid)
                             OR EXISTS (SELECT FROM pg_catalog.pg_inherits h WHERE h.inhparent = c.oid))
                        THEN '-' ELSE relkind::text END AS relkind,
                   pages,
                   (pages * CASE WHEN reltuples > 0 AND relpages > 0 THEN reltuples / relpages ELSE 50 END)::bigint AS tuples
              FROM pg_catalog.pg_class c CROSS JOIN LATERAL (
                       SELECT pg_catalog.pg_relation_size(c.oid)
                                  / pg_catalog.current_setting('block_size')::bigint AS pages) size
             WHERE c.oid = ?::regclass""";

    /** A table and its size. */
    record Relation(TableInfo table, String kind, long rows, long pages) {

        String name() {
            return qualified(table);
        }

        boolean isPlain() {
            return kind.equals("r");
        }
    }

    private final Map<TableInfo, Relation> relations;

    private ServerRelations(Map<TableInfo, Relation> relations) {
        this.relations = relations;
    }

    static ServerRelations of(Connection connection, Collection<TableInfo> tables) throws SQLException {
        Map<TableInfo, Relation> relations = new LinkedHashMap<>();
        for (TableInfo table : Set.copyOf(tables)) {
            relations.put(table, read(connection, table));
        }
        return new ServerRelations(relations);
    }

    private static Relation read(Connection connection, TableInfo table) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(QUERY)) {
            statement.setString(1, qualified(table));
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return new Relation(table, rows.getString("relkind"), rows.getLong("tuples"), rows.getLong("pages"));
            }
        }
    }

    List<Relation> all() {
        return new ArrayList<>(relations.values());
    }

    long rows(TableInfo table) {
        Relation relation = relations.get(table);
        return relation == null ? 0 : relation.rows();
    }

    long rows(IndexCandidate index) {
        return relations.values().stream()
                .filter(relation -> relation.name().equals(index.qualifiedTable()))
                .mapToLong(Relation::rows)
                .sum();
    }

    static String qualified(TableInfo table) {
        String name = SqlDialect.quoted(table.name());
        return table.schema() == null ? name : SqlDialect.quoted(table.schema()) + "." + name;
    }
}
