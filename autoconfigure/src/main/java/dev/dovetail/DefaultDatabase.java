package dev.dovetail;

import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** The facade over what the rooms below offer. */
final class DefaultDatabase implements Database {

    private final DatabaseEngine engine;
    private final DatabaseExceptionTranslator translator;
    private final JdbcTemplate jdbc;

    DefaultDatabase(DatabaseEngine engine, DataSource dataSource) {
        this.engine = engine;
        this.translator = new DatabaseExceptionTranslator(engine);
        this.jdbc = new JdbcTemplate(dataSource);
        this.jdbc.setExceptionTranslator(translator);
    }

    @Override
    public DatabaseInfo info() {
        return jdbc.execute(engine::describe);
    }

    @Override
    public Optional<DatabaseError> describe(Throwable exception) {
        return translator.describe(exception);
    }
}
