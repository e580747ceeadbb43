package dev.dovetail.datasource;

import dev.dovetail.engine.CircuitOpenSqlException;
import dev.dovetail.engine.DatabaseEngine;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.DescribedSqlException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PermissionDeniedDataAccessException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/**
 * Turns an error of any engine into the one Spring exception that stands for it, with a message that names table, columns
 * and constraint but no value. Safe for use by several threads.
 */
public final class DatabaseExceptionTranslator implements SQLExceptionTranslator {

    private final DatabaseEngine engine;

    public DatabaseExceptionTranslator(DatabaseEngine engine) {
        this.engine = engine;
    }

    /** Returns {@code null}, as the contract asks, for what has no class of its own. */
    @Override
    public @Nullable DataAccessException translate(String task, @Nullable String sql, SQLException exception) {
        DatabaseError error = describe(exception);
        String message = "%s: %s%s".formatted(task, error.summary(), sql == null ? "" : " SQL [" + sql + "]");
        return switch (error.code()) {
            case UNIQUE_VIOLATION -> new DuplicateKeyException(message, exception);
            case INVALID_VALUE, NOT_NULL_VIOLATION, CHECK_VIOLATION, FOREIGN_KEY_VIOLATION, CONSTRAINT_VIOLATION ->
                new DataIntegrityViolationException(message, exception);
            case LOCK_TIMEOUT, SERIALIZATION_FAILURE -> new CannotAcquireLockException(message, exception);
            case DEADLOCK -> new PessimisticLockingFailureException(message, exception);
            case QUERY_TIMEOUT -> new QueryTimeoutException(message, exception);
            case OUTCOME_UNKNOWN -> new CommitOutcomeUnknownException(message, exception);
            case CIRCUIT_OPEN -> new CircuitOpenException(message, exception, retryAfter(exception));
            case POOL_EXHAUSTED -> new TransientDataAccessResourceException(message, exception);
            case UNREACHABLE, READ_ONLY_DATABASE, STORAGE_FAILURE, CORRUPT ->
                new DataAccessResourceFailureException(message, exception);
            case STORAGE_FULL, OUT_OF_MEMORY -> new NonTransientDataAccessResourceException(message, exception);
            case AUTHENTICATION_FAILED, PERMISSION_DENIED ->
                new PermissionDeniedDataAccessException(message, exception);
            case LIMIT_EXCEEDED -> new InvalidDataAccessResourceUsageException(message, exception);
            case SYNTAX_ERROR, UNKNOWN_TABLE, UNKNOWN_COLUMN ->
                new BadSqlGrammarException(task, sql == null ? "" : sql, exception);
            case TRANSACTION_ABORTED, READ_ONLY_TRANSACTION, WRITER_HELD, INVALID_USAGE ->
                new InvalidDataAccessApiUsageException(message, exception);
            case DATABASE_ERROR -> null;
        };
    }

    private static Duration retryAfter(SQLException exception) {
        return exception instanceof CircuitOpenSqlException open ? open.retryAfter() : Duration.ZERO;
    }

    /** What the database said, if the exception, or one of its causes, came from it. */
    public Optional<DatabaseError> describe(Throwable exception) {
        for (Throwable each = exception; each != null; each = each.getCause()) {
            if (each instanceof SQLException error) {
                return Optional.of(describe(error));
            }
        }
        return Optional.empty();
    }

    private DatabaseError describe(SQLException exception) {
        return exception instanceof DescribedSqlException described ? described.error() : engine.classify(exception);
    }
}
