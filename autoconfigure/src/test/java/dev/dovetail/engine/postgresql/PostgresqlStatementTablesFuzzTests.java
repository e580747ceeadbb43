package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.StatementTablesFuzz;
import dev.dovetail.test.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What has changed was said to be written, and what was not said to be read changes no result. */
class PostgresqlStatementTablesFuzzTests implements StatementTablesFuzz.Words {

    private static final PostgresqlEngine ENGINE = new PostgresqlEngine(PostgresqlSettings.defaults());

    @Override
    public List<String> trigger(String name, String event, String table, String action) {
        return List.of(
                "CREATE FUNCTION do_%s() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN NULL; END $$"
                        .formatted(name, action),
                "CREATE TRIGGER %1$s AFTER %2$s ON %3$s FOR EACH ROW EXECUTE FUNCTION do_%1$s()"
                        .formatted(name, event, table));
    }

    @Override
    public String tableEnd(Random random) {
        return "";
    }

    @Override
    public String write(Random random, String table) {
        int from = random.nextInt(6);
        return random.nextBoolean()
                ? "TRUNCATE " + table + " CASCADE"
                : "MERGE INTO %s x USING t%d y ON x.id = y.id + 1 WHEN MATCHED AND x.id = 3 THEN DELETE WHEN MATCHED THEN UPDATE SET b = 8"
                        .formatted(table, from);
    }

    @Override
    public String name(String table) {
        return "fuzz." + table;
    }

    private static int run(Connection connection, StatementTablesFuzz.Words words, long seed) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS fuzz CASCADE");
            statement.execute("CREATE SCHEMA fuzz");
            statement.execute("SET search_path = fuzz");
        }
        StatementTablesFuzz fuzz = new StatementTablesFuzz(connection, ENGINE, words, seed);
        fuzz.run(40);
        return fuzz.checks();
    }

    private void run(long first, long last, int least) throws SQLException {
        int checks = 0;
        try (Connection connection =
                PostgresServer.shared().newDatabase().info().connect()) {
            for (long seed = first; seed < last; seed++) {
                checks += run(connection, this, seed);
            }
        }
        assertThat(checks).isGreaterThan(least);
    }

    @Test
    void holdsForRandomStatements() throws SQLException {
        run(0, 6, 60);
    }

    @Test
    @Tag("soak")
    void holdsForManyRandomStatements() throws SQLException {
        run(100, 400, 2000);
    }
}
