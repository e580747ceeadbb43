package dev.dovetail.repository;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcOperations;
import org.springframework.jdbc.core.ParameterDisposer;
import org.springframework.jdbc.core.PreparedStatementCreator;
import org.springframework.jdbc.core.SqlProvider;
import org.springframework.jdbc.core.namedparam.NamedParameterJdbcTemplate;
import org.springframework.jdbc.core.namedparam.SqlParameterSource;

/** Runs queries whose results a row mapper can read ahead. */
final class LookAheadTemplate extends NamedParameterJdbcTemplate {

    LookAheadTemplate(JdbcOperations jdbc) {
        super(jdbc);
    }

    @Override
    protected PreparedStatementCreator getPreparedStatementCreator(String sql, SqlParameterSource parameters) {
        return new LookAheadCreator(super.getPreparedStatementCreator(sql, parameters));
    }

    private record LookAheadCreator(PreparedStatementCreator creator)
            implements PreparedStatementCreator, SqlProvider, ParameterDisposer {

        @Override
        public PreparedStatement createPreparedStatement(Connection connection) throws SQLException {
            return new LookAheadStatement(creator.createPreparedStatement(connection));
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
}
