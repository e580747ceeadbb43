package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingPreparedStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A prepared statement that names the connection it was asked of, not the pooled one behind it. */
final class RoutedPreparedStatement extends DelegatingPreparedStatement {

    private final RoutedConnection connection;
    private final PreparedStatement delegate;
    private final boolean onReader;

    RoutedPreparedStatement(RoutedConnection connection, PreparedStatement delegate, boolean onReader) {
        this.connection = connection;
        this.delegate = delegate;
        this.onReader = onReader;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        connection.requireHome(onReader);
        return delegate.executeQuery();
    }

    @Override
    public boolean execute() throws SQLException {
        connection.requireHome(onReader);
        return delegate.execute();
    }

    @Override
    protected PreparedStatement delegate() {
        return delegate;
    }

    @Override
    public Connection getConnection() {
        return connection;
    }

    @Override
    public String toString() {
        return delegate.toString();
    }
}
