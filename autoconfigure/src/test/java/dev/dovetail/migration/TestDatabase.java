package dev.dovetail.migration;

import dev.dovetail.engine.DatabaseEngine;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;

/**
 * An empty database to migrate, its engine, and the file it lies in, if it does.
 *
 * @param file {@code null} for PostgreSQL
 */
public record TestDatabase(
        DatabaseEngine engine,
        DataSource dataSource,
        @Nullable Path file) {

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static @Nullable EmbeddedPostgres server;

    /** A new SQLite file in this directory. */
    public static TestDatabase sqlite(Path directory) {
        return sqliteFile(directory.resolve("app-%d.db".formatted(NUMBER.incrementAndGet())));
    }

    /** This SQLite file. */
    public static TestDatabase sqliteFile(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(5000);
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        SQLiteDataSource source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file);
        return new TestDatabase(TestEngine.SQLITE, source, file);
    }

    /** A new database of one server that lives as long as the tests do. */
    public static TestDatabase postgresql() {
        EmbeddedPostgres postgres = server();
        String name = "app_%d".formatted(NUMBER.incrementAndGet());
        new JdbcTemplate(postgres.getPostgresDatabase()).execute("CREATE DATABASE " + name);
        return new TestDatabase(TestEngine.POSTGRESQL, postgres.getDatabase("postgres", name), null);
    }

    private static synchronized EmbeddedPostgres server() {
        try {
            if (server == null) {
                server = EmbeddedPostgres.builder().start();
            }
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The engine's words and folders, with the other engine known. */
    public PortableMigrations migrations() {
        return new PortableMigrations(engine, Set.of("sqlite", "postgresql"));
    }

    /** The lock that the application would use. */
    public MigrationLock lock() {
        return file == null ? MigrationLock.none() : MigrationLock.beside(file, Duration.ofSeconds(30));
    }

    public JdbcTemplate jdbc() {
        return new JdbcTemplate(dataSource);
    }

    public boolean hasTable(String table) {
        return !jdbc().queryForList(
                        file == null
                                ? "SELECT 1 FROM information_schema.tables WHERE table_name = ?"
                                : "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?",
                        table)
                .isEmpty();
    }

    /** What the history says was applied, in order: versions, or descriptions of repeatable ones. */
    public List<String> applied(String history) {
        return jdbc().queryForList("""
                        SELECT coalesce(version, description) FROM %s
                        WHERE success = true AND type <> 'BASELINE' ORDER BY installed_rank
                        """.formatted(history), String.class);
    }

    public List<String> applied() {
        return applied("flyway_schema_history");
    }

    @Override
    public String toString() {
        return engine.name();
    }
}
