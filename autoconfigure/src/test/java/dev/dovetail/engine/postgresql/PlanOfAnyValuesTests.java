package dev.dovetail.engine.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.dovetail.contract.OwnThread;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.test.PostgresServer;
import dev.dovetail.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A plan that nobody waits for holds a connection for a moment only. */
class PlanOfAnyValuesTests {

    private final TestDatabase database = PostgresServer.shared().newDatabase();

    private static void execute(Connection on, String sql) throws SQLException {
        try (Statement statement = on.createStatement()) {
            statement.execute(sql);
        }
    }

    @Test
    void whoeverLocksTheTableIsNotWaitedFor() throws Exception {
        try (Connection connection = database.info().connect();
                Connection holder = database.info().connect()) {
            execute(connection, "CREATE TABLE item (id int)");
            holder.setAutoCommit(false);
            execute(holder, "LOCK TABLE item IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Void> asking = OwnThread.run(() -> assertThat(
                            catchThrowable(() -> PlanOfAnyValues.of(connection, "SELECT * FROM item")))
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            error -> assertThat(PostgresqlErrors.classify(error).code())
                                    .isEqualTo(ErrorCode.LOCK_TIMEOUT)));
            asking.get(20, TimeUnit.SECONDS);
            holder.rollback();

            assertThat(connection.getAutoCommit()).isTrue();
            assertThat(PlanOfAnyValues.of(connection, "SELECT * FROM item WHERE id = ?")
                            .raw())
                    .contains("Seq Scan on item");
            assertThat(ServerQuery.text(connection, "SHOW lock_timeout")).isEqualTo("0");
        }
    }
}
