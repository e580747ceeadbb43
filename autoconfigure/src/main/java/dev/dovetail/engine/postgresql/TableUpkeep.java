package dev.dovetail.engine.postgresql;

import dev.dovetail.engine.UpkeepRequest;
import dev.dovetail.engine.UpkeepResult;
import dev.dovetail.engine.UpkeepSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** One statement for each of several tables or indexes: one that fails stops none of the others. */
final class TableUpkeep {

    private static final int CATALOGUE_SECONDS = 10;

    private final Connection connection;
    private final UpkeepRequest request;
    private final Map<String, Object> details = new LinkedHashMap<>();
    private final List<String> done = new ArrayList<>();
    private final List<String> denied = new ArrayList<>();
    private final Map<String, String> failures = new LinkedHashMap<>();
    private int left;

    /** @param decidedBy numbers for the result, before what is done */
    TableUpkeep(Connection connection, UpkeepRequest request, Map<String, Object> decidedBy) throws SQLException {
        this.connection = physical(connection);
        this.request = request;
        this.details.putAll(decidedBy);
    }

    /** Past those who listen to statements: none of these changes a row, and none may run in a transaction. */
    static Connection physical(Connection connection) throws SQLException {
        return (Connection) connection.unwrap(PGConnection.class);
    }

    /** For questions to the catalogue, which are answered at once or not at all. */
    static Statement limited(Connection connection) throws SQLException {
        Statement statement = physical(connection).createStatement();
        statement.setQueryTimeout(CATALOGUE_SECONDS);
        return statement;
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = physical(connection).createStatement()) {
            statement.execute(sql);
        }
    }

    /** Why this server needs none of it; null if it does. */
    static @Nullable String exemption(Connection connection) throws SQLException {
        String flavour = ServerProduct.of(physical(connection)).flavour();
        return switch (flavour) {
            case "CockroachDB", "YugabyteDB" -> flavour + " does this by itself";
            default -> null;
        };
    }

    /** Runs this command on each of the tables, within the limits of locks and time. */
    TableUpkeep of(List<UpkeptTable> tables, String command, UpkeepSettings settings) throws SQLException {
        limit(settings);
        for (UpkeptTable each : tables) {
            if (each.allowed()) {
                run(each.name(), command + each.name());
            } else {
                deny(each.name());
            }
        }
        return this;
    }

    private void limit(UpkeepSettings settings) throws SQLException {
        execute(connection, "SET lock_timeout = " + settings.lockTimeout().toMillis());
        execute(
                connection,
                "SET statement_timeout = " + settings.statementTimeout().toMillis());
    }

    void unlimited() throws SQLException {
        execute(connection, "SET lock_timeout = 0");
        execute(connection, "SET statement_timeout = 0");
    }

    void deny(String name) {
        denied.add(name);
    }

    void run(String name, String sql) {
        if (!request.goesOn().getAsBoolean()) {
            left++;
            return;
        }
        try {
            execute(connection, sql);
            done.add(name);
        } catch (SQLException e) {
            failures.put(name, PostgresqlErrors.classify(e).summary() + " (SQLState " + e.getSQLState() + ')');
        }
    }

    /** @param what was done with them, for example "analyzed" */
    UpkeepResult result(String what) {
        details.put("done", done);
        if (!denied.isEmpty()) {
            details.put("denied", denied);
        }
        details.putAll(failures);
        String message = "%d %s".formatted(done.size(), what)
                + (denied.isEmpty() ? "" : "; " + denial(denied))
                + (left == 0 ? "" : "; " + left + " are left, because the application ends");
        if (!failures.isEmpty()) {
            return UpkeepResult.failed(failures.size() + " failed: " + failures + "; " + message, details);
        }
        return done.isEmpty() && !denied.isEmpty()
                ? UpkeepResult.skipped(denial(denied), details)
                : UpkeepResult.done(message, details);
    }

    static String denial(List<String> tables) {
        return "the user of this connection may not do it with " + String.join(", ", tables)
                + ": make it the owner, or GRANT MAINTAIN (PostgreSQL 17)";
    }
}
