package dev.dovetail.autoconfigure;

import dev.dovetail.engine.ConnectionRole;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseFiles;
import dev.dovetail.engine.EngineConnections;
import dev.dovetail.engine.PoolSettings;
import dev.dovetail.migration.TestDatabase;
import dev.dovetail.migration.TestEngine;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** Contexts that migrate a database, with as much of the layer around as that needs. */
final class FlywayContexts {

    private FlywayContexts() {}

    static ApplicationContextRunner withoutDatabase() {
        return new ApplicationContextRunner()
                .withConfiguration(
                        AutoConfigurations.of(DovetailFlywayAutoConfiguration.class, FlywayAutoConfiguration.class));
    }

    static ApplicationContextRunner on(TestDatabase database) {
        DatabaseEngine other = database.file() == null ? TestEngine.SQLITE : TestEngine.POSTGRESQL;
        return withoutDatabase()
                .withBean(DataSource.class, database::dataSource)
                .withBean("databaseEngine", DatabaseEngine.class, database::engine, bean -> bean.setPrimary(true))
                .withBean("otherEngine", DatabaseEngine.class, () -> other)
                .withBean(EngineConnections.class, () -> new TestConnections(database.file()));
    }

    /** Connections of which only the place of the files matters. */
    record TestConnections(@Nullable Path file) implements EngineConnections {

        @Override
        public String url() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Connection open(ConnectionRole role) throws SQLException {
            throw new UnsupportedOperationException();
        }

        @Override
        public PoolSettings writerPool() {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable PoolSettings readerPool() {
            return null;
        }

        @Override
        public @Nullable DatabaseFiles files() {
            return file == null ? null : new TestFiles(file);
        }

        @Override
        public void close() {}
    }

    private record TestFiles(Path file) implements DatabaseFiles {

        @Override
        public String path() {
            return file.toAbsolutePath().toString();
        }

        @Override
        public long size() {
            return 0;
        }

        @Override
        public long writeAheadLogSize() {
            return 0;
        }

        @Override
        public boolean inPlace() {
            return true;
        }
    }
}
