package dev.dovetail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostgresServerTests {

    private final PostgresServer server = PostgresServer.shared();

    @Test
    void sharedIsOnePerJvmAndSaysWhatItIs() throws SQLException {
        assertThat(PostgresServer.shared()).isSameAs(server);
        String version = query(server.superuser(), "SHOW server_version").get(0);
        assertThat(server.description()).startsWith("PostgreSQL for tests: " + version);
    }

    @Test
    void aNewDatabaseIsEmptyAndIsolated() throws SQLException {
        try (TestDatabase first = server.newDatabase();
                TestDatabase second = server.newDatabase()) {
            run(first.info(), "CREATE TABLE thing (id int)");
            assertThat(query(second.info(), "SELECT count(*) FROM pg_tables WHERE tablename = 'thing'"))
                    .containsExactly("0");
            assertThat(first.info().database()).isNotEqualTo(second.info().database());
        }
    }

    @Test
    void aDatabaseBelongsToAnOrdinaryRoleThatNeedsItsPassword() throws SQLException {
        try (TestDatabase database = server.newDatabase()) {
            assertThat(query(database.info(), "SELECT current_user")).containsExactly(database.username());
            assertThat(query(database.info(), "SHOW is_superuser")).containsExactly("off");
            ConnectionInfo intruder = database.info().with(database.info().database(), database.username(), "wrong");
            assertThatExceptionOfType(SQLException.class).isThrownBy(() -> run(intruder, "SELECT 1"));
        }
    }

    @Test
    void closingDropsTheDatabaseUnderOpenSessions() throws SQLException {
        TestDatabase database = server.newDatabase();
        try (Connection session = database.info().connect()) {
            database.close();
            database.close();
            assertThat(session.isValid(1)).isFalse();
        }
        String left = "SELECT datname FROM pg_database WHERE datname = '%1$s' UNION ALL "
                + "SELECT rolname FROM pg_roles WHERE rolname = '%1$s'";
        assertThat(query(server.superuser(), left.formatted(database.info().database())))
                .isEmpty();
    }

    @Test
    void theSuperuserEndsSessionsOfOthers() throws SQLException {
        try (TestDatabase database = server.newDatabase();
                Connection session = database.info().connect()) {
            String end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'";
            assertThat(query(server.superuser(), end.formatted(database.username())))
                    .containsExactly("t");
            assertThat(session.isValid(1)).isFalse();
        }
    }

    @Test
    void textSortsAsInProductionAndNotBytewise() throws SQLException {
        try (TestDatabase database = server.newDatabase()) {
            assertThat(query(database.info(), "SELECT v FROM (VALUES ('B'), ('a'), ('C')) t(v) ORDER BY v"))
                    .containsExactly("a", "B", "C");
        }
    }

    static void run(ConnectionInfo where, String sql) throws SQLException {
        try (Connection connection = where.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    static List<String> query(ConnectionInfo where, String sql) throws SQLException {
        try (Connection connection = where.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
