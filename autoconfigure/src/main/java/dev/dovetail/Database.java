package dev.dovetail;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DatabaseInfo;
import dev.dovetail.repository.table.TableOperations;
import dev.dovetail.schema.SchemaCatalog;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

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

    /**
     * A table or view by its name, with or without its schema, to read and to write.
     *
     * @throws dev.dovetail.schema.UnknownNameException if there is none; it names those that are most alike, and all there are
     */
    TableOperations table(String name);

    /** A database of this engine, reached through this data source, with transactions of its own on it. */
    static Database of(DatabaseEngine engine, DataSource dataSource) {
        SchemaCatalog catalog = new SchemaCatalog(engine, new JdbcTemplate(dataSource));
        PlatformTransactionManager transactions = new JdbcTransactionManager(dataSource);
        return of(catalog, dataSource, () -> transactions);
    }

    /**
     * A database of the catalog's engine, reached through this data source.
     *
     * @param catalog which tables there are
     * @param transactions the application's, for what needs several statements; asked for when that is done first
     */
    static Database of(
            SchemaCatalog catalog, DataSource dataSource, Supplier<PlatformTransactionManager> transactions) {
        return new DefaultDatabase(catalog, dataSource, transactions);
    }
}
