package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.StatementTables;
import dev.dovetail.engine.StatementTables.Effect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Set;
import org.postgresql.PGConnection;

/**
 * Which tables a statement reads and writes. Not the planner is asked, which leaves out what it finds needless for the values
 * of one time, but the catalogue: about every name that stands in the text.
 */
final class PostgresqlStatementTables {

    // Settings after which statements read and write as before.
    private static final Set<String> HARMLESS_SETTINGS = Set.of(
            "statement_timeout",
            "lock_timeout",
            "transaction_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "application_name",
            "client_min_messages",
            "synchronous_commit",
            "work_mem",
            "maintenance_work_mem",
            "constraints",
            "transaction",
            "characteristics");

    private PostgresqlStatementTables() {}

    static StatementTables of(Connection connection, String sql) throws SQLException {
        StatementText text = StatementText.of(sql);
        if (text.isSeveral()) {
            return StatementTables.UNKNOWN;
        }
        return switch (text.firstWord()) {
            case "SELECT", "VALUES", "TABLE", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE" ->
                text.makesTable() ? StatementTables.UNKNOWN : ask(connection, text);
            case "COPY", "TRUNCATE", "REFRESH", "DECLARE" -> {
                addTargets(text);
                yield ask(connection, text);
            }
            case "SET", "RESET" -> ofSetting(text);
            case "GRANT", "REVOKE" ->
                new StatementTables(Set.of(), Set.of(), false, false, false, true, Effect.ANY_ROWS);
            default -> ofOther(text);
        };
    }

    private static StatementTables ofOther(StatementText text) {
        return switch (text.firstWord()) {
            case "BEGIN", "START", "END", "ABORT", "ROLLBACK", "SAVEPOINT", "RELEASE" -> StatementTables.NONE;
            case "SHOW", "LISTEN", "UNLISTEN", "NOTIFY", "ANALYZE", "ANALYSE", "CHECKPOINT", "REINDEX", "LOCK" ->
                StatementTables.NONE;
            // What a cursor does is said where it is declared, in the same transaction.
            case "FETCH", "MOVE", "CLOSE", "DEALLOCATE" -> StatementTables.NONE;
            // What was prepared may have been by anybody.
            case "COMMIT" -> text.at(1).is("PREPARED") ? StatementTables.UNKNOWN : StatementTables.NONE;
            // Rows that are moved are found in another order.
            case "VACUUM" -> text.has("FULL") ? StatementTables.UNKNOWN : StatementTables.NONE;
            // What is analysed is run.
            case "EXPLAIN" ->
                text.has("ANALYZE") || text.has("ANALYSE") || text.hasQuoted("analyze")
                        ? StatementTables.UNKNOWN
                        : StatementTables.NONE;
            default -> StatementTables.UNKNOWN;
        };
    }

    private static StatementTables ofSetting(StatementText text) {
        int at = text.at(1).is("LOCAL") || text.at(1).is("SESSION") ? 2 : 1;
        boolean ofApplication = text.at(at + 1).is('.');
        String name = text.at(at).text().toLowerCase(Locale.ROOT);
        // The snapshot of another transaction is older than this one.
        boolean harmless = HARMLESS_SETTINGS.contains(name) && !text.has("SNAPSHOT");
        return ofApplication || harmless ? StatementTables.NONE : StatementTables.UNKNOWN;
    }

    private static void addTargets(StatementText text) {
        switch (text.firstWord()) {
            case "TRUNCATE" -> text.addTargetsOfList(text.at(1).is("TABLE") ? 2 : 1);
            case "REFRESH" -> text.addTarget(text.at(3).is("CONCURRENTLY") ? 4 : 3);
            case "COPY" -> {
                if (text.comesFirst("FROM", "TO")) {
                    text.addTarget(text.at(1).is("BINARY") ? 2 : 1);
                }
            }
            default -> {}
        }
    }

    private static StatementTables ask(Connection connection, StatementText text) throws SQLException {
        boolean hasCatalogue = connection.unwrap(PGConnection.class).getParameterStatus("crdb_version") == null;
        return hasCatalogue && !text.isDoubtful()
                ? new StatementReach(connection, text).find()
                : StatementTables.UNKNOWN;
    }
}
