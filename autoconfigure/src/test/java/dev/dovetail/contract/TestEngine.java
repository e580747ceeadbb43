package dev.dovetail.contract;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;

/** The engines under test: how to get an empty database of each, and the few words in which they differ. */
public enum TestEngine {
    SQLITE {
        @Override
        public Map<String, String> freshDatabase() {
            Path file = TemporaryDirectories.create().resolve("test.db");
            return Map.of("dovetail.sqlite.path", file.toString());
        }

        @Override
        public String slowQuery() {
            return """
                    WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 600000000)
                    SELECT count(*) FROM counter""";
        }

        @Override
        public String refuseDeletion(String table) {
            return "CREATE TRIGGER keep BEFORE DELETE ON " + table
                    + " BEGIN SELECT RAISE(ABORT, 'nothing may be deleted'); END";
        }

        @Override
        public String oversized() {
            return "SELECT " + "1 + ".repeat(2000) + "1";
        }

        @Override
        public Class<? extends Connection> driverConnection() {
            return org.sqlite.SQLiteConnection.class;
        }

        @Override
        public String changeSettingByHand() {
            return "PRAGMA cache_size = -4000";
        }

        @Override
        public String[] settingsOfTest() {
            return new String[] {
                "journal_mode=wal",
                "synchronous=1",
                "cache_size=-24000",
                "temp_store=2",
                "foreign_keys=1",
                "busy_timeout=700",
                "wal_autocheckpoint=500"
            };
        }

        @Override
        public List<String> settingsNotApplied() {
            return List.of("no_such_pragma");
        }
    },
    POSTGRESQL {
        @Override
        public Map<String, String> freshDatabase() {
            TestDatabase database = PostgresServer.shared().newDatabase();
            return Map.of(
                    "spring.datasource.url", database.info().jdbcUrl(),
                    "spring.datasource.username", database.info().username(),
                    "spring.datasource.password", database.info().password());
        }

        @Override
        public String slowQuery() {
            return "SELECT count(*) FROM generate_series(1, 600000000)";
        }

        @Override
        public String refuseDeletion(String table) {
            return """
                    CREATE OR REPLACE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN RAISE EXCEPTION 'nothing may be deleted'; END $$;
                    CREATE TRIGGER keep BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION keep()""".formatted(table);
        }

        @Override
        public String oversized() {
            return "SELECT " + "1,".repeat(2000) + "1";
        }

        @Override
        public Class<? extends Connection> driverConnection() {
            return org.postgresql.jdbc.PgConnection.class;
        }

        @Override
        public String changeSettingByHand() {
            return "SET work_mem = '9MB'";
        }

        @Override
        public String[] settingsOfTest() {
            return new String[] {
                "statement_timeout=17s", "lock_timeout=700ms", "work_mem=5MB", "application_name=settings-test"
            };
        }

        @Override
        public List<String> settingsNotApplied() {
            return List.of();
        }
    };

    /** The properties with which an application uses a new, empty database of this engine. */
    public abstract Map<String, String> freshDatabase();

    /** A query without parameters that runs for much longer than any test waits. */
    public abstract String slowQuery();

    /** Makes the table refuse deletions by a trigger that raises an error. */
    public abstract String refuseDeletion(String table);

    /** A statement beyond what this engine accepts. */
    public abstract String oversized();

    /** The driver's own connection, behind everything that wraps it. */
    public abstract Class<? extends Connection> driverConnection();

    /** Changes a setting of the connection that runs it. */
    public abstract String changeSettingByHand();

    /** What {@link SettingsTests} asks for, as this engine reports it. */
    public abstract String[] settingsOfTest();

    /** Declared difference: SQLite ignores pragmas it does not know, PostgreSQL keeps any setting with a dot in its name. */
    public abstract List<String> settingsNotApplied();

    /** An insert of one id that takes long by itself. */
    public String slowInsert() {
        return this == SQLITE ? """
                  INSERT INTO item
                  WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 300000)
                  SELECT ? + 0 * count(*) FROM counter""" : "INSERT INTO item SELECT ? FROM (SELECT pg_sleep(0.1)) slow";
    }

    /** A condition that is true after about half a second, once in a statement. */
    public String slowCondition() {
        return this == SQLITE ? """
                (SELECT count(*) FROM (WITH RECURSIVE counter(n) AS
                    (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 3000000) SELECT n FROM counter)) > 0""" : "(SELECT pg_sleep(0.4)) IS NOT NULL";
    }

    /** Makes each row of the table take some milliseconds to be deleted. */
    public String slowDeletion(String table) {
        return this == SQLITE ? """
                CREATE TRIGGER slow BEFORE DELETE ON %s BEGIN
                    INSERT INTO log SELECT count(*) FROM (WITH RECURSIVE counter(n) AS
                        (SELECT 1 UNION ALL SELECT n + 1 FROM counter WHERE n < 20000) SELECT n FROM counter);
                END""".formatted(table) : """
                CREATE OR REPLACE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN PERFORM pg_sleep(0.004); RETURN OLD; END $$;
                CREATE TRIGGER slow BEFORE DELETE ON %s FOR EACH ROW EXECUTE FUNCTION slow()""".formatted(table);
    }

    /** How many connections can write at once out of a pool that was given this size. */
    public int writers(int poolSize) {
        return this == SQLITE ? 1 : poolSize;
    }

    /** What a portable migration would say for a table with this id, in this engine's words. */
    public String identity() {
        return this == SQLITE ? "INTEGER PRIMARY KEY" : "bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY";
    }

    /** What a SELECT ends with that keeps others from changing its row until the transaction ends. */
    public String forUpdate() {
        return this == SQLITE ? "" : "FOR UPDATE";
    }

    /** What stands behind a table whose columns hold only what they say. */
    public String strict() {
        return this == SQLITE ? " STRICT" : "";
    }

    /** Declared difference: whether there is one writer only, for which a second one in the same thread cannot wait. */
    public boolean hasSingleWriter() {
        return this == SQLITE;
    }

    /** Declared difference: where a read goes outside a transaction. */
    public ConnectionRole autocommitReads() {
        return this == SQLITE ? ConnectionRole.READER : ConnectionRole.WRITER;
    }
}
