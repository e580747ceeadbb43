package dev.dovetail.repository;

import dev.dovetail.datasource.delegating.DelegatingPreparedStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** A statement whose rows can be read ahead. */
final class LookAheadStatement extends DelegatingPreparedStatement {

    private final PreparedStatement statement;

    LookAheadStatement(PreparedStatement statement) {
        this.statement = statement;
    }

    @Override
    protected PreparedStatement delegate() {
        return statement;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        return new LookAheadRows(statement.executeQuery());
    }
}
