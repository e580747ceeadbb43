package dev.dovetail.repository;

import dev.dovetail.datasource.delegating.DelegatingResultSet;
import dev.dovetail.engine.DatabaseEngine;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The rows of a query, whose moments and dates are as {@code java.time} has them. */
final class UnshiftedRows extends DelegatingResultSet {

    private final DatabaseEngine engine;
    private @Nullable ResultReading<?> reading;

    UnshiftedRows(ResultSet delegate, DatabaseEngine engine) {
        super(delegate);
        this.engine = engine;
    }

    /** What it reads from. */
    ResultSet raw() {
        return delegate;
    }

    /** How this mapper reads them; null if it has not read one yet. */
    @SuppressWarnings("unchecked")
    <T> @Nullable ResultReading<T> reading(CompiledRowMapper<T> mapper) {
        ResultReading<?> known = reading;
        return known != null && known.mapper() == mapper ? (ResultReading<T>) known : null;
    }

    void reading(ResultReading<?> ofMapper) {
        this.reading = ofMapper;
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
