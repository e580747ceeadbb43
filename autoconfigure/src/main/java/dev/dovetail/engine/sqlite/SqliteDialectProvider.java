package dev.dovetail.engine.sqlite;

import java.util.Optional;
import org.springframework.data.jdbc.core.dialect.DialectResolver.JdbcDialectProvider;
import org.springframework.data.jdbc.core.dialect.JdbcDialect;
import org.springframework.data.relational.core.dialect.Dialect;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcOperations;

/** Lets Spring Data JDBC find {@link SqliteDialect} when it talks to SQLite. */
public final class SqliteDialectProvider implements JdbcDialectProvider {

    /** The dialect, for whom the database is known already. */
    public static JdbcDialect dialect() {
        return new SqliteDialect();
    }

    @Override
    public Optional<Dialect> getDialect(JdbcOperations operations) {
        String product = operations.execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        return "SQLite".equals(product) ? Optional.of(dialect()) : Optional.empty();
    }
}
