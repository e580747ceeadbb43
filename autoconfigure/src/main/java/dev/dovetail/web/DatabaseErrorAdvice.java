package dev.dovetail.web;

import dev.dovetail.Database;
import dev.dovetail.datasource.CircuitOpenException;
import dev.dovetail.engine.DatabaseError;
import dev.dovetail.engine.ErrorCode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.TransactionException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/**
 * Answers with what the caller needs to know: the status that fits, what went wrong in words that are the same on every engine,
 * and when to come again. No SQL and no values are told. Handlers of the application come first. Safe for use by several threads.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
public final class DatabaseErrorAdvice {

    private static final Logger log = LoggerFactory.getLogger(DatabaseErrorAdvice.class);

    private static final Duration AFTER_CONTENTION = Duration.ofSeconds(1);
    private static final Duration AFTER_OUTAGE = Duration.ofSeconds(5);

    private final Database database;
    private final ErrorFormat format;

    public DatabaseErrorAdvice(Database database, ErrorFormat format) {
        this.database = database;
        this.format = format;
    }

    @ExceptionHandler({DataAccessException.class, TransactionException.class})
    public ResponseEntity<Object> handle(Exception exception) {
        DatabaseError error = database.describe(exception).orElse(null);
        HttpStatusCode status = status(exception, error);
        log(status, exception, error);
        HttpHeaders headers = new HttpHeaders();
        if (status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)) {
            headers.set(HttpHeaders.RETRY_AFTER, Long.toString(seconds(retryAfter(exception, error))));
        }
        Object body = format == ErrorFormat.PROBLEM_DETAILS
                ? problem(status, exception, error)
                : errorObject(status, exception, error);
        headers.setContentType(
                format == ErrorFormat.PROBLEM_DETAILS
                        ? MediaType.APPLICATION_PROBLEM_JSON
                        : MediaType.APPLICATION_JSON);
        return new ResponseEntity<>(body, headers, status);
    }

    // What passes by itself is a line; what somebody must look into comes with its stack trace; the caller's own
    // mistakes are his.
    private static void log(HttpStatusCode status, Exception exception, @Nullable DatabaseError error) {
        if (error != null
                && status.isSameCodeAs(HttpStatus.SERVICE_UNAVAILABLE)
                && error.code().retryable()) {
            log.warn("Answered {}: {}", status.value(), error.summary());
        } else if (status.is5xxServerError()) {
            log.error(
                    "Answered {}: {}",
                    status.value(),
                    error == null ? "no error of the database" : error.code(),
                    exception);
        }
    }

    private static HttpStatusCode status(Exception exception, @Nullable DatabaseError error) {
        if (error != null) {
            return HttpStatusCode.valueOf(error.code().httpStatus());
        }
        if (exception instanceof OptimisticLockingFailureException) {
            return HttpStatus.CONFLICT;
        }
        return exception instanceof EmptyResultDataAccessException
                ? HttpStatus.NOT_FOUND
                : HttpStatus.INTERNAL_SERVER_ERROR;
    }

    private static Duration retryAfter(Exception exception, @Nullable DatabaseError error) {
        if (exception instanceof CircuitOpenException open) {
            return open.retryAfter();
        }
        ErrorCode code = error == null ? null : error.code();
        return code == ErrorCode.LOCK_TIMEOUT || code == ErrorCode.SERIALIZATION_FAILURE || code == ErrorCode.DEADLOCK
                ? AFTER_CONTENTION
                : AFTER_OUTAGE;
    }

    private static long seconds(Duration duration) {
        return Math.max(1, duration.plusMillis(999).toSeconds());
    }

    private static ProblemDetail problem(HttpStatusCode status, Exception exception, @Nullable DatabaseError error) {
        ProblemDetail problem = ProblemDetail.forStatusAndDetail(status, message(exception, error));
        if (error != null) {
            problem.setProperty("code", error.code().name());
            problem.setProperty("number", error.code().number());
        }
        return problem;
    }

    private static Map<String, Object> errorObject(
            HttpStatusCode status, Exception exception, @Nullable DatabaseError error) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("message", message(exception, error));
        content.put(
                "type",
                error == null
                        ? exception.getClass().getSimpleName()
                        : error.code().name());
        content.put("statusCode", status.value());
        return Map.of("error", content);
    }

    private static String message(Exception exception, @Nullable DatabaseError error) {
        if (error != null) {
            return error.code().meaning() + ".";
        }
        if (exception instanceof OptimisticLockingFailureException) {
            return "Somebody else has changed this meanwhile.";
        }
        return exception instanceof EmptyResultDataAccessException
                ? "There is no such thing."
                : "The data could not be accessed.";
    }
}
