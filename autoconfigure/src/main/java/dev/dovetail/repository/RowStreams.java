package dev.dovetail.repository;

import dev.dovetail.sql.StatementKind;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.jdbc.support.JdbcUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Opens streams of which only some rows are in memory, where the driver would otherwise fetch all of them. That takes a
 * transaction: the caller's, or one of the stream's own, which ends when it is closed.
 */
final class RowStreams {

    private static final int ROWS_AT_A_TIME = 500;

    private final RepositoryJdbcTemplate template;
    private final DataSource dataSource;

    RowStreams(RepositoryJdbcTemplate template) {
        this.template = template;
        this.dataSource = Objects.requireNonNull(template.getDataSource());
    }

    /**
     * A way to open a stream.
     *
     * @param <T> what is made of a row
     */
    interface Opening<T extends @Nullable Object> {
        Stream<T> with(RepositoryJdbcTemplate template);
    }

    <T extends @Nullable Object> Stream<T> open(@Nullable String sql, Opening<T> opening) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return opening.with(fetchingFrom(dataSource));
        }
        // What changes rows takes effect at once, and not when its result has been read.
        return sql == null || StatementKind.of(sql) != StatementKind.READ
                ? opening.with(template)
                : alone(sql, opening);
    }

    private RepositoryJdbcTemplate fetchingFrom(DataSource source) {
        RepositoryJdbcTemplate fetching = template.on(source);
        if (fetching.getFetchSize() <= 0) {
            fetching.setFetchSize(ROWS_AT_A_TIME);
        }
        return fetching;
    }

    // A transaction of the thread's would take in whatever the caller does between two rows.
    private <T extends @Nullable Object> Stream<T> alone(String sql, Opening<T> opening) {
        Connection connection = null;
        try {
            connection = dataSource.getConnection();
            connection.setAutoCommit(false);
            Connection opened = connection;
            return opening.with(fetchingFrom(new SingleConnectionDataSource(opened, true)))
                    .onClose(() -> end(opened, sql));
        } catch (SQLException e) {
            JdbcUtils.closeConnection(connection);
            throw failed(sql, e);
        } catch (RuntimeException e) {
            JdbcUtils.closeConnection(connection);
            throw e;
        }
    }

    // As in autocommit mode, what functions of the query have done stays.
    private void end(Connection connection, String sql) {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw failed(sql, e);
        } finally {
            JdbcUtils.closeConnection(connection);
        }
    }

    private DataAccessException failed(String sql, SQLException e) {
        String task = "Streaming rows";
        DataAccessException translated = template.getExceptionTranslator().translate(task, sql, e);
        return translated != null ? translated : new UncategorizedSQLException(task, sql, e);
    }
}
