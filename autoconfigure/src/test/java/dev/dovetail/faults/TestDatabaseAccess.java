package dev.dovetail.faults;

import dev.dovetail.datasource.ConnectionGuard;
import dev.dovetail.datasource.DatabaseExceptionTranslator;
import dev.dovetail.datasource.RoutingDataSource;
import dev.dovetail.datasource.TableVersions;
import dev.dovetail.engine.ConnectionTarget;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.postgresql.PostgresqlEngine;
import dev.dovetail.engine.postgresql.PostgresqlSettings;
import dev.dovetail.engine.sqlite.SqliteEngine;
import dev.dovetail.engine.sqlite.SqliteSettings;
import dev.dovetail.transaction.Retries;
import dev.dovetail.transaction.RetrySettings;
import dev.dovetail.transaction.Transactions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * The database of a test as the auto-configuration opens it, without the time that a context takes to start.
 *
 * @param engine its engine
 * @param dataSource on it
 * @param jdbc on the data source
 * @param transactions on the data source
 */
record TestDatabaseAccess(
        DatabaseEngine engine, RoutingDataSource dataSource, JdbcTemplate jdbc, Transactions transactions)
        implements AutoCloseable {

    /** As arguments of a process. */
    static String[] arguments(Map<String, String> database) {
        String path = database.get("dovetail.sqlite.path");
        return path != null
                ? new String[] {path}
                : new String[] {
                    database.getOrDefault("spring.datasource.url", ""),
                    database.getOrDefault("spring.datasource.username", ""),
                    database.getOrDefault("spring.datasource.password", "")
                };
    }

    static TestDatabaseAccess open(String... arguments) {
        boolean sqlite = arguments.length == 1;
        DatabaseEngine engine = sqlite ? sqlite(arguments[0]) : new PostgresqlEngine(PostgresqlSettings.defaults());
        ConnectionTarget target = sqlite
                ? new ConnectionTarget(null, null, null, "process")
                : new ConnectionTarget(arguments[0], arguments[1], arguments[2], "process");
        RoutingDataSource dataSource = new RoutingDataSource(
                engine,
                engine.connect(target),
                Duration.ofSeconds(30),
                List.of(),
                List.of(),
                ConnectionGuard.NONE,
                new TableVersions(),
                pool -> {});
        DatabaseExceptionTranslator translator = new DatabaseExceptionTranslator(engine);
        JdbcTemplate jdbc = new JdbcTemplate(dataSource);
        jdbc.setExceptionTranslator(translator);
        JdbcTransactionManager manager = new JdbcTransactionManager(dataSource);
        manager.setExceptionTranslator(translator);
        Retries retries = Retries.of(engine, RetrySettings.DEFAULTS, (name, error) -> {});
        return new TestDatabaseAccess(engine, dataSource, jdbc, new Transactions(() -> manager, retries));
    }

    private static DatabaseEngine sqlite(String file) {
        return new SqliteEngine(new SqliteSettings(
                file,
                SqliteSettings.JournalMode.WAL,
                SqliteSettings.Synchronous.NORMAL,
                64 << 20,
                16 << 20,
                Duration.ofSeconds(5),
                4,
                true,
                SqliteSettings.TempStore.MEMORY,
                SqliteSettings.AutoVacuum.INCREMENTAL,
                256,
                Map.of()));
    }

    @Override
    public void close() {
        dataSource.close();
    }
}
