package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.engine.Finding;
import dev.dovetail.engine.HealthProbe;
import dev.dovetail.test.ConnectionInfo;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** An index that another user is building, of whose progress this one is not told. */
class ForeignBuildTests {

    private final TestDatabase database = PostgresServer.shared().newDatabase();

    private Connection superuser() throws SQLException {
        ConnectionInfo server = PostgresServer.shared().superuser();
        String url = "jdbc:postgresql://%s:%d/%s"
                .formatted(server.host(), server.port(), database.info().database());
        return DriverManager.getConnection(url, server.username(), server.password());
    }

    private static void execute(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long invalidIndexes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM pg_index WHERE NOT indisvalid")) {
            rows.next();
            return rows.getLong(1);
        }
    }

    private static HealthProbe invalidIndexes() {
        return ServerProbes.all().stream()
                .filter(each -> each.id().equals("invalid-indexes"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void isNotTakenForOneThatIsBroken() throws Exception {
        try (Connection connection = database.info().connect();
                Connection writer = database.info().connect();
                Connection builder = superuser()) {
            execute(connection, "CREATE TABLE item (id int)");
            writer.setAutoCommit(false);
            execute(writer, "INSERT INTO item VALUES (1)");
            CompletableFuture<Void> building = OwnThread.run(() -> {
                try {
                    execute(builder, "CREATE INDEX CONCURRENTLY item_id ON item (id)");
                } catch (SQLException e) {
                    throw new IllegalStateException(e);
                }
            });
            Awaitility.await().until(() -> invalidIndexes(connection) == 1);

            assertThat(invalidIndexes().run(connection, 0)).isEmpty();
            assertThat(new IndexCheck(IndexCheck.OLD_ENOUGH).run(connection))
                    .extracting(Finding::kind)
                    .doesNotContain(Finding.Kind.INVALID_INDEX);
            assertThat(building).isNotDone();

            writer.commit();
            building.get(30, TimeUnit.SECONDS);
            assertThat(invalidIndexes(connection)).isZero();
        }
    }
}
