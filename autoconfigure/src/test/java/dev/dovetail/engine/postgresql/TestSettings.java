package dev.dovetail.engine.postgresql;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The defaults but for what a test is about. */
final class TestSettings {

    private TestSettings() {}

    static PostgresqlSettings with(Map<String, String> settings) {
        PostgresqlSettings d = PostgresqlSettings.defaults();
        return new PostgresqlSettings(
                d.replicas(),
                d.statementTimeout(),
                d.lockTimeout(),
                d.idleInTransactionTimeout(),
                d.queryTimeout(),
                settings,
                null);
    }

    static PostgresqlSettings withReplicas(String... replicas) {
        PostgresqlSettings d = PostgresqlSettings.defaults();
        return new PostgresqlSettings(
                List.of(replicas),
                d.statementTimeout(),
                d.lockTimeout(),
                d.idleInTransactionTimeout(),
                d.queryTimeout(),
                Map.of(),
                null);
    }

    static PostgresqlSettings withTimeouts(Duration statement, Duration lock) {
        PostgresqlSettings d = PostgresqlSettings.defaults();
        return new PostgresqlSettings(
                List.of(), statement, lock, d.idleInTransactionTimeout(), d.queryTimeout(), Map.of(), null);
    }
}
