package dev.dovetail.engine.postgresql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;

/**
 * The plan of a statement whose values are not known: the one that holds for all of them. By PREPARE, which every version has;
 * {@code GENERIC_PLAN} would need PostgreSQL 16, and a driver that sends no parameters.
 */
final class GenericPlan {

    private static final String NAME = "dovetail_trial";
    private static final String PARAMETERS = """
            SELECT pg_catalog.cardinality(parameter_types) FROM pg_catalog.pg_prepared_statements
             WHERE name = 'dovetail_trial'""";

    private final Connection connection;
    private final String execute;

    private GenericPlan(Connection connection, String execute) {
        this.connection = connection;
        this.execute = execute;
    }

    static GenericPlan prepare(Connection connection, String statement) throws SQLException {
        TableUpkeep.execute(connection, "PREPARE " + NAME + " AS " + statement);
        try {
            int parameters = Integer.parseInt(String.valueOf(ServerQuery.text(connection, PARAMETERS)));
            String nulls = String.join(", ", Collections.nCopies(parameters, "NULL"));
            return new GenericPlan(connection, "EXECUTE " + NAME + (parameters == 0 ? "" : "(" + nulls + ")"));
        } catch (SQLException | RuntimeException e) {
            connection.rollback();
            TableUpkeep.execute(connection, "DEALLOCATE " + NAME);
            throw e;
        }
    }

    /** For reading by a program. */
    String json() throws SQLException {
        return explain("EXPLAIN (FORMAT JSON) ");
    }

    /** For reading by people. */
    String text() throws SQLException {
        return explain("EXPLAIN ");
    }

    private String explain(String how) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (Statement explain = connection.createStatement();
                ResultSet rows = explain.executeQuery(how + execute)) {
            while (rows.next()) {
                plan.append(rows.getString(1)).append('\n');
            }
        }
        return plan.toString().strip();
    }

    /** A rollback does not do it. */
    void forget() throws SQLException {
        TableUpkeep.execute(connection, "DEALLOCATE " + NAME);
    }
}
