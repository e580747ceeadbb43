package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.engine.HealthProbe;
import dev.dovetail.engine.ProbeFinding;
import dev.dovetail.engine.Severity;
import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.DedicatedPostgresServer;
import dev.dovetail.test.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A transaction that was prepared and forgotten, on a server that allows them: others find none. */
class PreparedTransactionsTests {

    private static void execute(Connection on, String... statements) throws SQLException {
        try (Statement statement = on.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static HealthProbe probe() {
        return ServerProbes.all().stream()
                .filter(each -> each.id().equals("prepared-transactions"))
                .findFirst()
                .orElseThrow();
    }

    private static List<ProbeFinding> ask(Connection connection, double seconds) throws SQLException {
        return probe().run(connection, seconds);
    }

    @Test
    void areFoundWhereTheyAreUntilSomebodyEndsThem() throws SQLException {
        try (DedicatedPostgresServer server = PostgresServer.dedicated(Map.of("max_prepared_transactions", "5"))) {
            ConnectionInfo info = server.newDatabase().info();
            try (Connection connection = info.connect();
                    Connection elsewhere = server.newDatabase().info().connect()) {
                execute(
                        connection,
                        "CREATE TABLE item (id int)",
                        "BEGIN",
                        "INSERT INTO item VALUES (1)",
                        "PREPARE TRANSACTION 'it''s 100% old'");

                double usual = Objects.requireNonNull(probe().threshold()).value();
                assertThat(ask(connection, usual)).isEmpty();
                assertThat(ask(elsewhere, 0)).isEmpty();
                assertThat(ask(connection, 0)).singleElement().satisfies(found -> {
                    assertThat(found.subject()).isEqualTo(info.database());
                    assertThat(found.severity()).isEqualTo(Severity.HIGH);
                    assertThat(found.text()).startsWith("1 transactions have been prepared for longer than 0 ms");
                    assertThat(found.recommendation()).endsWith("ROLLBACK PREPARED 'it''s 100% old'.");
                });

                // As it is recommended.
                execute(connection, "ROLLBACK PREPARED 'it''s 100% old'");
                assertThat(ask(connection, 0)).isEmpty();
            }
        }
    }
}
