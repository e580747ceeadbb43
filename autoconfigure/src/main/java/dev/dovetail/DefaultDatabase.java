package dev.dovetail;

import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.JdbcTemplate;

/** The facade over what the rooms below offer. */
final class DefaultDatabase implements Database {

    private final DatabaseEngine engine;
    private final DatabaseExceptionTranslator translator;
    private final DataSource dataSource;
    private final JdbcTemplate jdbc;

    DefaultDatabase(DatabaseEngine engine, DataSource dataSource) {
        this.engine = engine;
        this.translator = new DatabaseExceptionTranslator(engine);
        this.dataSource = dataSource;
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setExceptionTranslator(translator);
    }

    // A long transaction that writes must not make a database look dead whose readers answer.
    @Override
    public DatabaseInfo info() {
        RoutingDataSource routing = RoutingDataSource.behind(dataSource);
        return routing != null && routing.isOnlyWriterBusy() ? ofReader(routing) : jdbc.execute(engine::describe);
    }

    private DatabaseInfo ofReader(RoutingDataSource routing) {
        try (Connection connection = routing.getConnection()) {
            connection.setReadOnly(true);
            return engine.describe(connection);
        } catch (SQLException e) {
            DataAccessException translated = translator.translate("Read the settings", null, e);
            throw translated != null ? translated : new UncategorizedSQLException("Read the settings", null, e);
        }
    }

    @Override
    public Optional<DatabaseError> describe(Throwable exception) {
        return translator.describe(exception);
    }
}
