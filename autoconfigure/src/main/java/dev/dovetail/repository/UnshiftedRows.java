package dev.dovetail.repository;

import dev.dovetail.datasource.delegating.DelegatingResultSet;
import dev.dovetail.engine.DatabaseEngine;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a query, whose moments and dates are as {@code java.time} has them. */
final class UnshiftedRows extends DelegatingResultSet {

    private final DatabaseEngine engine;
    private @Nullable CompiledEntity<?> positioned;
    private int @Nullable [] positions;

    UnshiftedRows(ResultSet delegate, DatabaseEngine engine) {
        super(delegate);
        this.engine = engine;
    }

    /** What it reads from. */
    ResultSet raw() {
        return delegate;
    }

    /** Where the rows have the columns of the entity; null if they have one of them twice. Looked up once. */
    int @Nullable [] positions(CompiledEntity<?> entity) throws SQLException {
        if (positioned != entity) {
            positions = entity.positions(delegate.getMetaData());
            positioned = entity;
        }
        return positions;
    }

    @Override
    public @Nullable Object getObject(int columnIndex) throws SQLException {
        return engine.read(delegate, columnIndex);
    }

    @Override
    public @Nullable Object getObject(String columnLabel) throws SQLException {
        return engine.read(delegate, delegate.findColumn(columnLabel));
    }
}
