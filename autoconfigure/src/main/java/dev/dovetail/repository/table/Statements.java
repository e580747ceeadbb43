package dev.dovetail.repository.table;

import dev.dovetail.datasource.LoadingConnection;
import dev.dovetail.engine.BulkLoad;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.QueryPlan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.jdbc.support.SQLExceptionTranslator;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs statements, in the current transaction where there is one. */
final class Statements {

    // What PostgreSQL's driver fetches at a time; SQLite's steps row by row anyway.
    private static final int ROWS_AT_A_TIME = 500;

    private final DatabaseEngine engine;
    private final DataSource dataSource;
    private final JdbcTemplate jdbc;
    private final Supplier<PlatformTransactionManager> transactions;

    Statements(
            DatabaseEngine engine,
            DataSource dataSource,
            SQLExceptionTranslator translator,
            Supplier<PlatformTransactionManager> transactions) {
        this.engine = engine;
        this.dataSource = dataSource;
        this.transactions = transactions;
        this.jdbc = template(dataSource, translator);
    }

    private static JdbcTemplate template(DataSource dataSource, SQLExceptionTranslator translator) {
        JdbcTemplate template = new JdbcTemplate(dataSource);
        template.setExceptionTranslator(translator);
        return template;
    }

    DatabaseEngine engine() {
        return engine;
    }

    <T> List<T> list(SqlText sql, RowMapper<T> rows) {
        refuseTooMany(sql);
        return jdbc.query(sql.text(), setter(sql.values()), rows);
    }

    long update(SqlText sql) {
        refuseTooMany(sql);
        return jdbc.update(sql.text(), setter(sql.values()));
    }

    long load(BulkLoad load) {
        return onConnection(new LoadCallback(load, LoadingConnection.secondsLeft(dataSource)));
    }

    private record LoadCallback(BulkLoad load, int timeoutSeconds) implements ConnectionCallback<Long>, SqlProvider {

        @Override
        public Long doInConnection(Connection connection) throws SQLException {
            return connection.unwrap(LoadingConnection.class).load(load, timeoutSeconds);
        }

        @Override
        public String getSql() {
            return load.sql();
        }
    }

    <T> Stream<T> stream(SqlText sql, RowMapper<T> rows) {
        refuseTooMany(sql);
        return TransactionSynchronizationManager.isActualTransactionActive()
                ? stream(template(dataSource, jdbc.getExceptionTranslator()), sql, rows)
                : streamAlone(sql, rows);
    }

    private static <T> Stream<T> stream(JdbcTemplate template, SqlText sql, RowMapper<T> rows) {
        template.setFetchSize(ROWS_AT_A_TIME);
        return template.queryForStream(sql.text(), setter(sql.values()), rows);
    }

    // A transaction of the thread's would take in whatever the caller does between two rows.
    private <T> Stream<T> streamAlone(SqlText sql, RowMapper<T> rows) {
        Connection connection = open(sql);
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false);
            JdbcTemplate template =
                    template(new SingleConnectionDataSource(connection, true), jdbc.getExceptionTranslator());
            return stream(template, sql, rows).onClose(() -> end(connection));
        } catch (SQLException e) {
            end(connection);
            throw failed(sql, e);
        } catch (RuntimeException e) {
            end(connection);
            throw e;
        }
    }

    private Connection open(SqlText sql) {
        try {
            return dataSource.getConnection();
        } catch (SQLException e) {
            throw failed(sql, e);
        }
    }

    private DataAccessException failed(SqlText sql, SQLException e) {
        String task = "Streaming rows";
        DataAccessException translated = jdbc.getExceptionTranslator().translate(task, sql.text(), e);
        return translated != null ? translated : new UncategorizedSQLException(task, sql.text(), e);
    }

    private static void end(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // Nothing was written, and the pool resets or evicts the connection when it is closed.
        } finally {
            JdbcUtils.closeConnection(connection);
        }
    }

    <T> T reading(Supplier<T> work) {
        TransactionTemplate transaction = new TransactionTemplate(transactions.get());
        transaction.setReadOnly(true);
        return run(transaction, work);
    }

    <T> T writing(Supplier<T> work) {
        return run(new TransactionTemplate(transactions.get()), work);
    }

    private static <T> T run(TransactionTemplate transaction, Supplier<T> work) {
        return Objects.requireNonNull(transaction.execute(status -> work.get()));
    }

    /** Something the engine does on a connection; null if it returns nothing. */
    <T> T onConnection(ConnectionCallback<T> work) {
        return Objects.requireNonNull(jdbc.execute(work));
    }

    QueryPlan explain(SqlText sql) {
        return onConnection(connection -> engine.sql().explain(connection, sql.text(), sql.values()));
    }

    private void refuseTooMany(SqlText sql) {
        int most = engine.sql().maxParameters();
        if (sql.values().size() > most) {
            throw Misuse.of(
                    "The statement has %d values, but the database takes %d in one. Ask in several parts.",
                    sql.values().size(), most);
        }
    }

    private static PreparedStatementSetter setter(List<@Nullable Object> values) {
        return statement -> {
            for (int i = 0; i < values.size(); i++) {
                Object value = values.get(i);
                if (value == null) {
                    statement.setNull(i + 1, Types.NULL);
                } else {
                    statement.setObject(i + 1, value);
                }
            }
        };
    }

    /** Reads a row's values and makes something of them. */
    static <T> RowMapper<T> rows(List<Output> outputs, Shape<T> shape) {
        return (ResultSet result, int number) -> shape.of(Output.readAll(outputs, result));
    }
}
