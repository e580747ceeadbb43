package dev.dovetail.schema;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.ForeignKeyInfo;
import dev.dovetail.engine.IntegrityIssue;
import java.sql.Connection;
import java.util.ArrayList;
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
            UnindexedForeignKeys.of(new Schema(engine.tables(connection))).stream()
                    .map(IntegrityCheck::notIndexed)
                    .forEach(issues::add);
            return List.copyOf(issues);
        }));
    }

    private static IntegrityIssue notIndexed(UnindexedForeignKeys.Of found) {
        ForeignKeyInfo key = found.key();
        return new IntegrityIssue(
                IntegrityIssue.Kind.NOT_INDEXED,
                found.table().name(),
                key.columns(),
                null,
                key.referencedTable(),
                key.name());
    }
}
