package dev.dovetail.engine.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.StatementTablesFuzz;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What has changed was said to be written, and what was not said to be read changes no result. */
class SqliteStatementTablesFuzzTests implements StatementTablesFuzz.Words {

    private static final DatabaseEngine ENGINE = new SqliteEngine(new SqliteSettings(
            "unused.db",
            SqliteSettings.JournalMode.WAL,
            SqliteSettings.Synchronous.NORMAL,
            64 << 20,
            16 << 20,
            Duration.ofSeconds(5),
            4,
            true,
            SqliteSettings.TempStore.MEMORY,
            SqliteSettings.AutoVacuum.INCREMENTAL,
            256,
            Map.of()));

    @TempDir
    Path directory;

    @Override
    public List<String> trigger(String name, String event, String table, String action) {
        return List.of("CREATE TRIGGER %s AFTER %s ON %s BEGIN %s; END".formatted(name, event, table, action));
    }

    @Override
    public String tableEnd(Random random) {
        return random.nextInt(3) == 0 ? " WITHOUT ROWID" : "";
    }

    @Override
    public String write(Random random, String table) {
        return random.nextBoolean()
                ? "REPLACE INTO " + table + " VALUES (2, 4, 2, 2)"
                : "UPDATE OR REPLACE " + table + " SET a = 5 WHERE id = 2";
    }

    @Override
    public String name(String table) {
        return table;
    }

    private int run(long seed) throws SQLException {
        String file = directory.resolve(seed + ".db").toString();
        try (SqliteConnection connection = new SqliteConnection("jdbc:sqlite:" + file, file, new Properties());
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("PRAGMA synchronous = off");
            statement.executeUpdate("PRAGMA foreign_keys = on");
            statement.executeUpdate("PRAGMA recursive_triggers = on");
            StatementTablesFuzz fuzz = new StatementTablesFuzz(connection, ENGINE, this, seed);
            fuzz.run(40);
            return fuzz.checks();
        }
    }

    @Test
    void holdsForRandomStatements() throws SQLException {
        int checks = 0;
        for (long seed = 0; seed < 15; seed++) {
            checks += run(seed);
        }
        assertThat(checks).isGreaterThan(200);
    }

    @Test
    @Tag("soak")
    void holdsForManyRandomStatements() throws SQLException {
        for (long seed = 100; seed < 600; seed++) {
            run(seed);
        }
    }
}
