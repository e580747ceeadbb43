package dev.dovetail.autoconfigure;

import dev.dovetail.engine.Capabilities;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.engine.DatabaseStartException;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.ErrorCode;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Stands for a database of which only the application's own data source knows. It tells what answers, and promises
 * nothing: errors keep the meaning that Spring gives them, migrations stay as Spring Boot sets them up.
 */
final class UnknownEngine implements DatabaseEngine {

    @Override
    public String name() {
        return "unknown";
    }

    @Override
    public String driverClassName() {
        throw new UnsupportedOperationException("Only the application's own data source knows its driver");
    }

    @Override
    public boolean accepts(String url) {
        return false;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.STANDARD;
    }

    @Override
    public EngineConnections connect(ConnectionTarget target) {
        throw new UnsupportedOperationException("Only the application's own data source can connect");
    }

    @Override
    public DatabaseInfo describe(Connection connection) throws SQLException {
        DatabaseMetaData metadata = connection.getMetaData();
        String product = metadata.getDatabaseProductName();
        return new DatabaseInfo(
                product.toLowerCase(Locale.ROOT),
                product,
                metadata.getDatabaseProductVersion(),
                capabilities(),
                List.of(),
                Map.of());
    }

    @Override
    public DatabaseError classify(SQLException error) {
        String state = error.getSQLState();
        return DatabaseError.of(ErrorCode.DATABASE_ERROR, state == null ? "HY000" : state);
    }

    @Override
    public DatabaseStartException explainStartFailure(ConnectionTarget target, SQLException error) {
        throw new UnsupportedOperationException("Only the application's own data source can connect");
    }

    /** The one that Spring's JDBC support would use by itself. */
    static SQLExceptionTranslator translator(DataSource dataSource) {
        return new JdbcTemplate(dataSource).getExceptionTranslator();
    }
}
