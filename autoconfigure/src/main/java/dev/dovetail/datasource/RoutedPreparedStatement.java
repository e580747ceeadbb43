package dev.dovetail.datasource;

import dev.dovetail.datasource.delegating.DelegatingPreparedStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;

/** A prepared statement that names the connection it was asked of, not the pooled one behind it. */
final class RoutedPreparedStatement extends DelegatingPreparedStatement {

    private final RoutedConnection connection;
    private final PreparedStatement delegate;

    RoutedPreparedStatement(RoutedConnection connection, PreparedStatement delegate) {
        this.connection = connection;
        this.delegate = delegate;
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
