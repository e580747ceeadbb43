package dev.dovetail.autoconfigure;

import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.sqlite.SqliteDialectProvider;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.core.env.Environment;
import org.springframework.data.jdbc.core.dialect.DialectResolver;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.jdbc.core.dialect.JdbcPostgresDialect;
import org.springframework.jdbc.core.JdbcOperations;

/** Finds Spring Data's dialect for the engine that the settings name, and connects only where they do not say enough. */
record DialectSelection(
        DovetailProperties properties,
        DataSourceProperties dataSource,
        ObjectProvider<JdbcConnectionDetails> details,
        ListableBeanFactory beans,
        Environment environment) {

    JdbcDialect choose(ObjectProvider<JdbcOperations> operations) {
        return switch (engine().name()) {
            case "sqlite" -> SqliteDialectProvider.dialect();
            case "postgresql" -> JdbcPostgresDialect.INSTANCE;
            default -> DialectResolver.getDialect(operations.getObject());
        };
    }

    private DatabaseEngine engine() {
        DatabaseTarget target = new DatabaseTarget(properties, dataSource, details.getIfAvailable(), environment);
        return new DatabaseSelection(Engines.in(beans)).choose(properties.type(), target.resolve());
    }
}
