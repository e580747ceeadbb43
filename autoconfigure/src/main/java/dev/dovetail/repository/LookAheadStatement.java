package dev.dovetail.repository;

import dev.dovetail.datasource.delegating.DelegatingPreparedStatement;
import dev.dovetail.engine.DatabaseEngine;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A statement whose rows can be read ahead. */
final class LookAheadStatement extends DelegatingPreparedStatement {

    private final PreparedStatement statement;
    private final DatabaseEngine engine;

    LookAheadStatement(PreparedStatement statement, DatabaseEngine engine) {
        this.statement = statement;
        this.engine = engine;
    }

    @Override
    protected PreparedStatement delegate() {
        return statement;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return new LookAheadRows(RepositoryJdbcTemplate.unshifted(statement.executeQuery(), engine));
    }
}
