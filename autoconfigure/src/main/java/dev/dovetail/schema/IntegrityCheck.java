package dev.dovetail.schema;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IntegrityIssue;
import dev.dovetail.engine.TableInfo;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcOperations;

/**
 * Looks for what constraints were meant to prevent, and for foreign keys that are slow to keep. Reads only; on SQLite it
 * reads every table with a foreign key. Safe for use by several threads.
 */
public final class IntegrityCheck {

    private final DatabaseEngine engine;
    private final JdbcOperations jdbc;

    /**
     * @param engine knows how to look
     * @param jdbc takes part in the transaction of the thread, if there is one
     */
    public IntegrityCheck(DatabaseEngine engine, JdbcOperations jdbc) {
        this.engine = engine;
        this.jdbc = jdbc;
    }

    /**
     * What is wrong, by table; empty if nothing is. Of the rows that refer to nothing the first 1,000 are listed.
     *
     * @throws org.springframework.dao.DataAccessException if a foreign key itself is wrong, such as one to columns that are
     *     not unique, or the database cannot be read
     */
    public List<IntegrityIssue> run() {
        return Objects.requireNonNull(jdbc.execute((Connection connection) -> {
            List<IntegrityIssue> issues = new ArrayList<>(engine.integrityIssues(connection));
            for (TableInfo table : engine.tables(connection)) {
                table.foreignKeys().stream()
                        .filter(key -> !isIndexed(table, key))
                        .map(key -> notIndexed(table, key))
                        .forEach(issues::add);
            }
            return List.copyOf(issues);
        }));
    }

    private static IntegrityIssue notIndexed(TableInfo table, ForeignKeyInfo key) {
        return new IntegrityIssue(
                IntegrityIssue.Kind.NOT_INDEXED, table.name(), key.columns(), null, key.referencedTable(), key.name());
    }

    // A key that is the row's own number has no index beside it.
    private static boolean isIndexed(TableInfo table, ForeignKeyInfo key) {
        return begins(table.primaryKey(), key)
                || table.indexes().stream()
                        .anyMatch(index -> index.condition() == null && begins(index.columns(), key));
    }

    private static boolean begins(List<String> indexed, ForeignKeyInfo key) {
        int count = key.columns().size();
        return indexed.size() >= count && new HashSet<>(indexed.subList(0, count)).equals(new HashSet<>(key.columns()));
    }
}
