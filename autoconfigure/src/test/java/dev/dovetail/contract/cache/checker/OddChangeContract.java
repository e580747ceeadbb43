package dev.dovetail.contract.cache.checker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dovetail.contract.SharedApplications;
import dev.dovetail.contract.TestApplication;
import dev.dovetail.contract.TestEngine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A table, a view and a cache of both, which is compared with the database before and after each test. */
abstract class OddChangeContract {

    private static final String VERSION = "SELECT version FROM %s WHERE id = 1";

    private static final SharedApplications applications = SharedApplications.withTables(CheckedRepositories.class, "");

    final TestEngine engine;
    final TestApplication application;
    final TestCache cache;

    OddChangeContract(TestEngine engine) {
        this.engine = engine;
        this.application = applications.on(engine);
        this.cache = new TestCache(application.dataSource().versions());
    }

    @AfterAll
    static void stop() {
        applications.close();
    }

    // What one test sets on a connection, another must not find there.
    @BeforeEach
    void create() {
        application.dataSource().reconnect();
        application.define("""
                DROP VIEW IF EXISTS seen;
                DROP TABLE IF EXISTS item;
                DROP TABLE IF EXISTS other;
                CREATE TABLE item (id ${bigint} PRIMARY KEY, version ${bigint} NOT NULL) ${strict};
                CREATE TABLE other (id ${bigint} PRIMARY KEY, version ${bigint} NOT NULL) ${strict};
                INSERT INTO item VALUES (1, 0);
                INSERT INTO other VALUES (1, 100);
                CREATE VIEW seen AS SELECT id, version FROM item;
                """);
        assertNothingOldIsKept();
    }

    @AfterEach
    void assertNothingOldIsKept() {
        for (String table : new String[] {"item", "other", "seen"}) {
            assertThat(cached(table))
                    .as("%s, compared with the database", table)
                    .isEqualTo(stored(table));
        }
    }

    final long cached(String table) {
        return Objects.requireNonNull(cache.<Long>get(table, () -> stored(table)));
    }

    final long stored(String table) {
        return application
                .jdbc()
                .sql(VERSION.formatted(table))
                .query(Long.class)
                .single();
    }

    final void execute(String sql) {
        application.template().execute(sql);
    }

    final Connection connect() throws SQLException {
        return application.dataSource().getConnection();
    }

    final Connection repeatableRead() throws SQLException {
        Connection connection = connect();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        connection.setReadOnly(true);
        return connection;
    }

    final void begin(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(VERSION.formatted("other"))) {
            result.next();
        }
    }

    final void readOn(Connection connection, String table) {
        JdbcClient same = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        cache.<Long>get(
                table,
                () -> same.sql(VERSION.formatted(table)).query(Long.class).single());
    }
}
