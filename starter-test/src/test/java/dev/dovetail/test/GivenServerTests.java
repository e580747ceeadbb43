package dev.dovetail.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.dovetail.test.PostgresSource.Attempt;
import dev.dovetail.test.PostgresSource.Started;
import dev.dovetail.test.PostgresSource.Unavailable;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class GivenServerTests {

    private final Properties properties = new Properties();
    private final ConnectionInfo real = PostgresServer.shared().superuser();

    @Test
    void withoutAUrlThereIsNone() {
        assertThat(attempt(Map.of("DOVETAIL_TEST_POSTGRESQL_URL", " ")))
                .isInstanceOfSatisfying(
                        Unavailable.class, none -> assertThat(none.reason()).contains("DOVETAIL_TEST_POSTGRESQL_URL"));
    }

    @Test
    void theEnvironmentNamesAServer() {
        assertThat(login(Map.of(
                        "DOVETAIL_TEST_POSTGRESQL_URL", real.jdbcUrl(),
                        "DOVETAIL_TEST_POSTGRESQL_USERNAME", real.username(),
                        "DOVETAIL_TEST_POSTGRESQL_PASSWORD", real.password())))
                .isEqualTo(real);
    }

    @Test
    void systemPropertiesGoBeforeTheEnvironment() {
        properties.setProperty("dovetail.test.postgresql.url", real.jdbcUrl());
        properties.setProperty("dovetail.test.postgresql.username", real.username());
        properties.setProperty("dovetail.test.postgresql.password", real.password());
        assertThat(login(Map.of("DOVETAIL_TEST_POSTGRESQL_URL", "jdbc:postgresql://nowhere.invalid/x")))
                .isEqualTo(real);
    }

    @Test
    void aUrlMayHoldTheLoginItself() {
        properties.setProperty(
                "dovetail.test.postgresql.url",
                real.jdbcUrl() + "?user=" + real.username() + "&password=" + real.password());
        assertThat(login(Map.of())).isEqualTo(real);
    }

    @Test
    void aGivenServerMakesDatabases() {
        properties.setProperty("dovetail.test.postgresql.url", real.jdbcUrl());
        properties.setProperty("dovetail.test.postgresql.username", real.username());
        properties.setProperty("dovetail.test.postgresql.password", real.password());
        try (TestDatabase database = new TestDatabases(login(Map.of())).create()) {
            assertThat(database.jdbcUrl()).endsWith("/" + database.username());
        }
    }

    @Test
    void aGivenServerStaysWhenTheTestsAreOver() {
        properties.setProperty("dovetail.test.postgresql.url", real.jdbcUrl());
        properties.setProperty("dovetail.test.postgresql.username", real.username());
        properties.setProperty("dovetail.test.postgresql.password", real.password());
        assertThat(((Started) attempt(Map.of())).end()).isNull();
    }

    @Test
    void aServerThatDoesNotLetUsInIsAnErrorThatKeepsThePassword() {
        try (TestDatabase database = PostgresServer.shared().newDatabase()) {
            properties.setProperty("dovetail.test.postgresql.url", database.jdbcUrl());
            properties.setProperty("dovetail.test.postgresql.username", database.username());
            properties.setProperty("dovetail.test.postgresql.password", "hunter2");
            assertThatIllegalStateException()
                    .isThrownBy(() -> attempt(Map.of()))
                    .withMessageContainingAll("does not let us in", database.jdbcUrl())
                    .withMessageNotContaining("hunter2");
        }
    }

    @Test
    void anythingButAPostgresqlUrlIsRefused() {
        properties.setProperty("dovetail.test.postgresql.url", "jdbc:sqlite:/tmp/x.db");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> attempt(Map.of()))
                .withMessageContaining("jdbc:sqlite:/tmp/x.db");
    }

    private ConnectionInfo login(Map<String, String> environment) {
        return ((Started) attempt(environment)).superuser();
    }

    private Attempt attempt(Map<String, String> environment) {
        return new GivenServer(properties, environment).attempt();
    }
}
