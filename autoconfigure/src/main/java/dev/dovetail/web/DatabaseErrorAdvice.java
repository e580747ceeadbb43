package dev.dovetail.web;

import dev.dovetail.Database;
import dev.dovetail.datasource.CircuitOpenException;
import dev.dovetail.engine.CircuitOpenSqlException;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import dev.dovetail.transaction.TransactionContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.EmptyResultDataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;

/**
 * Answers with what the caller needs to know: the status that fits, what went wrong in words that are the same on every engine,
 * and when to come again. No SQL and no values are told. Handlers of the application come first, and so does what an exception
 * of the application says that was caused by one of data access. Safe for use by several threads.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class DatabaseErrorAdvice {

    private static final Logger log = LoggerFactory.getLogger(DatabaseErrorAdvice.class);

    private static final Duration AFTER_CONTENTION = Duration.ofSeconds(1);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);

    private final Database database;
    private final ErrorFormat format;
    private final Function<Throwable, Optional<TransactionContext>> transactions;

    /** @param transactions in which transaction an exception was thrown, for the log */
    public DatabaseErrorAdvice(
            Database database, ErrorFormat format, Function<Throwable, Optional<TransactionContext>> transactions) {
        this.database = database;
        this.format = format;
        this.transactions = transactions;
    }

    /** Spring also asks for exceptions that were caused by one of these. */
    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    public ResponseEntity<Object> handle(Exception exception, WebRequest request) throws Exception {
        if (ErrorAnswer.isGivenBy(exception, DataAccessException.class, TransactionException.class)) {
            throw exception;
        }
        DatabaseError error = database.describe(exception).orElse(null);
        ErrorAnswer answer = error == null ? answer(exception, request) : answer(error);
        log(answer, exception, error);
        HttpHeaders headers = new HttpHeaders();
        if (answer.status().isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(retryAfter(exception, error))));
        }
        return answer.in(format, headers);
    }

    private static ErrorAnswer answer(DatabaseError error) {
        ErrorCode code = error.code();
        return new ErrorAnswer(
                HttpStatusCode.valueOf(code.httpStatus()),
                code.meaning() + ".",
                code.name(),
                Map.of("code", code.name(), "number", code.number()));
    }

    private static ErrorAnswer answer(Exception exception, WebRequest request) {
        if (caused(exception, OptimisticLockingFailureException.class)) {
            // Whoever names the state that he has seen has made it a condition.
            boolean conditional = request.getHeader(HttpHeaders.IF_MATCH) != null;
            return answer(
                    conditional ? HttpStatus.PRECONDITION_FAILED : HttpStatus.CONFLICT,
                    "Somebody else has changed this meanwhile.",
                    exception);
        }
        return caused(exception, EmptyResultDataAccessException.class)
                ? answer(HttpStatus.NOT_FOUND, "There is no such thing.", exception)
                : answer(HttpStatus.INTERNAL_SERVER_ERROR, "The data could not be accessed.", exception);
    }

    private static ErrorAnswer answer(HttpStatus status, String message, Exception exception) {
        return new ErrorAnswer(status, message, exception.getClass().getSimpleName(), Map.of());
    }

    private static boolean caused(Throwable exception, Class<? extends Throwable> type) {
        return find(exception, type) != null;
    }

    private static <T extends Throwable> @Nullable T find(Throwable exception, Class<T> type) {
        for (Throwable each = exception; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return type.cast(each);
            }
        }
        return null;
    }

    // What passes by itself is a line; what somebody must look into comes with its stack trace; the caller's own
    // mistakes are his.
    private void log(ErrorAnswer answer, Exception exception, @Nullable DatabaseError error) {
        int status = answer.status().value();
        String what = error == null ? answer.type() : error.code() + ": " + error.summary();
        if (!answer.status().is5xxServerError()) {
            log.debug("Answered {} {}", status, what);
        } else if (error != null && passes(error.code())) {
            log.warn("Answered {} {}{}", status, what, transaction(exception));
        } else {
            log.error("Answered {} {}{}", status, what, transaction(exception), exception);
        }
    }

    private String transaction(Exception exception) {
        return transactions
                .apply(exception)
                .map(context -> " Transaction " + context.summary())
                .orElse("");
    }

    private static boolean passes(ErrorCode code) {
        return code.retryable() || code == ErrorCode.CIRCUIT_OPEN || code == ErrorCode.QUERY_TIMEOUT;
    }

    private static Duration retryAfter(Exception exception, @Nullable DatabaseError error) {
        CircuitOpenException open = find(exception, CircuitOpenException.class);
        if (open != null) {
            return open.retryAfter();
        }
        CircuitOpenSqlException refused = find(exception, CircuitOpenSqlException.class);
        return refused == null ? usual(error) : refused.retryAfter();
    }

    private static Duration usual(@Nullable DatabaseError error) {
        ErrorCode code = error == null ? null : error.code();
        return code == ErrorCode.LOCK_TIMEOUT || code == ErrorCode.SERIALIZATION_FAILURE || code == ErrorCode.DEADLOCK
                ? AFTER_CONTENTION
                : AFTER_OUTAGE;
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }
}
