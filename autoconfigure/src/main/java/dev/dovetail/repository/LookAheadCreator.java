package dev.dovetail.repository;

import dev.dovetail.engine.DatabaseEngine;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ParameterDisposer;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.SqlProvider;

/**
 * Makes statements whose rows a row mapper can read ahead.
 *
 * @param creator makes the statement itself
 * @param engine reads the values
 */
record LookAheadCreator(PreparedStatementCreator creator, DatabaseEngine engine)
        implements PreparedStatementCreator, SqlProvider, ParameterDisposer {

    @Override
    public PreparedStatement createPreparedStatement(Connection connection) throws SQLException {
        return new LookAheadStatement(creator.createPreparedStatement(connection), engine);
    }

    @Override
    public @Nullable String getSql() {
        return creator instanceof SqlProvider provider ? provider.getSql() : null;
    }

    @Override
    public void cleanupParameters() {
        if (creator instanceof ParameterDisposer disposer) {
            disposer.cleanupParameters();
        }
    }
}
