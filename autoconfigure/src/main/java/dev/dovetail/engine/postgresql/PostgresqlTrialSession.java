package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.PlanTrial;
import dev.dovetail.engine.PlanTrials;
import dev.dovetail.engine.TableInfo;
import dev.dovetail.sql.FingerprintText;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One transaction for each statement, so that none is long. */
final class PostgresqlTrialSession implements PlanTrials.Session {

    // Nobody is to wait for a trial, and a trial for nobody. What is left alone, because this process died, ends too.
    private static final String LIMITS = """
            SET LOCAL lock_timeout = '500ms';
            SET LOCAL statement_timeout = '5s';
            SET LOCAL idle_in_transaction_session_timeout = '10s';
            SET LOCAL plan_cache_mode = 'force_generic_plan'""";

    private final Connection connection;
    private final @Nullable String hypopg;
    private final boolean autoCommit;

    /** @param hypopg the schema of its functions; null without it */
    PostgresqlTrialSession(Connection connection, @Nullable String hypopg) throws SQLException {
        this.connection = connection;
        this.hypopg = hypopg;
        this.autoCommit = connection.getAutoCommit();
    }

    @Override
    public PlanTrial begin(String fingerprint, Map<String, TableInfo> tables) throws SQLException {
        connection.setAutoCommit(false);
        try {
            TableUpkeep.execute(connection, LIMITS);
            String statement = FingerprintText.statement(fingerprint, number -> "$" + number);
            return hypopg != null
                    ? hypothetical(hypopg, statement, tables.values())
                    : onCopies(statement, tables.values());
        } catch (SQLException | RuntimeException e) {
            end(connection);
            throw e;
        }
    }

    private PlanTrial hypothetical(String schema, String statement, Collection<TableInfo> tables) throws SQLException {
        return new PostgresqlTrial(
                connection,
                new HypotheticalIndexes(connection, schema),
                ServerRelations.of(connection, tables),
                GenericPlan.prepare(connection, statement));
    }

    private PlanTrial onCopies(String statement, Collection<TableInfo> tables) throws SQLException {
        ServerRelations relations = ServerRelations.of(connection, tables);
        TableCopies copies = new TableCopies(connection, relations);
        copies.make();
        String unqualified = statement;
        for (TableInfo table : Set.copyOf(tables)) {
            unqualified = FingerprintText.withoutSchema(
                    unqualified,
                    String.valueOf(table.schema()),
                    Set.of(table.name().toLowerCase(Locale.ROOT)));
        }
        return new PostgresqlTrial(connection, copies, relations, GenericPlan.prepare(connection, unqualified));
    }

    /** Also after an error: whatever a trial has made is gone then. */
    static void end(Connection connection) throws SQLException {
        connection.rollback();
    }

    @Override
    public void close() throws SQLException {
        if (!connection.isClosed() && !connection.getAutoCommit()) {
            connection.rollback();
            connection.setAutoCommit(autoCommit);
        }
    }
}
