package dev.dovetail.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.GeneratedKeyHolder;
import org.springframework.jdbc.support.KeyHolder;

/** The keys of new rows, and of those rows only. */
@EngineContract
class GeneratedKeyTests {

    private static final String INSERT = "INSERT INTO item (name) VALUES (?) ON CONFLICT DO NOTHING";

    private static final SharedApplications applications = new SharedApplications();

    private final TestEngine engine;
    private final TestApplication application;

    GeneratedKeyTests(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    @BeforeEach
    void createTable() {
        application.template().execute("DROP TABLE IF EXISTS item");
        application.template().execute("CREATE TABLE item (id " + engine.identity() + ", name text UNIQUE)");
    }

    @Test
    void aKeyHolderHasTheKey() {
        KeyHolder keys = new GeneratedKeyHolder();
        application.jdbc().sql(INSERT).param("a").update(keys, "id");
        assertThat(keys.getKey()).extracting(Number::longValue).isEqualTo(1L);

        application.jdbc().sql(INSERT).param("b").update(keys, "id");
        assertThat(keys.getKey()).extracting(Number::longValue).isEqualTo(2L);
    }

    @Test
    void aRowThatWasNotInsertedHasNoKey() throws SQLException {
        try (Connection connection = application.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT, new String[] {"id"})) {
            assertThat(keyOf(statement, "a")).containsExactly(1L);
            assertThat(keyOf(statement, "a")).isEmpty();
            assertThat(keyOf(statement, "b")).hasSize(1);
        }
    }

    @Test
    void aRowThatWasUpdatedInsteadHasItsOwnKeyOrNone() throws SQLException {
        String upsert = "INSERT INTO item (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = excluded.name";
        application.template().update("INSERT INTO item (name) VALUES ('a'), ('b')");
        try (Connection connection = application.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(upsert, new String[] {"id"})) {
            assertThat(keyOf(statement, "a")).isSubsetOf(1L);
        }
    }

    private static List<Long> keyOf(PreparedStatement statement, String name) throws SQLException {
        statement.setString(1, name);
        statement.executeUpdate();
        return keys(statement);
    }

    private static List<Long> keys(Statement statement) throws SQLException {
        List<Long> keys = new ArrayList<>();
        try (ResultSet result = statement.getGeneratedKeys()) {
            while (result.next()) {
                keys.add(result.getLong(1));
            }
        }
        return keys;
    }

    @Test
    void aPlainStatementsKeys() throws SQLException {
        try (Connection connection = application.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            String insert = "INSERT INTO item (name) VALUES ('a') ON CONFLICT DO NOTHING";
            statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS);
            assertThat(keys(statement)).containsExactly(1L);
            statement.executeUpdate(insert, Statement.RETURN_GENERATED_KEYS);
            assertThat(keys(statement)).isEmpty();
        }
    }

    @Test
    void whoDidNotAskGetsNone() throws SQLException {
        try (Connection connection = application.dataSource().getConnection();
                PreparedStatement statement = connection.prepareStatement(INSERT)) {
            assertThat(keyOf(statement, "a")).isEmpty();
        }
    }

    @Test
    void returningGivesTheKeysOfAll() {
        assertThat(application
                        .jdbc()
                        .sql("INSERT INTO item (name) VALUES ('a'), ('b') RETURNING id")
                        .query(Long.class)
                        .list())
                .containsExactly(1L, 2L);
    }
}
