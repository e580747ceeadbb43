package dev.dovetail.test;

import static dev.dovetail.test.PostgresServerTests.query;
import static dev.dovetail.test.PostgresServerTests.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;

class DedicatedPostgresServerTests {

    @Test
    void stoppedAndStartedItKeepsItsPortAndItsRows() throws SQLException {
        try (DedicatedPostgresServer server = PostgresServer.dedicated()) {
            TestDatabase database = server.newDatabase();
            run(database.info(), "CREATE TABLE thing AS SELECT 42 AS answer");

            server.stop();
            assertThat(server.isRunning()).isFalse();
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> run(database.info(), "SELECT 1"));

            server.start();
            assertThat(server.isRunning()).isTrue();
            assertThat(query(database.info(), "SELECT answer FROM thing")).containsExactly("42");
        }
    }

    @Test
    void killedItKeepsWhatWasCommittedAndNothingElse() throws SQLException {
        try (DedicatedPostgresServer server = PostgresServer.dedicated()) {
            TestDatabase database = server.newDatabase();
            run(database.info(), "CREATE TABLE thing (answer int)");
            try (Connection session = database.info().connect();
                    Statement statement = session.createStatement()) {
                session.setAutoCommit(false);
                statement.execute("INSERT INTO thing VALUES (1)");
                session.commit();
                statement.execute("INSERT INTO thing VALUES (2)");

                server.kill();
                assertThat(server.isRunning()).isFalse();
                assertThatExceptionOfType(SQLException.class).isThrownBy(session::commit);
            }
            server.start();
            assertThat(query(database.info(), "SELECT answer FROM thing")).containsExactly("1");

            server.kill();
            server.start();
            assertThat(query(database.info(), "SELECT answer FROM thing")).containsExactly("1");
        }
    }

    @Test
    void aTestsOwnSettingsTakeThePlaceOfTheShared() throws SQLException {
        try (DedicatedPostgresServer server = PostgresServer.dedicated(Map.of("fsync", "on", "max_connections", "7"))) {
            assertThat(query(server.superuser(), "SHOW fsync")).containsExactly("on");
            assertThat(query(server.superuser(), "SHOW max_connections")).containsExactly("7");
            assertThat(query(server.superuser(), "SHOW synchronous_commit")).containsExactly("on");
        }
    }

    @Test
    void theServersTimeZoneIsNotTheJvms() throws SQLException {
        try (DedicatedPostgresServer server = PostgresServer.dedicated()) {
            assertThat(query(server.superuser(), "SELECT pg_read_file('postmaster.opts')"))
                    .singleElement()
                    .asString()
                    .contains("timezone=America/St_Johns");
            assertThat(query(server.superuser(), "SHOW TimeZone"))
                    .containsExactly(TimeZone.getDefault().getID())
                    .doesNotContain("America/St_Johns");
        }
    }

    @Test
    void settingsThatBreakACommandLineAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PostgresServer.dedicated(Map.of("search_path", "a, b")))
                .withMessageContaining("search_path");
    }

    @Test
    void closingTwiceOrADatabaseOfAStoppedServerDoesNoHarm() {
        DedicatedPostgresServer server = PostgresServer.dedicated();
        TestDatabase database = server.newDatabase();
        server.stop();
        database.close();
        server.close();
        server.close();
        assertThat(server.isRunning()).isFalse();
    }
}
