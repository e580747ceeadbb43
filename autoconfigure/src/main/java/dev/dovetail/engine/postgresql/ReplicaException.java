package dev.dovetail.engine.postgresql;

import java.sql.SQLException;

/** No replica could be opened; says which one was tried last, since the primary's address would mislead. */
final class ReplicaException extends SQLException {

    private static final long serialVersionUID = 1L;

    private final transient PostgresqlUrl url;

    ReplicaException(PostgresqlUrl url, SQLException cause) {
        super(
                "Replica %s: %s".formatted(url.address(), cause.getMessage()),
                cause.getSQLState(),
                cause.getErrorCode(),
                cause);
        this.url = url;
    }

    PostgresqlUrl url() {
        return url;
    }
}
