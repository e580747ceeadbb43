package dev.dovetail.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DescribedSqlException;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.engine.postgresql.PostgresqlEngine;
import dev.dovetail.engine.postgresql.PostgresqlSettings;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import dev.dovetail.sql.StatementKind;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What is known of a COMMIT that failed, and of what was committed before. */
class PhysicalTransactionTests {

    private static final DatabaseEngine POSTGRESQL = new PostgresqlEngine(PostgresqlSettings.defaults());

    private static final DatabaseEngine SQLITE = new SqliteEngine(new SqliteSettings(
            "unused.db",
            SqliteSettings.JournalMode.WAL,
            SqliteSettings.Synchronous.NORMAL,
            1_000_000,
            1_000_000,
            Duration.ofSeconds(1),
            1,
            true,
            SqliteSettings.TempStore.MEMORY,
            SqliteSettings.AutoVacuum.NONE,
            256,
            Map.of()));

    private SQLException failure = new SQLException("not set");
    private boolean readOnly;
    private boolean lost;

    private PhysicalTransaction transaction(DatabaseEngine engine) {
        Connection delegate = (Connection) Proxy.newProxyInstance(
                Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    switch (method.getName()) {
                        case "commit" -> {
                            lost = true;
                            throw failure;
                        }
                        case "isReadOnly" -> {
                            if (lost) {
                                throw new SQLException("This connection has been closed.", "08003");
                            }
                            return readOnly;
                        }
                        default -> {
                            return null;
                        }
                    }
                });
        return new PhysicalTransaction(
                delegate,
                new ConnectionServices(
                        engine,
                        ConnectionRole.WRITER,
                        new StatementListeners(List.of()),
                        Duration.ZERO,
                        new StatementKinds(engine.syntax()),
                        new TableVersions(),
                        ConnectionGuard.NONE,
                        null));
    }

    private ErrorCode commit(DatabaseEngine engine) throws SQLException {
        PhysicalTransaction transaction = transaction(engine);
        transaction.setAutoCommit(false);
        transaction.begin(StatementKind.WRITE);
        try {
            transaction.commit();
        } catch (SQLException e) {
            return e instanceof DescribedSqlException own
                    ? own.error().code()
                    : engine.classify(e).code();
        }
        throw new IllegalStateException("It was committed");
    }

    @Test
    void aCommitThatCouldNotBeWrittenToTheDiskIsUnknown() throws SQLException {
        failure = new SQLiteException("disk I/O error", SQLiteErrorCode.SQLITE_IOERR_FSYNC);
        assertThat(commit(SQLITE)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void aCommitForWhichThereWasNoRoomIsNone() throws SQLException {
        failure = new SQLiteException("database or disk is full", SQLiteErrorCode.SQLITE_FULL);
        assertThat(commit(SQLITE)).isEqualTo(ErrorCode.STORAGE_FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "57P01", "57P02", "08007"})
    void aCommitThatWasNotAnsweredIsUnknown(String state) throws SQLException {
        failure = new SQLException("gone", state);
        assertThat(commit(POSTGRESQL)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08003", "25P03", "25P04", "57P05"})
    void aCommitAfterTheSessionHadEndedIsNone(String state) throws SQLException {
        failure = new SQLException("gone", state);
        assertThat(commit(POSTGRESQL)).isEqualTo(ErrorCode.UNREACHABLE);
    }

    @Test
    void nothingIsUnknownOfATransactionThatOnlyRead() throws SQLException {
        readOnly = true;
        failure = new SQLException("gone", "08006");
        assertThat(commit(POSTGRESQL)).isEqualTo(ErrorCode.UNREACHABLE);
    }

    @Test
    void whoWatchesTheThreadKnowsWhatWasCommittedAndWhatFailed() throws SQLException {
        PhysicalTransaction transaction = transaction(POSTGRESQL);
        try (ConnectionActivity activity = Objects.requireNonNull(ConnectionActivity.watch())) {
            assertThat(ConnectionActivity.watch()).as("of the same thread").isNull();
            transaction.succeeded(StatementKind.READ);
            assertThat(activity.hasCommitted()).isFalse();
            SQLException let = transaction.failed(new SQLException("deadlock", "40P01"));
            assertThat(activity.knows(let)).isTrue();
            assertThat(activity.knows(new SQLException("deadlock", "40P01"))).isFalse();
            transaction.succeeded(StatementKind.WRITE);
            assertThat(activity.hasCommitted()).isTrue();
        }
        assertThat(ConnectionActivity.isWatched()).isFalse();
    }

    @Test
    void manyErrorsKeepTheLastOnes() throws SQLException {
        PhysicalTransaction transaction = transaction(POSTGRESQL);
        try (ConnectionActivity activity = Objects.requireNonNull(ConnectionActivity.watch())) {
            SQLException last = new SQLException("none");
            for (int i = 0; i < 10_000; i++) {
                last = transaction.failed(new SQLException("twice", "23505"));
            }
            assertThat(activity.knows(last)).isTrue();
        }
        assertThatThrownBy(() -> {
                    throw transaction.failed(new SQLException("after", "23505"));
                })
                .hasMessage("after");
    }
}
