package dev.dovetail;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * The application's database, whichever engine it runs on. Inject this one bean. Safe for use by several threads.
 *
 * <p>Repositories, {@code JdbcClient}, JPA and everything else that uses the application's {@link DataSource} stand beside
 * it and share its connections.
 */
public interface Database {

    /**
     * What the application is connected to, read from the database now: engine, flavour, version, and the settings in
     * force.
     *
     * @throws org.springframework.dao.DataAccessException if the database cannot be asked
     */
    DatabaseInfo info();

    /**
     * What an exception means, in words that are the same on every engine.
     *
     * @return empty if neither it nor one of its causes came from the database
     */
    Optional<DatabaseError> describe(Throwable exception);

    /** A database of this engine, reached through this data source. */
    static Database of(DatabaseEngine engine, DataSource dataSource) {
        return new DefaultDatabase(engine, dataSource);
    }
}
