package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real server refuses, and what we make of it. */
class PostgresqlRefusalTests {

    private static EmbeddedPostgres server;

    private final PostgresqlEngine engine =
            new PostgresqlEngine(TestSettings.withTimeouts(Duration.ofSeconds(5), Duration.ofMillis(200)));
    private EngineConnections connections;
    private Connection connection;

    @BeforeAll
    static void start() throws IOException {
        server = EmbeddedPostgres.builder().start();
    }

    @AfterAll
    static void stop() throws IOException {
        server.close();
    }

    @BeforeEach
    void open() throws SQLException {
        String url = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
        connections = engine.connect(new ConnectionTarget(url, "postgres", null, "badges"));
        connection = connections.open(ConnectionRole.WRITER);
        execute("""
                DROP SCHEMA public CASCADE; CREATE SCHEMA public;
                CREATE TABLE issuer (id bigint PRIMARY KEY, name text NOT NULL, "E-Mail" text, tenant int,
                    age int CONSTRAINT age_positive CHECK (age > 0),
                    CONSTRAINT issuer_mail UNIQUE ("E-Mail", tenant));
                CREATE UNIQUE INDEX issuer_name ON issuer (lower(name));
                CREATE TABLE badge (id bigint PRIMARY KEY,
                    issuer_id bigint CONSTRAINT badge_issuer REFERENCES issuer);
                INSERT INTO issuer VALUES (1, 's3cr3t', 's3cr3t@x', 7, 20);
                INSERT INTO badge VALUES (1, 1);
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN RAISE EXCEPTION ''no s3cr3t here''; END';
                CREATE TABLE guarded (id int);
                CREATE TRIGGER guard BEFORE INSERT ON guarded EXECUTE FUNCTION refuse();
                CREATE TABLE booking (during int4range, EXCLUDE USING gist (during WITH &&));
                INSERT INTO booking VALUES ('[1,5)');
                """);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        connections.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            INSERT INTO issuer VALUES (2, 'x', 's3cr3t@x', 7) | UNIQUE_VIOLATION      | issuer_mail  | issuer | E-Mail,tenant
            INSERT INTO issuer VALUES (2, 'S3CR3T')           | UNIQUE_VIOLATION      | issuer_name  | issuer | lower(name)
            INSERT INTO issuer VALUES (1, 'x')                | UNIQUE_VIOLATION      | issuer_pkey  | issuer | id
            INSERT INTO issuer VALUES (2, null)               | NOT_NULL_VIOLATION    | -            | issuer | name
            INSERT INTO issuer VALUES (2, 'x', 'x', 1, -1)    | CHECK_VIOLATION       | age_positive | issuer | ''
            INSERT INTO badge VALUES (2, 77)                  | FOREIGN_KEY_VIOLATION | badge_issuer | badge  | issuer_id
            DELETE FROM issuer WHERE name = 's3cr3t'          | FOREIGN_KEY_VIOLATION | badge_issuer | badge  | ''
            INSERT INTO guarded VALUES (1)                    | CONSTRAINT_VIOLATION  | -            | -      | ''
            INSERT INTO booking VALUES ('[2,3)')              | CONSTRAINT_VIOLATION  | booking_during_excl | booking | during
            INSERT INTO issuer VALUES ('s3cr3t')              | INVALID_VALUE         | -            | -      | ''
            SELECT 1/0                                        | INVALID_VALUE         | -            | -      | ''
            SELEC 's3cr3t'                                    | SYNTAX_ERROR          | -            | -      | ''
            SELECT * FROM nobody                              | UNKNOWN_TABLE         | -            | -      | ''
            SELECT nothing FROM issuer                        | UNKNOWN_COLUMN        | -            | -      | ''
            SELECT no_such_function()                         | SYNTAX_ERROR          | -            | -      | ''
            SELECT pg_sleep(1) FROM issuer, pg_sleep(9)       | QUERY_TIMEOUT         | -            | -      | ''
            """)
    void whatTheServerRefusesIsNamedWithoutAnyValue(
            String sql, ErrorCode code, String constraint, String table, String columns) {
        SQLException thrown = thrownBy(() -> execute(sql));
        DatabaseError error = engine.classify(thrown);

        assertThat(error.code()).isEqualTo(code);
        assertThat(error.constraint()).isEqualTo(constraint);
        assertThat(error.table()).isEqualTo(table);
        assertThat(String.join(",", error.columns())).isEqualTo(columns);
        assertThat(error.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void theMessageOfARefusedRowHoldsNoValueOfIt() {
        assertThat(thrownBy(() -> execute("INSERT INTO issuer VALUES (2, 'x', 's3cr3t@x', 7)"))
                        .getMessage())
                .contains("issuer_mail")
                .doesNotContain("s3cr3t");
    }

    @Test
    void aFailedBatchNamesItsConstraintAndNoValue() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO issuer VALUES (?, ?)")) {
            insert.setLong(1, 5);
            insert.setString(2, "fine");
            insert.addBatch();
            insert.setLong(1, 6);
            insert.setString(2, "s3cr3t");
            insert.addBatch();

            BatchUpdateException thrown = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);

            assertThat(engine.classify(thrown).code()).isEqualTo(ErrorCode.UNIQUE_VIOLATION);
            assertThat(engine.classify(thrown).constraint()).isEqualTo("issuer_name");
            assertThat(Secrets.everythingIn(thrown)).doesNotContain("s3cr3t");
        }
    }

    @Test
    void aWriteInADeclaredReadOnlyTransactionIsTheApplicationsMistake() throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);

        SQLException refined = engine.refine(thrownBy(() -> execute("INSERT INTO badge VALUES (9)")), true);

        assertThat(refined.getSQLState()).isEqualTo("25006");
        assertThat(engine.classify(refined).code()).isEqualTo(ErrorCode.READ_ONLY_TRANSACTION);
        connection.rollback();
    }

    @Test
    void aWriteToAServerThatIsReadOnlyIsNot() throws SQLException {
        execute("SET default_transaction_read_only = on");

        SQLException refined = engine.refine(thrownBy(() -> execute("INSERT INTO badge VALUES (9)")), false);

        assertThat(engine.classify(refined).code()).isEqualTo(ErrorCode.READ_ONLY_DATABASE);
        assertThat(engine.classify(refined).code().breaksConnection()).isTrue();
    }

    @Test
    void aReadOnlyBatchIsStillABatch() throws SQLException {
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO badge VALUES (?)")) {
            insert.setLong(1, 5);
            insert.addBatch();

            SQLException refined = engine.refine(thrownBy(insert::executeBatch), true);

            assertThat(refined.getClass()).isEqualTo(BatchUpdateException.class);
            assertThat(engine.classify(refined).code()).isEqualTo(ErrorCode.READ_ONLY_TRANSACTION);
        }
        connection.rollback();
    }

    @Test
    void aDoomedTransactionSaysSo() throws SQLException {
        connection.setAutoCommit(false);
        thrownBy(() -> execute("SELECT 1/0"));

        assertThat(engine.classify(thrownBy(() -> execute("SELECT 1"))).code())
                .isEqualTo(ErrorCode.TRANSACTION_ABORTED);
        connection.rollback();
    }

    @Test
    void aLockThatIsHeldTooLongIsALockTimeout() throws SQLException {
        try (Connection other = connections.open(ConnectionRole.WRITER);
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("LOCK TABLE badge");

            assertThat(engine.classify(thrownBy(() -> execute("SELECT * FROM badge")))
                            .code())
                    .isEqualTo(ErrorCode.LOCK_TIMEOUT);
        }
    }

    @Test
    void aSessionThatWasEndedIsUnreachable() throws SQLException {
        try (Connection other = connections.open(ConnectionRole.WRITER)) {
            String pid = ServerQuery.text(other, "SELECT pg_backend_pid()");
            execute("SELECT pg_terminate_backend(" + pid + ", 2000)");

            DatabaseError error = engine.classify(thrownBy(() -> ServerQuery.text(other, "SELECT 1")));
            assertThat(error.code()).isEqualTo(ErrorCode.UNREACHABLE);
            assertThat(error.code().breaksConnection()).isTrue();
        }
    }

    @Test
    void aPlanThatATableOutgrewSurvivesMigrations() throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT * FROM badge")) {
            for (int i = 0; i < 8; i++) {
                select.executeQuery().close();
            }
            execute("ALTER TABLE badge ADD COLUMN note text");
            select.executeQuery().close();
        }
    }

    @Test
    void everyMigrationWordIsUnderstoodByTheServer() throws SQLException {
        for (var word : engine.migrationWords().entrySet()) {
            if (!word.getKey().startsWith("decimal")
                    && !word.getKey().equals("now")
                    && !word.getKey().equals("strict")) {
                execute("CREATE TABLE word_%s (it %s)".formatted(word.getKey(), word.getValue()));
            }
        }
        execute("CREATE TABLE word_decimal (a numeric(1,0), b %s, at %s DEFAULT %s) %s"
                .formatted(
                        engine.migrationWords().get("decimal_38_38"),
                        engine.migrationWords().get("timestamp"),
                        engine.migrationWords().get("now"),
                        engine.migrationWords().get("strict")));
    }

    private static SQLException thrownBy(ThrowingCallable call) {
        return catchThrowableOfType(SQLException.class, call);
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
